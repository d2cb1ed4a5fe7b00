import { PeerholdError, errorCode } from '../../shared/errors';
import type { BackupOrder, BundleOrder } from '../../shared/engine/contract';
import { EngineHost } from '../../shared/engine/host';
import type { PublicExportWords } from '../../shared/engine/public-export';
import type { PageExportOrder } from '../../shared/engine/page-export';
import { PortTransport } from '../sync/port-transport';
import type { WindowCalls } from './calls';
import { openDoc } from './doc-port';
import { exportBundle, exportPages, exportPublic, makeBackup } from './exports';
import type { KeyGuard } from '../../shared/ipc/contract';
import { KeyLock } from '../../shared/record/key-lock';
import { DeviceStore } from './idb/device-store';
import { beginFreshLog } from './idb/fresh-log';
import type { KeyKeeping } from './idb/key-rows';
import type { FromEngine, ToEngine } from './rpc';
import { surroundings } from './surroundings';

/** What this file uses of a dedicated worker's scope; the DOM's types describe a window. */
interface WorkerScope {
  postMessage(message: FromEngine, transfer?: Transferable[]): void;
  onmessage: ((event: MessageEvent<ToEngine>) => void) | null;
}
const scope = self as unknown as WorkerScope;

const post = (message: FromEngine): void => scope.postMessage(message);

/** In ms. A precaution is not to keep the app from starting: where it fails or hangs, nothing is lost by that alone. */
const FRESH_LOG_PATIENCE = 3_000;
// Before anything is written.
const freshLog = Promise.race([
  beginFreshLog().catch(() => undefined),
  new Promise((resolve) => setTimeout(resolve, FRESH_LOG_PATIENCE)),
]);

let guardKeys: (guard: KeyGuard) => void;
const installation = new Promise<KeyGuard>((resolve) => (guardKeys = resolve)).then(keepingOf).then(async (keep) => {
  await freshLog;
  return DeviceStore.open(keep);
});

async function keepingOf(guard: KeyGuard): Promise<KeyKeeping> {
  if (guard.kind !== 'keychain') return guard.kind === 'locked' ? 'unavailable' : 'as-they-are';
  const lock = await KeyLock.of(guard.secret);
  guard.secret.fill(0);
  return lock;
}

const host = new EngineHost(
  {
    installation,
    around: surroundings,
    meetings: {
      meet: (network, places, iceServers) => post({ kind: 'meet', network, places, iceServers }),
      forgive: (network) => post({ kind: 'forgive', network }),
      part: (network, code) => post({ kind: 'part', network, code }),
    },
  },
  (event) => post({ kind: 'event', event }),
);

/** The calls by name: nothing else of the host can be reached by a message. */
const METHODS: Record<keyof WindowCalls, true> = {
  unlockedKeys: true,
  networks: true,
  found: true,
  refound: true,
  openSample: true,
  forget: true,
  open: true,
  close: true,
  act: true,
  texts: true,
  event: true,
  events: true,
  recent: true,
  invite: true,
  inviteLink: true,
  readInvite: true,
  previewInvite: true,
  join: true,
  restore: true,
  refuseRestoring: true,
  cancelJoin: true,
  deviceLink: true,
  answerDevice: true,
  askToBeAdded: true,
  beAdded: true,
  succeed: true,
  sealingDevices: true,
  finality: true,
  accountsFinality: true,
  sealStatus: true,
  seal: true,
  forkFile: true,
  verify: true,
  cancelVerify: true,
  search: true,
  backlinks: true,
  openDoc: true,
  beginPage: true,
  exportPage: true,
  exportPages: true,
  exportPublic: true,
  previewImport: true,
  importPages: true,
  cancelPages: true,
  docHistory: true,
  pageWriting: true,
  docAt: true,
  draftAuthors: true,
  openComments: true,
  docApart: true,
  fieldsApart: true,
  settleApart: true,
  docVersion: true,
  adoptDoc: true,
  exportBundle: true,
  importBundle: true,
  makeBackup: true,
  restoreBackup: true,
  carriedFiles: true,
  cancelBundle: true,
  addFile: true,
  files: true,
  fetchFile: true,
  cancelFile: true,
  dropFile: true,
  kept: true,
  keptAmount: true,
  keepFiles: true,
  readFile: true,
  setOnline: true,
};

function run(method: keyof WindowCalls, args: readonly unknown[]): Promise<unknown> {
  if (method === 'unlockedKeys') return installation.then((store) => store.unlocked());
  if (method === 'openDoc') return openDoc(host, ...(args as [string, string]));
  if (method === 'exportBundle') return exportBundle(host, ...(args as [string, BundleOrder]));
  if (method === 'makeBackup') return makeBackup(host, ...(args as [string, BackupOrder]));
  if (method === 'exportPages') return exportPages(host, ...(args as [string, PageExportOrder]));
  if (method === 'exportPublic') return exportPublic(host, ...(args as [string, PublicExportWords]));
  const call = host[method] as (...given: readonly unknown[]) => Promise<unknown>;
  return call.apply(host, [...args]);
}

/** What the window tells unasked. */
function tell(message: Exclude<ToEngine, { kind: 'call' | 'key-guard' }>): void {
  if (message.kind === 'own-places') host.places.own = message.addresses;
  else if (message.kind === 'found-places') host.places.found = message.addresses;
  else if (message.kind === 'power') void host.setAwake(message.awake);
  else if (message.kind === 'meeting') host.tellMeeting(message.network, message.meeting);
  else void host.connect(message.network, new PortTransport(message.transport));
}

/** What goes over to the window with an answer: a document's port, and a file's content, which is large and nobody else's. */
function moved(method: keyof WindowCalls, value: unknown): Transferable[] {
  if (value instanceof MessagePort) return [value];
  return method === 'readFile' && value instanceof Uint8Array ? [value.buffer] : [];
}

async function answer(call: ToEngine & { readonly kind: 'call' }): Promise<void> {
  const { id, method, args } = call;
  try {
    if (ended) throw new PeerholdError('taken-over');
    if (!Object.hasOwn(METHODS, method)) throw new PeerholdError('call-unknown');
    const value = await run(method, args);
    scope.postMessage({ kind: 'result', id, value }, moved(method, value));
  } catch (error) {
    scope.postMessage({
      kind: 'failure',
      id,
      code: errorCode(error),
      params: error instanceof PeerholdError ? error.params : {},
    });
  }
}

/** One engine for all windows of a profile: a second window asks this one to let go, and waits until it has. */
const LOCK = 'peerhold-engine';
const handover = new BroadcastChannel(LOCK);
let queue: Exclude<ToEngine, { kind: 'key-guard' }>[] | null = [];
let ended = false;

void navigator.locks.request(LOCK, async () => {
  const asked = new Promise<void>((resolve) => (handover.onmessage = () => resolve()));
  for (const message of queue ?? []) take(message);
  queue = null;
  await asked;
  ended = true;
  await host.shutDown();
  scope.postMessage({ kind: 'event', event: { kind: 'taken-over' } });
});
handover.postMessage('let go');

function take(message: Exclude<ToEngine, { kind: 'key-guard' }>): void {
  if (message.kind === 'call') void answer(message);
  else if (!ended) tell(message);
}

scope.onmessage = ({ data }) => {
  if (data.kind === 'key-guard') guardKeys(data.guard);
  else if (queue === null) take(data);
  else queue.push(data);
};
