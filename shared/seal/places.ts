import { type Payloads, payloadShapes } from '../network/events';
import type { Sealer } from '../network/seals/sealers';
import type { Entry } from '../record/entry';

type Said<T extends keyof Payloads> = Entry & { readonly payload: Payloads[T] };
/** Whether an event is in the causal past of another. */
type Before = (ancestor: Entry, entry: Entry) => boolean;
/** Whether the voter had seen an event. */
type Seen = (entry: Entry) => boolean;

/**
 * Which devices vote for a sealer. A member is one voter. They vote by the first of their devices in the ground; once one of their devices
 * has revoked that one, by any other of theirs that has seen it. Without this a lost device could never be replaced where all sealers
 * are needed: the seal that fixes its revocation would need its vote. It follows from what the voter had seen, so it is the same for all.
 */
export class Places {
  readonly #before: Before;
  readonly #revocations = new Map<string, Said<'device.revoke'>[]>();
  readonly #certificates = new Map<string, Said<'device.certify'>[]>();

  constructor(before: Before) {
    this.#before = before;
  }

  /** Notes what says something about devices among new entries. */
  add(entries: readonly Entry[]): void {
    for (const entry of entries) {
      if (says('device.revoke', entry)) note(this.#revocations, entry.payload.device, entry);
      // A keeper's certificate gives it no voice.
      if (says('device.certify', entry) && entry.payload.role === undefined)
        note(this.#certificates, entry.payload.device, entry);
    }
  }

  /** Whether a vote is its sealer's. */
  counts(vote: Entry, sealer: Sealer): boolean {
    if (vote.member !== sealer.member) return false;
    const seen: Seen = (entry) => this.#before(entry, vote);
    return vote.device === sealer.device || this.#handover(vote.device, sealer, seen) !== undefined;
  }

  /** What a vote by this device has to have in its past to be the sealer's; undefined where nothing makes it so. */
  groundsOf(device: string, sealer: Sealer): readonly string[] | undefined {
    if (device === sealer.device) return [];
    const revocation = this.#handover(device, sealer, () => true);
    return revocation && [revocation.id];
  }

  /** The revocation of the sealer's device by which another has its place. */
  #handover(device: string, sealer: Sealer, seen: Seen): Entry | undefined {
    const revocations = this.#revocations.get(sealer.device) ?? [];
    const ofMember = (one: string): boolean => this.#isOf(one, sealer, seen);
    return ofMember(device) ? revocations.find((one) => seen(one) && ofMember(one.device)) : undefined;
  }

  /** Whether it was a device of the sealer's member in the ground, or goes back to one by certificates. */
  #isOf(device: string, { member, devices }: Sealer, seen: Seen): boolean {
    const looked = new Set([device]);
    // Grows while it is walked.
    for (const one of looked) {
      if (devices.includes(one)) return true;
      for (const certificate of this.#certificates.get(one) ?? [])
        if (certificate.member === member && seen(certificate)) looked.add(certificate.device);
    }
    return false;
  }
}

function says<T extends 'device.revoke' | 'device.certify'>(type: T, entry: Entry): entry is Said<T> {
  return entry.type === type && payloadShapes[type](entry.payload);
}

function note<T>(index: Map<string, T[]>, device: string, entry: T): void {
  const known = index.get(device);
  if (known === undefined) index.set(device, [entry]);
  else known.push(entry);
}
