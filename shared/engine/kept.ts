import type { Peer } from '../peer/peer';
import type { Kept, KeptAmount } from '../peer/kept-files';

const PAUSE = 500;

export interface KeptScreens {
  readonly after: (delay: number, run: () => void) => void;
  readonly chosen: (kept: Kept) => void;
  readonly amount: (amount: KeptAmount) => void;
}

/** What is kept of one open network's files by choice, for those who look at it. */
export class FollowedKept {
  readonly #peer: Peer;
  readonly #screens: KeptScreens;
  #followed = false;
  #due = false;

  constructor(peer: Peer, screens: KeptScreens) {
    this.#peer = peer;
    this.#screens = screens;
    const { kept, sync } = peer.files;
    kept.changed.add(() => {
      screens.chosen(kept.chosen);
      this.#changedSoon();
    });
    sync.changed.add(() => this.#changedSoon());
  }

  /** How much it is; what changes of that is told from then on. All documents are read for it, which a page alone does not need. */
  amount(): Promise<KeptAmount> {
    this.#followed = true;
    return this.#peer.files.kept.amount();
  }

  /** Pieces come by the hundred: screens hear of them twice a second. */
  #changedSoon(): void {
    if (!this.#followed || this.#due) return;
    this.#due = true;
    this.#screens.after(PAUSE, () => {
      this.#due = false;
      // Of a network that was closed meanwhile nobody wants to know.
      this.#peer.files.kept.amount().then(this.#screens.amount, () => undefined);
    });
  }
}
