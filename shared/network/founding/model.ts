import { type Of, boolean, object, optional, text } from '../../record/shape';
import { type TextRef, textRef } from '../../record/text';
import { protocolSpecs, unit } from '../agreement/model';
import { slug } from '../membership/model';
import type { Why } from '../why';

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
  /** Id of the agreement version in force. */
  readonly version: string;
  readonly time: number;
  readonly why: Why;
}
