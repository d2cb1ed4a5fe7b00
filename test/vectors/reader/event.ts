import { type Value, read } from './cbor';
import { Refused } from './refused';
import { sha256, verifies } from './signature';

/** "Events" of docs/protocol.md. */
export interface Event {
  readonly id: string;
  readonly network: string | null;
  readonly device: string;
  readonly sequence: number;
  readonly previous: string | null;
  readonly parents: readonly string[];
  readonly time: number;
  readonly rules: number;
  readonly type: string;
  readonly payload: Value;
}

const ID = /^[0-9a-f]{64}$/;
export const isId = (value: unknown): value is string => typeof value === 'string' && ID.test(value);
const isIdOrNull = (value: unknown): value is string | null => value === null || isId(value);
export const isInteger = (value: unknown, least: number, most: number): value is number =>
  typeof value === 'number' && value >= least && value <= most;
const isText = (value: unknown, least: number, most: number): value is string =>
  typeof value === 'string' && value.length >= least && value.length <= most;

/** @throws Refused with the code of what every peer can see from the event alone. */
export function readEvent(bytes: Buffer): Event {
  if (bytes.length > 65_536) throw new Refused('event-too-large');
  const body = bytes.subarray(64);
  const event = layout(read(body), sha256('peerhold/event/1\0', body).toString('hex'));
  if (!verifies(event.device, Buffer.from(event.id, 'hex'), bytes.subarray(0, 64)))
    throw new Refused('signature-wrong');
  if (!proofs(event).every(([key, message, proof]) => verifies(key, message, proof))) throw new Refused('proof-wrong');
  return event;
}

function layout(value: Value, id: string): Event {
  const malformed = new Refused('event-malformed');
  if (!Array.isArray(value) || value.length !== 10) throw malformed;
  const [format, network, device, sequence, previous, parents, time, rules, type, payload] = value as Value[];
  if (format !== 1 || !isIdOrNull(network) || !isId(device) || !isInteger(sequence, 0, 2 ** 32 - 1)) throw malformed;
  if (!isIdOrNull(previous) || !Array.isArray(parents) || parents.length > 256 || !parents.every(isId)) throw malformed;
  if (!isInteger(time, 0, 2 ** 53 - 1) || !isInteger(rules, 1, 65_535) || !isText(type, 1, 64)) throw malformed;
  const ids = parents as readonly string[];
  const isAscending = ids.every((parent, index) => index === 0 || ids[index - 1]! < parent);
  if (!isAscending || (previous !== null && ids.includes(previous))) throw malformed;
  if ((sequence === 0) !== (previous === null)) throw malformed;
  if ((network === null) !== (previous === null && ids.length === 0)) throw malformed;
  return { id, network, device, sequence, previous, parents: ids, time, rules, type, payload: payload! };
}

type Fields = Readonly<Record<string, Value>>;
const isProof = (value: unknown): value is Buffer => Buffer.isBuffer(value) && value.length === 64;
const isMap = (value: Value): value is Fields =>
  typeof value === 'object' && value !== null && !Array.isArray(value) && !Buffer.isBuffer(value);
const hasExactly = (value: Fields, needed: readonly string[], optional: readonly string[] = []): boolean =>
  needed.every((key) => key in value) && Object.keys(value).every((key) => [...needed, ...optional].includes(key));

export function admissionIn({ type, payload }: Event) {
  if (type !== 'member.admit' || !isMap(payload)) return null;
  const { invite, device, name, nonce, proof, consent } = payload;
  if (!hasExactly(payload, ['invite', 'device', 'name', 'nonce', 'proof', 'consent'])) return null;
  if (!isId(invite) || !isId(device) || !isId(name) || !isId(nonce) || !isProof(proof) || !isProof(consent))
    return null;
  return { invite, device, nonce, proof, consent };
}

export function certificateIn({ type, payload }: Event) {
  if (type !== 'device.certify' || !isMap(payload)) return null;
  const { device, label, proof, role } = payload;
  if (!hasExactly(payload, ['device', 'label', 'proof'], ['role'])) return null;
  if (!isId(device) || !isText(label, 1, 40) || !isProof(proof)) return null;
  return role === undefined || role === 'keeper' ? { device, proof, isKeeper: role === 'keeper' } : null;
}

export function restorationIn({ type, payload }: Event) {
  if (type !== 'proposal.open' || !isMap(payload) || !hasExactly(payload, ['title', 'text', 'effect', 'deadline']))
    return null;
  const { title, text, effect, deadline } = payload;
  if (!isId(title) || !isId(text) || !isInteger(deadline, 0, 2 ** 53 - 1) || !isMap(effect!)) return null;
  const { kind, member, device, consent } = effect;
  if (kind !== 'restore' || !hasExactly(effect, ['kind', 'member', 'device', 'consent'])) return null;
  return isId(member) && isId(device) && isProof(consent) ? { member, device, consent } : null;
}

export function revocationIn({ type, payload }: Event): string | null {
  if (type !== 'device.revoke' || !isMap(payload) || !hasExactly(payload, ['device'])) return null;
  return isId(payload['device']) ? payload['device'] : null;
}

/** Key, message and signature of what others signed inside. */
function proofs(event: Event): (readonly [string, Buffer, Buffer])[] {
  if (event.network === null) return [];
  const of = (domain: string, ...ids: readonly string[]): Buffer =>
    Buffer.concat([Buffer.from(domain), ...ids.map((id) => Buffer.from(id, 'hex'))]);
  const { network } = event;
  const admission = admissionIn(event);
  if (admission !== null) {
    const { invite, device, nonce, proof, consent } = admission;
    return [
      [invite, of('peerhold/invite/1\0', network, device, nonce), proof],
      [device, of('peerhold/joining/1\0', network, event.device, invite, nonce), consent],
    ];
  }
  const certificate = certificateIn(event);
  if (certificate !== null)
    return [[certificate.device, of('peerhold/device/1\0', network, event.device), certificate.proof]];
  const restoration = restorationIn(event);
  if (restoration === null) return [];
  return [[restoration.device, of('peerhold/restore/1\0', network, event.device), restoration.consent]];
}
