import { exposeTransport } from '../../../renderer/sync/port-transport';
import { browser } from '../../../renderer/sync/browser';
import { systemClock } from '../../../shared/sync/system';
import { RtcConnection } from '../../../shared/sync/webrtc/rtc-connection';
import { engine } from './engine';
import type { Answer, Bench, Call, Dialling, FromWorker, ToWorker } from './messages';
import { raw } from './raw';

/** The page's half of a benchmark: connections, as the app's window has them, and a worker with the peer. */
const waiting = new Map<number, { resolve: (value: unknown) => void; reject: (error: Error) => void }>();
let next = 0;
let worker = startWorker();

function startWorker(): Worker {
  const made = new Worker(new URL('./worker.ts', import.meta.url), { type: 'module' });
  made.addEventListener('message', ({ data }: MessageEvent<FromWorker>) => {
    const call = waiting.get(data.id);
    waiting.delete(data.id);
    if (data.kind === 'answer') call?.resolve(data.value);
    else call?.reject(new Error(data.why));
  });
  return made;
}
const post = (message: ToWorker, moved: Transferable[] = []): void => worker.postMessage(message, moved);

const call: Bench['call'] = <C extends Call>(name: C, given: unknown) =>
  new Promise<Answer<C>>((resolve, reject) => {
    const id = next++;
    waiting.set(id, { resolve: resolve as (value: unknown) => void, reject });
    post({ kind: 'call', id, call: name, given });
  });

let dialled: RtcConnection | undefined;
function connection(role: 'dialler' | 'answerer'): RtcConnection {
  dialled?.close('channel.closed');
  const options = { open: browser.connection, configuration: { iceServers: [] }, clock: systemClock };
  dialled = new RtcConnection(role, options, {
    opened(transport) {
      const exposed = exposeTransport(transport);
      post({ kind: 'transport', exposed }, [exposed.port]);
    },
    ended: () => undefined,
  });
  return dialled;
}
const peer: Dialling = {
  offer: async () => (await connection('dialler').offer()) ?? '',
  answer: async (sdp) => (await connection('answerer').answer(sdp)) ?? '',
  accept: async (sdp) => dialled?.accept(sdp),
};

window.bench = {
  fresh() {
    worker.terminate();
    worker = startWorker();
  },
  call,
  async memory() {
    const measurable = performance as unknown as { measureUserAgentSpecificMemory(): Promise<{ bytes: number }> };
    return (await measurable.measureUserAgentSpecificMemory()).bytes;
  },
  peer,
  raw,
  engine,
};
