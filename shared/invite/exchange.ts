import { PeerholdError } from '../errors';
import { decodeCanonical } from '../record/cbor-reader';
import { encodeCanonical } from '../record/cbor-writer';
import { MAX_RULES } from '../record/event';
import { bytes, id, integer, list, nullable, object, oneOf, optional, tagged, text } from '../record/shape';

/** What a joiner and a member say to each other, on the channel's `join` kind. The channel has proved the invite's secret. */
export type JoinMessage =
  /** `seal` is the value of the link's newest seal: a member who has not got it yet could not show that they keep its history. */
  | { readonly kind: 'look'; readonly seal: string | null }
  | ({ readonly kind: 'preview' } & Preview)
  /** The joiner's name, and its proofs for the record. */
  | ({ readonly kind: 'request'; readonly name: string; readonly seal: string | null } & JoinProofs)
  /** By a device link: how the new device is to be called, what it wants to be, and its proof for the certificate. */
  | { readonly kind: 'device'; readonly label: string; readonly proof: Uint8Array; readonly role?: 'keeper' }
  /** By an invite: who says that they are a member and lost all devices, by what name, and the new device's consent to be proposed. */
  | { readonly kind: 'restore'; readonly name: string; readonly seal: string | null; readonly consent: Uint8Array }
  /** The device that made the link shows its person the question. `admitted` or `refused` follows. */
  | { readonly kind: 'asked' }
  | { readonly kind: 'admitted'; readonly event: string }
  | { readonly kind: 'refused'; readonly code: string };

/** What goes into the admission's payload: the invite's and the device's signatures over one nonce. */
export interface JoinProofs {
  readonly nonce: string;
  readonly proof: Uint8Array;
  readonly consent: Uint8Array;
}

export interface Preview {
  readonly networkName: string;
  readonly purpose: string;
  readonly inviter: string;
  readonly type: string;
  readonly mode: 'invite' | 'decision';
  /** Version of the rules in force: an app that does not know it has no use of being let in. */
  readonly rules: number;
  readonly members: number;
  readonly protocols: readonly { readonly title: string; readonly kind: string; readonly text: string }[];
}

export const MAX_NAME = 80;
export const MAX_LABEL = 40;
const LONG = 65_536;

const shape = tagged('kind', {
  look: object({ seal: nullable(id) }),
  preview: object({
    networkName: text(LONG),
    purpose: text(LONG),
    inviter: text(LONG),
    type: text(120),
    mode: oneOf('invite', 'decision'),
    rules: integer(1, MAX_RULES),
    members: integer(0, 1_000_000),
    protocols: list(object({ title: text(120), kind: text(40), text: text(LONG) }), 100),
  }),
  request: object({ name: text(MAX_NAME, 1), seal: nullable(id), nonce: id, proof: bytes(64), consent: bytes(64) }),
  device: object({ label: text(MAX_LABEL, 1), proof: bytes(64), role: optional(oneOf('keeper')) }),
  restore: object({ name: text(MAX_NAME, 1), seal: nullable(id), consent: bytes(64) }),
  asked: object({}),
  admitted: object({ event: id }),
  refused: object({ code: text(80, 1) }),
});

export function encodeJoinMessage(message: JoinMessage): Uint8Array {
  return encodeCanonical(message);
}

/** Throws `bytes-malformed` or `message-malformed`. */
export function decodeJoinMessage(encoded: Uint8Array): JoinMessage {
  const value = decodeCanonical(encoded);
  if (!shape(value)) throw new PeerholdError('message-malformed');
  return value;
}
