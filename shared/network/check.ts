import { PeerholdError } from '../errors';
import { fromHex } from '../record/bytes';
import { type SignedEvent, decodeEvent, signatureOf } from '../record/event';
import { verify } from '../record/signature';
import { embeddedProofs } from './certificates';

/**
 * Reads a foreign event and checks every signature in it: what any peer can see from the event alone. Throws `event-too-large`,
 * `bytes-malformed`, `event-malformed`, `signature-wrong` or `proof-wrong`.
 */
export async function checkEvent(bytes: Uint8Array): Promise<SignedEvent> {
  const event = decodeEvent(bytes);
  await checkSignatures(event);
  return event;
}

/** Whether every signature in an event is right. */
export async function isSound(event: SignedEvent): Promise<boolean> {
  return checkSignatures(event).then(
    () => true,
    () => false,
  );
}

/** Throws `signature-wrong` or `proof-wrong`. */
export async function checkSignatures(event: SignedEvent): Promise<void> {
  const [signed, ...proved] = await Promise.all([
    verify(event.device, fromHex(event.id), signatureOf(event)),
    ...embeddedProofs(event).map(({ key, message, signature }) => verify(key, message, signature)),
  ]);
  if (!signed) throw new PeerholdError('signature-wrong', { event: event.id });
  if (proved.includes(false)) throw new PeerholdError('proof-wrong', { event: event.id });
}
