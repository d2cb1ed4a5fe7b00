import { type Of, id, object } from '../../record/shape';
import type { Why } from '../why';
import { day } from './days';

export const useEvents = {
  /** From the first date on, up to and without the last. */
  'use.book': object({ resource: id, from: day, until: day }),
  'use.cancel': object({ booking: id }),
} as const;
export type UsePayloads = { [T in keyof typeof useEvents]: Of<(typeof useEvents)[T]> };

/** Who has a resource when. Key: the id of its event. */
export interface Booking {
  readonly id: string;
  readonly resource: string;
  readonly member: string;
  /** Civil dates; `until` is the first that it does not have. */
  readonly from: string;
  readonly until: string;
  /**
   * `waiting`: with others that did not know of it and it did not know of, it wants the same dates, or goes beyond what the member has: none
   * of them holds until one is taken back. `ended`: its member left, or was removed, before it began.
   */
  readonly status: 'stands' | 'waiting' | 'cancelled' | 'ended';
  /** Other bookings, of whomever, that want dates of it: ascending. */
  readonly clashes: readonly string[];
  /** The member's own others with which it goes beyond the quota: ascending. */
  readonly over: readonly string[];
  readonly time: number;
  /** After its own event what took it back: cancellations, the leaving, the decision to remove. */
  readonly why: Why;
}
