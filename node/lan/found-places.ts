import { SIGNALLING_PATH } from '../../shared/ipc/channels';
import type { Clock } from '../../shared/sync/clock';
import type { Announcement } from './announcement';

/** Places that are remembered; each is tried for as long as it is announced. */
const MAX_PLACES = 8;
/** A machine may have some profiles; whoever announces a hundred is to leave room for others. */
const MAX_OF_SENDER = 2;

interface Place {
  readonly sender: string;
  until: number;
}

/** The meeting places that were announced on the LAN and not taken back, bounded whatever is announced. */
export class FoundPlaces {
  readonly #clock: Clock;
  readonly #places = new Map<string, Place>();

  constructor(clock: Clock) {
    this.#clock = clock;
  }

  hear(sender: string, { port, seconds }: Announcement): void {
    const address = `ws://${sender}:${port}${SIGNALLING_PATH}`;
    this.#expire();
    const known = this.#places.get(address);
    if (seconds === 0) this.#places.delete(address);
    else if (known !== undefined) known.until = this.#clock.now() + seconds * 1_000;
    else if (this.#places.size < MAX_PLACES && this.#of(sender) < MAX_OF_SENDER)
      this.#places.set(address, { sender, until: this.#clock.now() + seconds * 1_000 });
  }

  /** Those that were heard first come first. */
  get addresses(): readonly string[] {
    this.#expire();
    return [...this.#places.keys()];
  }

  #of(sender: string): number {
    return [...this.#places.values()].filter((place) => place.sender === sender).length;
  }

  #expire(): void {
    const now = this.#clock.now();
    for (const [address, { until }] of this.#places) if (until <= now) this.#places.delete(address);
  }
}
