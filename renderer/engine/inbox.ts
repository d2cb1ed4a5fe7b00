/** Milliseconds that messages may be read for before frames and keys have their turn. */
const TURN = 8;

/** What comes from the engine's worker. In a browser, reading `data` for the first time is what takes long: only then is it put together. */
export interface Unread<T> {
  readonly data: T;
}

/** Reads messages in the order in which they come, in turns that leave room for frames between, however many come at once. */
export class Inbox<T> {
  readonly #read: (message: T) => void;
  readonly #later: (turn: () => void) => void;
  readonly #now: () => number;
  #waiting: Unread<T>[] = [];
  #due = false;

  /** `later`: runs a turn once what else waits has run. `now` in milliseconds. */
  constructor(read: (message: T) => void, later = afterOthers(), now = () => performance.now()) {
    this.#read = read;
    this.#later = later;
    this.#now = now;
  }

  readonly take = (message: Unread<T>): void => {
    this.#waiting.push(message);
    this.#turnSoon();
  };

  #turnSoon(): void {
    if (this.#due) return;
    this.#due = true;
    this.#later(() => this.#turn());
  }

  #turn(): void {
    this.#due = false;
    const end = this.#now() + TURN;
    let read = 0;
    try {
      while (read < this.#waiting.length && (read === 0 || this.#now() < end)) this.#read(this.#waiting[read++]!.data);
    } finally {
      // Also where one could not be read: those behind it are.
      this.#waiting.splice(0, read);
      if (this.#waiting.length > 0) this.#turnSoon();
    }
  }
}

/** As a message to oneself: behind the frame and the keys that are due, and in a hidden window too, where timers and frames are slow. */
function afterOthers(): (turn: () => void) => void {
  const { port1, port2 } = new MessageChannel();
  const turns: (() => void)[] = [];
  port1.onmessage = () => turns.shift()?.();
  return (turn) => {
    turns.push(turn);
    port2.postMessage(null);
  };
}
