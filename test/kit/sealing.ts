import type { Action } from '../../shared/network/events';
import { Sealer } from '../../shared/seal/sealer';
import { SimClock } from '../channel/sim-clock';
import type { Person } from './group';

export const START = Date.UTC(2025, 5, 1);
export const MINUTE = 60_000;

/** People whose apps seal in the background, on one simulated clock. */
export class SealingGroup {
  readonly clock = new SimClock();
  readonly people: Person[];
  readonly #sealers = new Map<Person, Sealer>();

  constructor(people: readonly Person[]) {
    this.people = [...people];
  }

  /** Lets time pass: everyone looks, and those who are online take in what the others have. */
  async pass(minutes: number, online: readonly Person[] = this.people): Promise<void> {
    for (let step = 0; step < minutes * 2; step++) {
      for (const person of online) await this.#sealer(person).look();
      for (const a of online) for (const b of online) if (a !== b) await a.pull(b);
      await this.clock.advance(MINUTE / 2);
    }
  }

  #sealer(person: Person): Sealer {
    const known = this.#sealers.get(person);
    if (known !== undefined) return known;
    const sealer = new Sealer({
      replica: person.replica,
      device: person.signer.device,
      clock: this.clock,
      now: () => START + this.clock.now(),
      mayVote: () => true,
      act: (action: Action) => person.act(action.type, action.payload),
    });
    this.#sealers.set(person, sealer);
    return sealer;
  }
}
