import { type Of, id, object } from '../../record/shape';
import { textRef } from '../../record/text';

export const textEvents = {
  /** The author of an event erases one of its detached texts; the hash stays. */
  'text.erase': object({ event: id, text: textRef }),
} as const;
export type TextPayloads = { [T in keyof typeof textEvents]: Of<(typeof textEvents)[T]> };
