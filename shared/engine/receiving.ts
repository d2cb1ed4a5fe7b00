import type { Peer } from '../peer/peer';
import type { ReceivingKey } from '../record/receiving-key';
import type { Clock } from '../sync/clock';
import { isStopped } from './devices';

/** Milliseconds until it is tried again where the disk did not take it. */
const AGAIN = 60_000;

export interface ReceivingOptions {
  readonly peer: Peer;
  readonly clock: Clock;
  /** The key that this installation holds for the device. */
  readonly key: () => Promise<ReceivingKey>;
}

/**
 * Publishes the key by which this device receives, unless it stands in the record. Only once others have been heard: a restored backup that
 * signed something before it has would have two histories, without its person having done anything.
 */
export class Receiving {
  readonly #options: ReceivingOptions;
  #heard = false;
  #publishing: Promise<void> | null = null;
  /** The key stands in the record, or could not be published just now. */
  #resting = false;
  #stopTimer: (() => void) | null = null;
  #closed = false;

  constructor(options: ReceivingOptions) {
    this.#options = options;
    options.peer.events.status.add(() => this.#look());
  }

  /** Resolves when nothing is being published, or waits to be. */
  async settled(): Promise<void> {
    this.#look();
    await this.#publishing;
  }

  /** A bundle was taken in: what others have of this device is here, as after meeting one of them. */
  heard(): void {
    this.#heard = true;
    this.#look();
  }

  async close(): Promise<void> {
    this.#closed = true;
    this.#stopTimer?.();
    await this.#publishing;
  }

  #look(): void {
    if (this.#closed || this.#resting || this.#publishing !== null || !this.#mayPublish()) return;
    this.#publishing = this.#publish()
      .catch(() => {
        this.#resting = true;
        this.#stopTimer = this.#options.clock.setTimer(AGAIN, () => {
          this.#resting = false;
          this.#look();
        });
      })
      .finally(() => (this.#publishing = null));
  }

  #mayPublish(): boolean {
    const { peer } = this.#options;
    const { me, state } = peer;
    if (!this.#heard && !peer.caughtUp) return false;
    if (me === null || peer.isKeeper || peer.problem === 'admission-unsealed' || isStopped(peer)) return false;
    return state.members.get(me.member)?.status === 'active';
  }

  async #publish(): Promise<void> {
    const { peer, key } = this.#options;
    const { receives } = await key();
    if (this.#closed || !this.#mayPublish()) return;
    const published = peer.state.devices.get(peer.me!.device)?.receives;
    if (published !== receives) await peer.act({ type: 'device.receives', payload: { key: receives } });
    this.#resting = true;
  }
}
