import { type Of, boolean, id, integer, list, object, oneOf, optional, text } from '../../record/shape';
import { type TextRef, textRef } from '../../record/text';
import { amount, protocolSpecs, unit } from '../agreement/model';
import { slug } from '../membership/model';
import { RESOURCE_KINDS } from '../resources/model';
import type { Why } from '../why';

/** More than a network has members. */
const MAX_PEOPLE = 200;
const shares = integer(1, 1_000_000);

/**
 * Where a network goes on from: a seal of another whose quorum was lost, and what that seal had fixed. Members and resources keep the ids
 * that they have there, so that anybody can compare. Nobody is a member by it; the accounts and shares of who was one stand under that id.
 */
const refounded = object({
  network: id,
  /** Height of the seal; 0 and the network's own id where there was none. */
  height: integer(0, 0xffff_ffff),
  seal: id,
  /** Members who signed it. */
  signers: list(id, MAX_PEOPLE, 1),
  members: list(object({ id, name: textRef }), MAX_PEOPLE, 1),
  resources: list(
    object({
      id,
      name: textRef,
      about: textRef,
      kind: oneOf(...RESOURCE_KINDS),
      amount,
      unit,
      shares: list(object({ member: id, shares }), MAX_PEOPLE),
    }),
    100,
  ),
});
export type Refounded = Of<typeof refounded>;

export const foundingEvents = {
  /** The first event of a network; its id is the network's id. Its device belongs to the founder. */
  'network.found': object({
    name: textRef,
    purpose: textRef,
    unit,
    protocols: protocolSpecs,
    founder: object({ name: textRef, type: slug, device: text(40, 1) }),
    /** Set in generated sample networks, so that every screen can say so. */
    sample: optional(boolean),
    refounds: optional(refounded),
    /** Ids of protocols that are out of force from the start, ascending: those that were so in the network that this one goes on from. */
    suspended: optional(list(slug, 100, 1)),
  }),
} as const;
export type FoundingPayloads = { [T in keyof typeof foundingEvents]: Of<(typeof foundingEvents)[T]> };

export interface Network {
  readonly id: string;
  readonly name: TextRef;
  readonly purpose: TextRef;
  /** The currency in which the network keeps its books. */
  readonly unit: string;
  readonly founder: string;
  readonly sample: boolean;
  /** The seal of another network from which this one goes on. */
  readonly refounds?: Omit<Refounded, 'resources'>;
  /** Id of the agreement version in force. */
  readonly version: string;
  /** Version of the rules in force: as the founding event names it, then as seals fix what members decided. */
  readonly rules: number;
  readonly time: number;
  readonly why: Why;
}
