import { encodeBody, type EventBody, type SignedEvent, assemble, idOf } from './event';
import { randomBytes, type Signer } from './signature';
import { type DetachedText, type Draft, SALT_BYTES, type TextRef, refOf } from './text';

/** Replaces every inline text of a draft by its reference; the detached texts come beside. */
export function detach<T>(
  draft: Draft<T>,
  salt = () => randomBytes(SALT_BYTES),
): { payload: T; texts: Map<TextRef, DetachedText> } {
  const texts = new Map<TextRef, DetachedText>();
  const walk = (value: unknown): unknown => {
    if (typeof value !== 'object' || value === null || value instanceof Uint8Array) return value;
    if (Array.isArray(value)) return value.map(walk);
    const fields = Object.entries(value).filter(([, field]) => field !== undefined);
    if (fields.length === 1 && fields[0]![0] === 'text' && typeof fields[0]![1] === 'string')
      return bind(fields[0]![1]);
    return Object.fromEntries(fields.map(([key, field]) => [key, walk(field)]));
  };
  const bind = (text: string): TextRef => {
    const detached = { salt: salt(), text };
    const ref = refOf(detached);
    texts.set(ref, detached);
    return ref;
  };
  return { payload: walk(draft) as T, texts };
}

export async function signEvent(body: EventBody, signer: Signer): Promise<SignedEvent> {
  const bytes = encodeBody(body);
  return assemble(body, bytes, await signer.sign(idOf(bytes)));
}
