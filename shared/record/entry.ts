import type { SignedEvent } from './event';

/** For each lane, how many of its entries are in the causal past, the entry itself included. */
export type Clock = Uint32Array;

/** An event in the record, with its place in the graph. */
export interface Entry extends SignedEvent {
  bytes: Uint8Array;
  /** Longest path from the founding event; every ancestor has a smaller one. */
  readonly depth: number;
  /** Chain branch that the event extends: a device has one unless it forked. Local numbering, only for ancestry. */
  readonly lane: number;
  /** Position in the lane, from 0. */
  readonly place: number;
  /** Member for whom the signing device is certified by its own ancestors. */
  readonly member: string;
  clock: Clock | undefined;
  /** Height of the seal whose cut has it; `UNSEALED` until one has. */
  seal: number;
}

/** Sorts after every height. */
export const UNSEALED = Number.POSITIVE_INFINITY;
