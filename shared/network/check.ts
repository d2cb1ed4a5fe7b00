import { PeerholdError, errorCode } from '../errors';
import { fromHex } from '../record/bytes';
import { type SignedEvent, decodeEvent, signatureOf } from '../record/event';
import { SIGNATURE_UNCHECKED, verify } from '../record/signature';
import { embeddedProofs } from './certificates';

/**
 * Reads a foreign event and checks every signature in it: what any peer can see from the event alone. Throws `event-too-large`,
 * `bytes-malformed`, `event-malformed`, `signature-wrong` or `proof-wrong`; `signature-unchecked` says nothing of the event.
 */
export async function checkEvent(bytes: Uint8Array): Promise<SignedEvent> {
  const event = decodeEvent(bytes);
  await checkSignatures(event);
  return event;
}

/** Whether every signature in an event is right. Rejects with `signature-unchecked`. */
export async function isSound(event: SignedEvent): Promise<boolean> {
  return checkSignatures(event).then(
    () => true,
    (error: unknown) => {
      if (isUnchecked(error)) throw error;
      return false;
    },
  );
}

/** Whether something failed only because the runtime could not check a signature: it is no verdict on what was to be checked. */
export const isUnchecked = (error: unknown): boolean => errorCode(error) === SIGNATURE_UNCHECKED;

/** Throws `signature-wrong` or `proof-wrong`, or `signature-unchecked`. */
export async function checkSignatures(event: SignedEvent): Promise<void> {
  const [signed, ...proved] = await Promise.all([
    verify(event.device, fromHex(event.id), signatureOf(event)),
    ...embeddedProofs(event).map(({ key, message, signature }) => verify(key, message, signature)),
  ]);
  if (!signed) throw new PeerholdError('signature-wrong', { event: event.id });
  if (proved.includes(false)) throw new PeerholdError('proof-wrong', { event: event.id });
}
