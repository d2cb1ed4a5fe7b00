import { type Of, id, integer, object, oneOf, optional } from '../../record/shape';
import { type TextRef, textRef } from '../../record/text';
import { amount, unit } from '../agreement/model';
import type { Why } from '../why';

export const RESOURCE_KINDS = ['house', 'land', 'workshop', 'boat', 'machine', 'vehicle', 'other'] as const;

export const resourceEvents = {
  'resource.seek': object({
    name: textRef,
    about: textRef,
    kind: oneOf(...RESOURCE_KINDS),
    /** Asking price. */
    amount,
    unit,
  }),
  'resource.drop': object({ resource: id }),
  'pledge.make': object({
    resource: id,
    amount,
    unit,
    /** The pledge binds only if all pledges for the resource reach this total; 0: no such condition. */
    together: integer(0, Number.MAX_SAFE_INTEGER),
    /** A further condition in words. */
    condition: optional(textRef),
  }),
  'pledge.withdraw': object({ pledge: id }),
} as const;
export type ResourcePayloads = { [T in keyof typeof resourceEvents]: Of<(typeof resourceEvents)[T]> };

export interface Resource {
  readonly id: string;
  readonly name: TextRef;
  readonly about: TextRef;
  readonly kind: (typeof RESOURCE_KINDS)[number];
  readonly amount: number;
  readonly unit: string;
  readonly by: string;
  /** `sought`: a candidate; `deciding`: a proposal to buy is open; `agreed`: members decided to buy; `held`: bought. */
  readonly status: 'sought' | 'deciding' | 'agreed' | 'held' | 'dropped';
  readonly proposal?: string;
  readonly purchase?: string;
  /** Whole shares by member, fixed at the purchase by the protocol `ownership`. */
  readonly shares: readonly { readonly member: string; readonly shares: number }[];
  readonly time: number;
  readonly why: Why;
}

export interface Pledge {
  readonly id: string;
  readonly resource: string;
  readonly member: string;
  readonly amount: number;
  readonly unit: string;
  readonly together: number;
  readonly condition?: TextRef;
  /** Paid by contributions that name it; minor units. */
  readonly paid: number;
  /** `stands`: made, condition open or met; `due`: the purchase is decided and its condition met; `paid`: wholly; `lapsed`: decided, not met. */
  readonly status: 'stands' | 'due' | 'paid' | 'lapsed' | 'withdrawn';
  readonly time: number;
  readonly why: Why;
}
