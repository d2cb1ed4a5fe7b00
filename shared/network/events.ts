import { type Shape, valuesOf } from '../record/shape';
import { type Draft, type TextRef, textRef } from '../record/text';
import { type DecisionPayloads, decisionEvents } from './decisions/model';
import { type FoundingPayloads, foundingEvents } from './founding/model';
import { type LedgerPayloads, ledgerEvents } from './ledger/model';
import { type MemberPayloads, memberEvents } from './membership/model';
import { type PublicationPayloads, publicationEvents } from './publication/model';
import { type ResourcePayloads, resourceEvents } from './resources/model';
import { type SealPayloads, sealEvents } from './seals/model';
import { type TextPayloads, textEvents } from './texts/model';
import { type UsePayloads, useEvents } from './use/model';

/** Every event type of rules version 1 with its payload. Other types are kept and relayed without effect. */
export type Payloads = FoundingPayloads &
  MemberPayloads &
  DecisionPayloads &
  LedgerPayloads &
  ResourcePayloads &
  PublicationPayloads &
  UsePayloads &
  SealPayloads &
  TextPayloads;
export type EventType = keyof Payloads;

export const payloadShapes: { readonly [T in EventType]: Shape<Payloads[T]> } = {
  ...foundingEvents,
  ...memberEvents,
  ...decisionEvents,
  ...ledgerEvents,
  ...resourceEvents,
  ...publicationEvents,
  ...useEvents,
  ...sealEvents,
  ...textEvents,
};

/** What a member does, as the app hands it to the engine: texts inline, ids as hex. */
export type Action = { [T in EventType]: { readonly type: T; readonly payload: Draft<Payloads[T]> } }[EventType];

/**
 * The newest version of the rules that this app knows. Which one is in force the network's decisions say: an event is signed and folded under
 * that one.
 */
export const RULES_VERSION = 1;

/** The texts that stand beside an event; none where it is of a type or form that this version does not know. */
export function textsBeside({ type, payload }: { readonly type: string; readonly payload: unknown }): TextRef[] {
  const shape = Object.hasOwn(payloadShapes, type) ? payloadShapes[type as EventType] : undefined;
  return shape?.(payload) === true ? valuesOf(shape, payload, textRef) : [];
}
