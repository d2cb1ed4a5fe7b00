import { Database } from '../../../renderer/engine/idb/database';
import { DeviceStore } from '../../../renderer/engine/idb/device-store';
import { beginFreshLog } from '../../../renderer/engine/idb/fresh-log';
import { databaseOf, IdbPeerStore, makeFirstStores, VERSION } from '../../../renderer/engine/idb/peer-store';
import { INSTALLATION_CHECKS } from '../../../shared/engine/installation.conformance';
import { errorCode } from '../../../shared/errors';
import { KEY_SECRET_BYTES, KeyLock } from '../../../shared/record/key-lock';
import type { Harness, Outcome, StorageCalls } from './messages';

/** The real store on the browser's own IndexedDB, and `window.storage` for the test. */
declare global {
  interface Window {
    storage: Harness;
  }
}

/** What a keychain would hold for this page. */
const secret = crypto.getRandomValues(new Uint8Array(KEY_SECRET_BYTES));

const stores = new Map<string, IdbPeerStore>();

function storeOf(network: string): IdbPeerStore {
  const store = stores.get(network);
  if (store === undefined) throw new Error('not open');
  return store;
}

function close(network: string): void {
  stores.get(network)?.close();
  stores.delete(network);
}

const calls: StorageCalls = {
  async open(network) {
    close(network);
    stores.set(network, await IdbPeerStore.open(network));
  },
  async drop(network) {
    close(network);
    await Database.drop(databaseOf(network));
  },
  async makeFirst(network, events) {
    const db = await Database.open(databaseOf(network), 1, makeFirstStores);
    await db.write(['events'], (open) => void open('events').add(events));
    db.close();
  },
  async load(network) {
    let damaged = 0;
    const batches = await storeOf(network).load(() => (damaged += 1));
    return { batches, damaged };
  },
  async append(network, batch) {
    const appending = storeOf(network).append(batch);
    // Whoever calls is free to use its buffers again at once.
    for (const bytes of batch.events) bytes.fill(0);
    await appending;
  },
  async checkInstallation(name, isLocked) {
    const check = INSTALLATION_CHECKS.find((one) => one.name === name);
    if (check === undefined) throw new Error('no such check');
    const open = async () => DeviceStore.open(isLocked ? await KeyLock.of(secret) : 'as-they-are');
    return check.run(open).then(() => null, String);
  },
  erase: (network, refs) => storeOf(network).erase(refs),
  async recall(network, key) {
    const value = await storeOf(network).recall(key);
    return value instanceof Map ? { map: [...value] } : { plain: value };
  },
  remember: (network, key, value) => storeOf(network).remember(key, 'map' in value ? new Map(value.map) : value.plain),
  loadDoc: (network, doc) => storeOf(network).docs.load(doc),
  async appendDoc(network, doc, updates) {
    const appending = storeOf(network).docs.append(doc, updates);
    for (const { bytes } of updates) bytes.fill(0);
    await appending;
  },
  listDocs: (network) => storeOf(network).docs.list(),
  listFiles: (network) => storeOf(network).files.list(),
  beginFile: (network, id, manifest) => storeOf(network).files.begin(id, manifest),
  putPieces: (network, id, pieces, safe) => storeOf(network).files.put(id, pieces, safe),
  piece: (network, id, index) => storeOf(network).files.piece(id, index),
  dropFile: (network, id) => storeOf(network).files.drop(id),
  beginFreshLog,
  async spoil(network, store, row, key) {
    const db = await Database.open(databaseOf(network), VERSION, () => undefined);
    await db.write([store], (open) => open(store).put(row, key));
    db.close();
  },
};

const answering =
  <Args extends unknown[], T>(call: (...args: Args) => Promise<T>) =>
  async (...args: Args): Promise<Outcome<T>> => {
    try {
      return { value: await call(...args) };
    } catch (error) {
      return { code: errorCode(error) };
    }
  };

window.storage = {
  open: answering(calls.open),
  drop: answering(calls.drop),
  makeFirst: answering(calls.makeFirst),
  load: answering(calls.load),
  append: answering(calls.append),
  erase: answering(calls.erase),
  recall: answering(calls.recall),
  remember: answering(calls.remember),
  loadDoc: answering(calls.loadDoc),
  appendDoc: answering(calls.appendDoc),
  listDocs: answering(calls.listDocs),
  listFiles: answering(calls.listFiles),
  beginFile: answering(calls.beginFile),
  putPieces: answering(calls.putPieces),
  piece: answering(calls.piece),
  dropFile: answering(calls.dropFile),
  checkInstallation: answering(calls.checkInstallation),
  beginFreshLog: answering(calls.beginFreshLog),
  spoil: answering(calls.spoil),
};
