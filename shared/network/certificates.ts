import { concat, fromHex, utf8 } from '../record/bytes';
import type { SignedEvent } from '../record/event';
import type { Effect } from './decisions/model';
import { type Payloads, payloadShapes } from './events';
import type { Certifies } from '../record/record';

/** Which events certify a device, structurally: whether they were entitled to is the rules' business. */
export const certifies: Certifies = (event, author) => {
  if (event.type === 'network.found') return { device: event.device, member: event.id };
  if (isAdmission(event)) return { device: event.payload.device, member: event.id };
  if (isCertification(event)) return { device: event.payload.device, member: author };
  const restoring = restorationIn(event);
  return restoring && { device: restoring.device, member: restoring.member };
};

/** Whether an event lets in a keeper, which decides nothing. */
export function isKeepers(event: SignedEvent): boolean {
  return isCertification(event) && event.payload.role === 'keeper';
}

/** A signature inside a payload, checked with the event's own: a joiner's proof of invitation, a device's consent. */
export interface EmbeddedProof {
  readonly key: string;
  readonly message: Uint8Array;
  readonly signature: Uint8Array;
}

export function embeddedProofs(event: SignedEvent): readonly EmbeddedProof[] {
  if (event.network === null) return [];
  if (isAdmission(event)) {
    const { invite, device, nonce, proof, consent } = event.payload;
    return [
      { key: invite, message: invitationMessage(event.network, device, nonce), signature: proof },
      { key: device, message: joiningMessage(event.network, event.device, invite, nonce), signature: consent },
    ];
  }
  if (isCertification(event)) {
    const { device, proof } = event.payload;
    return [{ key: device, message: consentMessage(event.network, event.device), signature: proof }];
  }
  const restoring = restorationIn(event);
  if (restoring === null) return [];
  const { device, consent } = restoring;
  return [{ key: device, message: restoringMessage(event.network, event.device), signature: consent }];
}

/** What a joiner signs with the invite's secret half: worthless for any other key, network or attempt. */
export function invitationMessage(network: string, device: string, nonce: string): Uint8Array {
  return concat(utf8('peerhold/invite/1\0'), fromHex(network), fromHex(device), fromHex(nonce));
}

/** What a joining device signs: it wants in by this invite, and by this device of a member, so that no other can copy the admission. */
export function joiningMessage(network: string, admitter: string, invite: string, nonce: string): Uint8Array {
  return concat(utf8('peerhold/joining/1\0'), fromHex(network), fromHex(admitter), fromHex(invite), fromHex(nonce));
}

/** What a new device signs to belong to the member of an existing one. */
export function consentMessage(network: string, certifier: string): Uint8Array {
  return concat(utf8('peerhold/device/1\0'), fromHex(network), fromHex(certifier));
}

/** What a new device signs to be proposed as that of a member who lost theirs, by this device and no other. */
export function restoringMessage(network: string, proposer: string): Uint8Array {
  return concat(utf8('peerhold/restore/1\0'), fromHex(network), fromHex(proposer));
}

/** The device that a proposal would give to a member in the place of theirs; null for any other event. By its shape alone. */
function restorationIn(event: Pick<SignedEvent, 'type' | 'payload'>): Restoration | null {
  const { type, payload } = event;
  // Of the many proposals few restore anybody: the whole payload is looked at only where this one may.
  const isOne = type === 'proposal.open' && kindOf((payload as { effect?: unknown } | null)?.effect) === 'restore';
  if (!isOne || !payloadShapes['proposal.open'](payload)) return null;
  return payload.effect as Restoration;
}
export type Restoration = Extract<Effect, { kind: 'restore' }>;

const kindOf = (effect: unknown): unknown => (effect as { kind?: unknown } | null | undefined)?.kind;

function isAdmission(event: SignedEvent): event is SignedEvent & { payload: Payloads['member.admit'] } {
  return event.type === 'member.admit' && payloadShapes['member.admit'](event.payload);
}

function isCertification(event: SignedEvent): event is SignedEvent & { payload: Payloads['device.certify'] } {
  return event.type === 'device.certify' && payloadShapes['device.certify'](event.payload);
}
