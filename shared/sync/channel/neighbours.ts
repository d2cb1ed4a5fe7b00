import { PeerholdError } from '../../errors';
import { Channel, type ChannelOptions } from './channel';
import type { RemoteIdentity } from './handshake';
import type { Transport } from './ports';

/** The open channels of one network: at most one for each device, all re-authorised together. */
export class Neighbours {
  readonly #options: ChannelOptions;
  readonly #open = new Map<string, Channel>();
  readonly #shaking = new Set<Channel>();

  constructor(options: ChannelOptions) {
    this.#options = options;
  }

  /**
   * Runs the handshake on a new transport. `prepare` registers the handlers. The newest channel of a device replaces the one before
   * (a peer that reloaded is back before its old connection is known to be dead). Rejects with the closing code.
   */
  async add(transport: Transport, prepare: (channel: Channel) => void): Promise<Channel> {
    const channel = new Channel(transport, this.#options);
    this.#shaking.add(channel);
    prepare(channel);
    let remote: RemoteIdentity;
    try {
      remote = await channel.opened;
    } finally {
      this.#shaking.delete(channel);
    }
    if (channel.closed !== undefined) throw new PeerholdError(channel.closed.code);
    const before = this.#open.get(remote.device);
    this.#open.set(remote.device, channel);
    before?.close('channel.replaced');
    channel.onClose(() => {
      if (this.#open.get(remote.device) === channel) this.#open.delete(remote.device);
    });
    return channel;
  }

  get(device: string): Channel | undefined {
    return this.#open.get(device);
  }

  /** Open channels, in the order in which they opened. */
  all(): readonly Channel[] {
    return [...this.#open.values()];
  }

  /** After a change of the roster or of the invites: closes what is no longer authorised. */
  reauthorise(): void {
    for (const channel of this.all()) channel.reauthorise();
  }

  close(code: string): void {
    for (const channel of [...this.#shaking, ...this.all()]) channel.close(code);
  }
}
