import { useEffect, useMemo, useState } from 'react';
import type { Steps } from '../../shared/steps';

/** Milliseconds of work between two frames. */
const SLICE = 6;

/**
 * The result of work over very many rows, which is done a slice at a time, so that frames and keys have their turn between. What is done in
 * one slice is there at once; otherwise the last result stays until the next is there, and before the first it is undefined. Memoise `make`.
 */
export function useSteps<T>(make: () => Steps<T>): T | undefined {
  const work = useMemo(() => new Work(make()), [make]);
  const [last, setLast] = useState<{ readonly value: T }>();
  useEffect(() => work.follow(setLast), [work]);
  return (work.result ?? last)?.value;
}

/** Work that has been begun. */
export class Work<T> {
  readonly #steps: Steps<T>;
  readonly #now: () => number;
  #result: { readonly value: T } | undefined;

  /** `now` in milliseconds. */
  constructor(steps: Steps<T>, now = () => performance.now()) {
    this.#steps = steps;
    this.#now = now;
    this.#goOn();
  }

  /** Undefined until it is done. */
  get result(): { readonly value: T } | undefined {
    return this.#result;
  }

  /** Goes on until it is done and tells the result; ends when what this gives is called. */
  follow(tell: (result: { readonly value: T }) => void): () => void {
    const { port1, port2 } = new MessageChannel();
    const slice = (): void => {
      if (this.#result === undefined) this.#goOn();
      if (this.#result === undefined) port2.postMessage(null);
      else tell(this.#result);
    };
    port1.onmessage = slice;
    if (this.#result === undefined) port2.postMessage(null);
    else tell(this.#result);
    return () => {
      port1.onmessage = null;
      port1.close();
    };
  }

  #goOn(): void {
    const end = this.#now() + SLICE;
    do {
      const step = this.#steps.next();
      if (step.done === true) this.#result = { value: step.value };
    } while (this.#result === undefined && this.#now() < end);
  }
}
