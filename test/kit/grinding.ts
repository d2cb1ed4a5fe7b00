import { expect } from 'vitest';
import { stateDigest } from '../../shared/network/digest/digest';
import type { State } from '../../shared/network/state';
import type { EventBody } from '../../shared/record/event';
import { Replica } from '../../shared/replica/replica';
import { forge } from './forge';
import { PUBLICATION, type Person, group, meet, protocols } from './group';
import { withUse } from './held';

export type Four = [Person, Person, Person, Person];
export type Move = Pick<EventBody, 'type' | 'payload'>;
/** What becomes of the first one’s move, and of the second one’s. */
export type Gain = readonly [string, string];

/** Two who want what only one of them can have, and act without knowing of each other. */
export interface Contest {
  readonly name: string;
  /** Brings about what they contend for; gives their moves. */
  readonly prepare: (people: Four) => Promise<readonly [Move, Move]>;
  /** The others do, of both moves, what makes them count. */
  readonly carry?: (people: Four, moves: readonly [string, string]) => Promise<void>;
  readonly gain: (state: State, moves: readonly [string, string]) => Gain;
  readonly outcome: Gain;
}

export interface Grinding {
  /** A claimed time: each gives other ids. */
  readonly time: number;
  /** Whether the first one’s move has the lower hash. */
  readonly lower: boolean;
  /** Whether the first cites heads of before, and so sorts early in any case. */
  readonly old: boolean;
}

/** Plays a contest with hashes and heads as given, and says what came of it, for all the same. */
export async function play({ prepare, carry, gain }: Contest, { time, lower, old }: Grinding): Promise<Gain> {
  const uses = { adopt: 'majority', parameters: 'majority', remove: 'majority', buy: 'majority' };
  const people = (await group(['ana', 'ben', 'cleo', 'dora'], withUse({}, [...protocols(uses), PUBLICATION]))) as Four;
  const wants = await prepare(people);
  await meet(people);
  await meet(people);
  const before = people[0].replica.record.heads();
  for (let count = 0; count < 3; count++) await people[2].act('member.describe', { name: { text: 'Cleo' } });
  await meet(people);
  const [first, second] = people;
  const own = first.replica.record.tips().find(({ device }) => device === first.signer.device)?.id;
  const certificate = own === undefined ? first.replica.record.certificatesOf(first.signer.device) : [];
  const parents = [...new Set([...before, ...certificate])].filter((id) => id !== own).sort();
  const other = await forge(second, { ...wants[1], time });
  let one = await forge(first, { ...wants[0], time, ...(old ? { parents } : {}) });
  // The grinding itself: another claimed time, until the hash suits.
  while (one.id < other.id !== lower)
    one = await forge(first, { ...wants[0], time: one.time + 1, ...(old ? { parents } : {}) });
  first.replica.receive({ events: [one], texts: [] });
  second.replica.receive({ events: [other], texts: [] });
  const moves = [one.id, other.id] as const;
  await carry?.(people, moves);
  await meet(people);
  await meet(people);
  const fresh = new Replica(first.replica.id);
  fresh.receive(await second.batch());
  for (const { replica } of people) expect(stateDigest(replica.state)).toBe(stateDigest(fresh.state));
  return gain(fresh.state, moves);
}
