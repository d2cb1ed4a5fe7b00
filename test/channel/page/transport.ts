import { browser } from '../../../renderer/sync/browser';
import { type ExposedTransport, exposeTransport } from '../../../renderer/sync/port-transport';
import type { Role } from '../../../shared/sync/channel/ports';
import type { DataChannel } from '../../../shared/sync/webrtc/ports';
import { RtcConnection } from '../../../shared/sync/webrtc/rtc-connection';
import { pack, unpack } from './packed';

/** What a test asks of the browser's end of a connection, of which a page has several, one after the other. */
export interface TransportHarness {
  offer(end: number): Promise<string | undefined>;
  answer(end: number, offer: string): Promise<string | undefined>;
  accept(end: number, answer: string): Promise<void>;
  /** Resolves once it is up and its port goes on over the socket at this address. */
  opened(end: number, address: string): Promise<Omit<ExposedTransport, 'port'>>;
  /** Ends the data channel without a frame of ours. */
  cut(end: number): void;
  destroy(end: number): void;
}

declare global {
  interface Window {
    transports: TransportHarness;
  }
}

/** One end of a connection. */
class End {
  readonly connection: RtcConnection;
  readonly opened: Promise<ExposedTransport>;
  #channel: DataChannel | undefined;

  constructor(role: Role) {
    let made: (exposed: ExposedTransport) => void;
    let failed: (error: Error) => void;
    this.opened = new Promise((resolve, reject) => ([made, failed] = [resolve, reject]));
    const open: typeof browser.connection = (configuration) => {
      const connection = browser.connection(configuration);
      const create = connection.createDataChannel.bind(connection);
      connection.createDataChannel = (label, given) => (this.#channel = create(label, given));
      return connection;
    };
    const options = { open, configuration: { iceServers: [] }, clock: browser.clock };
    this.connection = new RtcConnection(role, options, {
      opened: (transport) => made(exposeTransport(transport)),
      ended: (code) => failed(new Error(code)),
    });
  }

  cut(): void {
    this.#channel?.close();
  }
}

const ends = new Map<number, End>();
function add(end: number, role: Role): RtcConnection {
  const made = new End(role);
  ends.set(end, made);
  return made.connection;
}

/** Joins a port and a socket. */
async function extend(port: MessagePort, address: string): Promise<void> {
  const socket = new WebSocket(address);
  socket.binaryType = 'arraybuffer';
  await new Promise((resolve) => socket.addEventListener('open', resolve, { once: true }));
  socket.addEventListener('message', ({ data }: MessageEvent<ArrayBuffer | string>) => {
    // A word without bytes asks whether all before it has been taken: it has once the port's turn is over.
    if (typeof data === 'string') setTimeout(() => socket.send(data), 0);
    else port.postMessage(unpack(new Uint8Array(data)));
  });
  port.addEventListener('message', ({ data }: MessageEvent<object>) => socket.send(pack(data)));
  port.start();
}

window.transports = {
  offer: (end) => add(end, 'dialler').offer(),
  answer: (end, offer) => add(end, 'answerer').answer(offer),
  accept: async (end, answer) => ends.get(end)!.connection.accept(answer),
  async opened(end, address) {
    const { port, ...info } = await ends.get(end)!.opened;
    await extend(port, address);
    return info;
  },
  cut: (end) => ends.get(end)!.cut(),
  destroy(end) {
    ends.get(end)!.connection.close('channel.closed');
    ends.delete(end);
  },
};
