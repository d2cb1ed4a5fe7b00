import { PeerholdError, errorCode } from '../../shared/errors';
import type { EngineCalls } from './contract';
import { EngineHost } from './host';
import type { FromEngine, ToEngine } from './rpc';

/** What this file uses of a dedicated worker's scope; the DOM's types describe a window. */
interface WorkerScope {
  postMessage(message: FromEngine, transfer?: Transferable[]): void;
  onmessage: ((event: MessageEvent<ToEngine>) => void) | null;
}
const scope = self as unknown as WorkerScope;

const host = new EngineHost((message) => scope.postMessage(message));

/** The calls by name: nothing else of the host can be reached by a message. */
const METHODS: Record<keyof EngineCalls, true> = {
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
  verify: true,
  cancelVerify: true,
  openDoc: true,
  docHistory: true,
  docAt: true,
  setOnline: true,
};

async function answer(call: ToEngine & { readonly kind: 'call' }): Promise<void> {
  const { id, method, args } = call;
  try {
    if (ended) throw new PeerholdError('taken-over');
    if (!Object.hasOwn(METHODS, method)) throw new PeerholdError('call-unknown');
    const run = host[method] as (...given: readonly unknown[]) => Promise<unknown>;
    const value = await run.apply(host, [...args]);
    scope.postMessage({ kind: 'result', id, value }, value instanceof MessagePort ? [value] : []);
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
let queue: ToEngine[] | null = [];
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

function take(message: ToEngine): void {
  if (message.kind === 'call') void answer(message);
  else if (!ended) host.tell(message);
}

scope.onmessage = ({ data }) => {
  if (queue === null) take(data);
  else queue.push(data);
};
