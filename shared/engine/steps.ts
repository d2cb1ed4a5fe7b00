import { PeerholdError } from '../errors';
import type { Clock } from '../sync/clock';

/** Milliseconds of work at a stretch, and of rest after it: the engine has other things to do. */
const WORK = 8;
const REST = 4;

/** The steps of something long: told as progress, with rests between, until it is called off. */
export class Steps {
  readonly #clock: Clock;
  readonly #tell: (done: number, total: number) => void;
  readonly #code: string;
  #cancelled = false;
  #since: number;

  /** `code`: what it rejects with once it is called off. */
  constructor(clock: Clock, code: string, tell: (done: number, total: number) => void) {
    this.#clock = clock;
    this.#code = code;
    this.#tell = tell;
    this.#since = clock.now();
  }

  cancel(): void {
    this.#cancelled = true;
  }

  /** Before each step. */
  async next(done: number, total: number): Promise<void> {
    if (this.#clock.now() - this.#since >= WORK) {
      this.#tell(done, total);
      await new Promise<void>((resolve) => this.#clock.setTimer(REST, resolve));
      this.#since = this.#clock.now();
    }
    if (this.#cancelled) throw new PeerholdError(this.#code);
  }
}
