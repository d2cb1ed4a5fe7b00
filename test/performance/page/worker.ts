import { DeviceStore } from '../../../renderer/engine/idb/device-store';
import { IdbPeerStore } from '../../../renderer/engine/idb/peer-store';
import { systemClock, systemRandom } from '../../../shared/sync/system';
import { type ExposedTransport, PortTransport } from '../../../renderer/sync/port-transport';
import { condensed } from '../../../shared/commons/history';
import { type InviteLink, SECRET_BYTES, inviteKey } from '../../../shared/invite/link';
import { Joiner } from '../../../shared/peer/joiner';
import { Peer } from '../../../shared/peer/peer';
import type { PeerStore } from '../../../shared/peer/store';
import type { Surroundings } from '../../../shared/peer/surroundings';
import { type Signer, newDeviceKey, randomBytes, signerOf } from '../../../shared/record/signature';
import type { Replica } from '../../../shared/replica/replica';
import { testKey, testSigner } from '../../kit/group';
import { type History, batchesOf, decodeHistory } from '../history-file';
import { arrivals } from '../measures/arrival';
import { bareDecode, firstStart, startParts } from '../measures/cold-start';
import { heldReplica } from '../measures/memory';
import { allChecked, firstSeal } from '../measures/sealed';
import { bareVerification, signaturesOf } from '../measures/signatures';
import { writtenDocs } from './documents';
import type { Answer, Call, FromWorker, Given, Part, ToWorker } from './messages';

/** The worker's half: a peer as the app's engine runs it, and the floors that run beside it. */
const around: Surroundings = { clock: systemClock, random: systemRandom, now: () => Date.now() };
const TIMEOUT = 300_000;
/** As `Docs` merges them before it sends. */
const CONDENSE = 256 * 1024;

let peer: Peer | undefined;
let held: Replica | undefined;
let joining:
  | { readonly joiner: Joiner; readonly network: string; readonly signer: Signer; readonly store: IdbPeerStore }
  | undefined;
let takeTransport: (transport: PortTransport) => Promise<void> = async () => undefined;

async function fetched({ address }: Part): Promise<History> {
  return decodeHistory(new Uint8Array(await (await fetch(address)).arrayBuffer()));
}
const used = async (): Promise<number> => (await navigator.storage.estimate()).usage ?? 0;
const now = (): number => performance.now();

const calls: { [C in Call]: (given: Given<C>) => Promise<Answer<C>> } = {
  async store(part) {
    const history = await fetched(part);
    const before = await used();
    const store = await IdbPeerStore.open(history.network);
    for (const batch of batchesOf(history, part.texts)) await store.append(batch);
    if (part.started === true) await firstStart(store);
    const grown = (await used()) - before;
    store.close();
    return { network: history.network, grown };
  },
  async storeDocs({ network, bytes }) {
    const store = await IdbPeerStore.open(network);
    const docs = writtenDocs(bytes);
    for (const one of docs) await store.seed([one]);
    store.close();
    return { changes: docs.reduce((sum, { updates }) => sum + condensed(updates, CONDENSE).length, 0) };
  },
  async open({ network, name }) {
    const signer = await testSigner(name);
    const start = now();
    const store = await IdbPeerStore.open(network);
    let read = 0;
    const timed: PeerStore = {
      docs: store.docs,
      files: store.files,
      append: (batch) => store.append(batch),
      erase: (refs) => store.erase(refs),
      recall: (key) => store.recall(key),
      remember: (key, value) => store.remember(key, value),
      async load() {
        const asked = now();
        const batches = await store.load();
        read = now() - asked;
        return batches;
      },
    };
    peer = await Peer.open(network, signer, timed, around);
    const open = now() - start;
    takeTransport = (transport) => peer!.connect(transport);
    return { open, read };
  },
  async invite() {
    const secret = randomBytes(SECRET_BYTES);
    const { device } = await inviteKey(secret);
    await peer!.act({ type: 'invite.issue', payload: { invite: device, type: 'resident', uses: 1, days: 1 } });
    return { secret, seal: await firstSeal(peer!) };
  },
  async meetAsJoiner({ network, secret, seal }) {
    const signer = signerOf(await newDeviceKey());
    const store = await IdbPeerStore.open(network);
    const link: InviteLink = {
      network,
      secret,
      expires: 0,
      seal,
      networkName: '',
      inviter: '',
      meetingPlaces: [],
    };
    const joiner = await Joiner.start(link, signer, store, around);
    joining = { joiner, network, signer, store };
    takeTransport = (transport) => joiner.connect(transport);
  },
  async join(name) {
    const { joiner, network, signer, store } = joining!;
    await joiner.look(TIMEOUT);
    const start = now();
    await joiner.join(name, TIMEOUT);
    const joined = now();
    joiner.close();
    peer = await Peer.open(network, signer, store, around);
    const opened = now();
    await allChecked(peer);
    const { size } = peer.replica.record;
    return { join: joined - start, open: opened - joined, checked: now() - start, events: size };
  },
  async verify(part) {
    return bareVerification(signaturesOf(await fetched(part)));
  },
  async decode({ network }) {
    const store = await IdbPeerStore.open(network);
    const batches = await store.load();
    store.close();
    return bareDecode(batches.flatMap(({ events }) => events));
  },
  async parts(part) {
    return startParts(await fetched(part));
  },
  async arrive({ size, ...part }) {
    return arrivals(await fetched(part), size);
  },
  async hold(part) {
    held = heldReplica(await fetched(part));
    return held.record.size;
  },
  async adopt({ network, name }) {
    const device = await DeviceStore.open('as-they-are');
    const shown = { name: '', sample: false, members: 0, changed: 0, meetingPlaces: [] };
    await device.keep({ id: network, key: await testKey(name), ...shown });
  },
  async addFile(bytes) {
    const content = new Uint8Array(bytes);
    // Nothing that a disk could make smaller.
    for (let at = 0; at < bytes; at += 65_536) crypto.getRandomValues(content.subarray(at, at + 65_536));
    return (await peer!.files.held.add(new Blob([content]))).id;
  },
  receiveFile(file) {
    return new Promise((resolve) => {
      let start = 0;
      peer!.files.sync.changed.add(() => {
        if (peer!.files.held.has(file)) resolve(now() - start);
      });
      peer!.files.sync.fetch(file);
      takeTransport = (transport) => {
        start = now();
        return peer!.connect(transport);
      };
    });
  },
  receiveDocs(changes) {
    return new Promise((resolve) => {
      let left = changes;
      let start = 0;
      peer!.docs.changes.add(() => {
        left -= 1;
        if (left === 0) resolve(now() - start);
      });
      takeTransport = (transport) => {
        start = now();
        return peer!.connect(transport);
      };
    });
  },
};

const scope = self as unknown as { postMessage(message: FromWorker, moved: Transferable[]): void };
const post = (message: FromWorker): void => scope.postMessage(message, []);

/** Why the last connection closed: a join that failed does not say it. */
let closed = 'not closed';

async function answer({ id, call, given }: ToWorker & { kind: 'call' }): Promise<void> {
  try {
    const value = await (calls[call] as (given: unknown) => Promise<unknown>)(given);
    post({ kind: 'answer', id, value });
  } catch (error) {
    post({
      kind: 'failed',
      id,
      why: `connection: ${closed}; ${error instanceof Error ? (error.stack ?? error.message) : String(error)}`,
    });
  }
}

function connect(exposed: ExposedTransport): void {
  const transport = new PortTransport(exposed);
  transport.onClose(({ code, by }) => (closed = `${code}, ${by}`));
  void takeTransport(transport);
}

addEventListener('message', ({ data }: MessageEvent<ToWorker>) => {
  if (data.kind === 'call') void answer(data);
  else connect(data.exposed);
});
