import { nodeRuntime } from '../../node/sync/runtime';
import type { Role, Transport } from '../../shared/sync/channel/ports';
import type { DataChannel, NewConnection } from '../../shared/sync/webrtc/ports';
import { RtcConnection } from '../../shared/sync/webrtc/rtc-connection';
import type { End } from './end';

/** One end of a WebRTC connection that is in this process. */
export class NodeEnd implements End {
  #connection: RtcConnection | undefined;
  #channel: DataChannel | undefined;
  readonly #opened: Promise<Transport>;
  readonly #events: { opened: (transport: Transport) => void; ended: (code: string) => void };

  constructor() {
    let opened: (transport: Transport) => void;
    let ended: (code: string) => void;
    this.#opened = new Promise((resolve, reject) => {
      opened = resolve;
      ended = (code) => reject(new Error(code));
    });
    this.#events = { opened: (transport) => opened(transport), ended: (code) => ended(code) };
  }

  async offer(): Promise<string> {
    return (await this.#open('dialler').offer())!;
  }

  async answer(offer: string): Promise<string> {
    return (await this.#open('answerer').answer(offer))!;
  }

  async accept(answer: string): Promise<void> {
    await this.#connection!.accept(answer);
  }

  transport(): Promise<Transport> {
    return this.#opened;
  }

  cut(): void {
    this.#channel!.close();
  }

  async destroy(): Promise<void> {
    this.#connection!.close('channel.closed');
  }

  #open(role: Role): RtcConnection {
    const open: NewConnection = (configuration) => {
      const connection = nodeRuntime.connection(configuration);
      const create = connection.createDataChannel.bind(connection);
      connection.createDataChannel = (label, given) => (this.#channel = create(label, given));
      return connection;
    };
    const options = { open, configuration: { iceServers: [] }, clock: nodeRuntime.clock };
    return (this.#connection = new RtcConnection(role, options, this.#events));
  }
}
