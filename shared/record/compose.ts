import { PeerholdError } from '../errors';
import { utf8 } from './bytes';
import { encodeBody, type EventBody, type SignedEvent, decodeEvent, idOf, withSignature } from './event';
import { wellFormed } from './shape';
import { randomBytes, type Signer } from './signature';
import { type DetachedText, type Draft, MAX_TEXT, MAX_TEXTS, SALT_BYTES, type TextRef, refOf } from './text';

/**
 * Replaces every inline text of a draft by its reference; the detached texts come beside. Throws `text-too-long` or `texts-too-long`,
 * before anything is signed that neighbours would not take.
 */
export function detach<T>(
  draft: Draft<T>,
  author: string,
  salt = () => randomBytes(SALT_BYTES),
): { payload: T; texts: Map<TextRef, DetachedText> } {
  const texts = new Map<TextRef, DetachedText>();
  let bytes = 0;
  const walk = (value: unknown): unknown => {
    if (typeof value !== 'object' || value === null || value instanceof Uint8Array) return value;
    if (Array.isArray(value)) return value.map(walk);
    const fields = Object.entries(value).filter(([, field]) => field !== undefined);
    if (fields.length === 1 && fields[0]![0] === 'text' && typeof fields[0]![1] === 'string')
      return bind(fields[0]![1]);
    return Object.fromEntries(fields.map(([key, field]) => [key, walk(field)]));
  };
  const bind = (given: string): TextRef => {
    const text = wellFormed(given);
    if (text.length > MAX_TEXT) throw new PeerholdError('text-too-long', { length: text.length, max: MAX_TEXT });
    bytes += utf8(text).length;
    if (bytes > MAX_TEXTS) throw new PeerholdError('texts-too-long', { max: MAX_TEXTS });
    const detached = { author, salt: salt(), text };
    const ref = refOf(detached);
    texts.set(ref, detached);
    return ref;
  };
  return { payload: walk(draft) as T, texts };
}

/**
 * Signs an event and reads it back: what its author goes on with is what all others will read. Throws, before anything is signed, what
 * `encodeBody` throws, and after it what `decodeEvent` does.
 */
export async function signEvent(body: EventBody, signer: Signer): Promise<SignedEvent> {
  const bytes = encodeBody(body);
  return decodeEvent(withSignature(bytes, await signer.sign(idOf(bytes))));
}
