import { getPlatform } from '../platform';
import type { ServerState } from '../../shared/sync/meeting/signalling';

/** Milliseconds. */
const LOOK_EVERY = 5_000;

/**
 * Asks the shell for meeting places on the LAN while there is a network to meet and the shell's own place answers: so never while the person
 * works offline, nor after the shell has ended under its page.
 */
export class LanWatch {
  readonly #found: (addresses: readonly string[]) => void;
  readonly #answering = new Set<string>();
  #own: string | undefined;

  constructor(found: (addresses: readonly string[]) => void) {
    this.#found = found;
    setInterval(() => {
      if (this.#answering.size > 0) void this.#look();
    }, LOOK_EVERY);
  }

  /** The address of the shell's own place on this machine. */
  setOwn(address: string | undefined): void {
    this.#own = address;
  }

  /** How the places of a network do; none once it is left. */
  tell(network: string, places: readonly ServerState[]): void {
    const before = this.#answering.size;
    if (places.some(({ address, connected }) => connected && address === this.#own)) this.#answering.add(network);
    else this.#answering.delete(network);
    if (before === 0 && this.#answering.size > 0) void this.#look();
  }

  async #look(): Promise<void> {
    try {
      this.#found((await getPlatform().lanPlaces()).addresses);
    } catch {
      // The shell has no LAN, or is just ending: what was found before stays until it is looked for again.
    }
  }
}
