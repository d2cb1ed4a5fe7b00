import { type Of, id, object } from '../../record/shape';
import { type TextRef, otherText } from '../../record/text';

export const textEvents = {
  /** The author of an event erases one of its detached texts, or a member the name under which they were admitted; the hash stays. */
  'text.erase': object({ event: id, text: otherText }),
} as const;
export type TextPayloads = { [T in keyof typeof textEvents]: Of<(typeof textEvents)[T]> };

export interface ErasedText {
  readonly text: TextRef;
  /** The device that signed the event which names it: the text of another author under the same name is not meant. */
  readonly author: string;
  /** The erasing event, or the proposal by which members decided it. */
  readonly event: string;
}
