import { fromHex } from '../../../shared/record/bytes';
import { decodeEvent, signatureOf } from '../../../shared/record/event';
import { verify } from '../../../shared/record/signature';
import type { History } from '../history-file';

/** As many as the app's sync sends in one message. */
const TOGETHER = 500;

/** Key, message and signature of each event. */
export function signaturesOf({ events }: History) {
  return events.map(({ bytes }) => {
    const event = decodeEvent(bytes);
    return [event.device, fromHex(event.id), signatureOf(event)] as const;
  });
}

/** P1's floor: milliseconds that checking them takes, with nothing else of an event looked at. */
export async function bareVerification(signatures: ReturnType<typeof signaturesOf>): Promise<number> {
  const start = performance.now();
  for (let at = 0; at < signatures.length; at += TOGETHER) {
    const verified = await Promise.all(signatures.slice(at, at + TOGETHER).map((one) => verify(...one)));
    if (!verified.every(Boolean)) throw new Error('a signature of the history is wrong');
  }
  return performance.now() - start;
}
