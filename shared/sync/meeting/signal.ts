import { decode, encode } from 'cborg';
import { integer, matching, object, type Of, tagged, text } from '../../record/shape';

/**
 * What peers say to each other through a meeting place, before they are connected. Whoever knows the network's id can say these things in
 * anyone's name: they lead to attempts, bounded in number, and never to trust. Peer ids and attempt ids are random, one for each session
 * and each attempt.
 */
const peer = matching(/^[0-9a-f]{32}$/);
const attempt = matching(/^[0-9a-f]{16}$/);
const MAX_SDP = 16 * 1024;
/** Open neighbours of the sender, so that somebody without any is not refused for want of room. */
const degree = integer(0, 255);
const addressed = { from: peer, to: peer, attempt };

export const signalShape = tagged('type', {
  announce: object({ from: peer, degree }),
  leave: object({ from: peer }),
  offer: object({ ...addressed, sdp: text(MAX_SDP, 1), degree }),
  answer: object({ ...addressed, sdp: text(MAX_SDP, 1) }),
  /** Room is taken (`full`), or too many attempts run at once (`busy`). */
  refuse: object({ ...addressed, why: matching(/^(full|busy)$/) }),
});
export type Signal = Of<typeof signalShape>;

/** Larger than any signal in bytes. */
const MAX_SIGNAL = 4 * MAX_SDP;

export const encodeSignal = (signal: Signal): Uint8Array => encode(signal);

/** Nothing for whatever is not exactly a signal; never throws. */
export function decodeSignal(bytes: Uint8Array): Signal | undefined {
  if (bytes.length > MAX_SIGNAL) return undefined;
  try {
    const value: unknown = decode(bytes, {
      allowIndefinite: false,
      allowUndefined: false,
      rejectDuplicateMapKeys: true,
    });
    return signalShape(value) ? value : undefined;
  } catch {
    return undefined;
  }
}
