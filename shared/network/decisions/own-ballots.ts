import type { Choice } from './model';

/** A ballot as the outcome sees it. */
export interface Cast {
  readonly id: string;
  readonly member: string;
  readonly choice: Choice;
}

/** Ballots of which each had seen the one before. */
interface Chain {
  readonly casts: Cast[];
  /** Index of its first `agree`. */
  agree: number | undefined;
}

/**
 * One member's ballots on one question, taken in ancestors first. They are kept in chains, of which there are about as many as the member
 * has devices or branches: so what somebody had seen of them is found without looking at each, however often a vote was changed.
 */
export class OwnBallots {
  readonly #before: (a: string, b: string) => boolean;
  readonly #chains: Chain[] = [];

  constructor(before: (a: string, b: string) => boolean) {
    this.#before = before;
  }

  add(cast: Cast): void {
    let chain = this.#chains.find(({ casts }) => this.#before(casts.at(-1)!.id, cast.id));
    if (chain === undefined) {
      chain = { casts: [], agree: undefined };
      this.#chains.push(chain);
    }
    if (cast.choice === 'agree') chain.agree ??= chain.casts.length;
    chain.casts.push(cast);
  }

  /** The member's choice by the ballots that `seenBy` had seen; undefined where none counts. */
  choiceFor(seenBy: string, assent: boolean): Choice | undefined {
    const newest: Cast[] = [];
    for (const { casts, agree } of this.#chains) {
      const seen = this.#seen(casts, seenBy);
      // Monotone: an assent stands whatever follows.
      if (assent && agree !== undefined && agree < seen) return 'agree';
      if (seen > 0) newest.push(casts[seen - 1]!);
    }
    const standing = newest.filter((cast) => !newest.some((later) => this.#before(cast.id, later.id)));
    const choice = standing[0]?.choice;
    return standing.every((cast) => cast.choice === choice) ? choice : undefined;
  }

  /** How many of a chain `seenBy` had seen: whoever saw one saw those before it. */
  #seen(casts: readonly Cast[], seenBy: string): number {
    let low = 0;
    let high = casts.length;
    while (low < high) {
      const middle = (low + high) >>> 1;
      if (this.#before(casts[middle]!.id, seenBy)) low = middle + 1;
      else high = middle;
    }
    return low;
  }
}
