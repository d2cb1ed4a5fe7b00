import type { Entry } from '../record/entry';
import type { Outcome } from './decisions/outcome';
import type { EventType, Payloads } from './events';
import type { Ground } from './seals/sealers';
import type { Tables } from './tables';
import type { Clause, WithoutEffect } from './why';

/** What a rule may ask about the record beyond the state folded so far. Pure: the same events give the same answers. */
export interface Past {
  get(id: string): Entry | undefined;
  /** Whether `ancestor` is in the causal past of `entry`. */
  before(ancestor: Entry, entry: Entry): boolean;
  /** Whether `entry` had to reckon with `earlier`: it had seen it, or an earlier seal has it. */
  precedes(earlier: Entry, entry: Entry): boolean;
  /** Ballots, closings and withdrawals that name the proposal, over all events known, or in the cut: decisions weigh concurrent ones alike. */
  about(proposal: string): readonly Entry[];
  /** Revocations of the entry's device and departures of its member, over all events known, but those that plainly have no effect. */
  endsOf(entry: Entry): readonly Entry[];
  /** The first event of a device's chain, of each branch where it forked there, over all events known. */
  rootsOf(device: string): readonly Entry[];
  /** The certificate by which the chain of an entry goes; none for that of the founding event. */
  certificateOf(entry: Entry): Entry | undefined;
}

/** Adopted proposals that can not both be in force and did not know of each other: neither comes into force. */
export interface Clashes {
  with(proposal: string): readonly string[];
  /** Reports a clash with a proposal that is already in force; the fold goes back to before that one. */
  found(proposal: string, inForce: string): void;
}

export interface Context {
  readonly tables: Tables;
  readonly past: Past;
  /** What the newest seal before fixed; null in a network that has none. */
  readonly ground: Ground | null;
  /** Version of the rules in force in the section that is folded. */
  readonly rules: number;
  readonly clashes: Clashes;
  /** Remembers what came of a proposal over all events known, since a rule relied on it. */
  relied(proposal: string, result: Outcome['result']): void;
}

/** The event with its payload checked against the shape of its type. */
export type Typed<T extends EventType> = Omit<Entry, 'payload' | 'type'> & {
  readonly type: T;
  readonly payload: Payloads[T];
};

/** Folds one event, or says why it has no effect; what it set before refusing is undone. */
export type Rule<T extends EventType> = (context: Context, event: Typed<T>) => Refusal | undefined;
export type Rules<T extends EventType> = { readonly [K in T]: Rule<K> };

export type Refusal = Omit<WithoutEffect, 'event'>;

export function refuse(code: string, clause?: Clause, events?: readonly string[]): Refusal {
  return { code, ...(clause === undefined ? {} : { clause }), ...(events === undefined ? {} : { events }) };
}
