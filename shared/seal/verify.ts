import { errorCode } from '../errors';
import { embeddedProofs } from '../network/certificates';
import { checkSignatures, isSound, isUnchecked } from '../network/check';
import { stateDigest } from '../network/digest/digest';
import { type SignedEvent, decodeEvent, idOfStored } from '../record/event';
import { type DetachedText, refOf } from '../record/text';
import { Replica, collectIds, isRefusedForNow } from '../replica/replica';
import type { ProvenSeal } from './chain';
import { recheckSeal } from './recheck';
import { isVote } from './votes';

/** A replica's bytes as they lie on the disk. */
export interface Stored {
  readonly network: string;
  /** In the order in which they were stored. */
  readonly events: readonly Uint8Array[];
  readonly texts: readonly DetachedText[];
}

/** What the running app shows, which has to be what follows from the stored bytes. */
export interface Claim {
  /** Events that it had, durably, before the stored bytes were read. */
  readonly ids: readonly string[];
  /** Bytes of all that it has by now from this place of its arrival order on. */
  readonly since: (place: number) => readonly Uint8Array[];
  readonly seals: () => readonly { readonly height: number; readonly value: string }[];
  readonly digest: () => string;
}

/** How the long computation shares its thread. */
export interface Course {
  /** Lets whatever else waits run. */
  readonly pause: () => Promise<void>;
  readonly progress: (done: number, total: number) => void;
  readonly isCancelled: () => boolean;
  /** Milliseconds; only differences count. */
  readonly now: () => number;
}

/** One thing that was found. `event` is its id, null where there is no event to name. */
export interface Finding {
  readonly code: string;
  readonly event: string | null;
  /** The other half of a proof that takes two. */
  readonly other?: string;
  readonly params: Readonly<Record<string, string | number>>;
}

export interface Verification {
  readonly events: number;
  /** Signatures of events, and those inside them: invitations, consents. */
  readonly signatures: number;
  readonly devices: number;
  readonly seals: number;
  readonly sealSignatures: number;
  readonly texts: number;
  /** Of the state that was computed anew. */
  readonly digest: string;
  /** What does not hold: the first of them, and how many there are. */
  readonly wrong: readonly Finding[];
  readonly wrongs: number;
  /** What members signed against the rules and what therefore counts for nothing. The record itself is in order. */
  readonly noted: readonly Finding[];
  readonly notes: number;
}

/** Events checked and folded in one go: as many as take about so many milliseconds, since a seal among them takes far longer than others. */
const SLICE_TIME = 40;
const MAX_SLICE = 200;
/** Texts hashed in one go. */
const TEXTS = 100;
/** Findings that are listed; a wholly damaged disk would have one for each event. */
const MAX_LISTED = 200;
/** Times that what arrived meanwhile is taken in. */
const MAX_ROUNDS = 20;

/**
 * Recomputes a network from its stored bytes, trusting none of them: each event is decoded as a foreign one, each signature checked, and
 * order, state and seals are folded in a fresh replica and compared with what the app shows. Resolves with null when cancelled;
 * rejects with `signature-unchecked` where the runtime could not check a signature.
 */
export async function verifyNetwork(stored: Stored, claim: Claim, course: Course): Promise<Verification | null> {
  return new Verifier(stored, claim, course).run();
}

class Findings {
  readonly listed: Finding[] = [];
  total = 0;

  add(code: string, event: string | null, params: Finding['params'] = {}, other?: string): void {
    this.total += 1;
    if (this.listed.length >= MAX_LISTED) return;
    this.listed.push({ code, event, params, ...(other === undefined ? {} : { other }) });
  }
}

class Verifier {
  readonly #stored: Stored;
  readonly #claim: Claim;
  readonly #course: Course;
  readonly #replica: Replica;
  readonly #wrong = new Findings();
  readonly #noted = new Findings();
  /** Ids of the events whose bytes and signatures are in order, whatever their ancestors say. */
  readonly #sound = new Set<string>();
  readonly #unsound = new Set<string>();
  /** Ids in what events say, texts' among them; also of events that could not be placed, or each of their texts would count as wrong. */
  readonly #named = new Set<string>();
  /**
   * Branches of a fork storm that come before those who built on them, and what came since and is not in: with a refused branch what waits for
   * it is forgotten, so that it is all offered again, in its order, with the next slice.
   */
  #postponed: readonly { readonly event: SignedEvent; readonly code: string | undefined }[] = [];
  /** All stored bytes by the id of their event; read once there is a wrong signature. */
  #copies: ReadonlyMap<string, readonly Uint8Array[]> | undefined;
  #signatures = 0;
  #sealSignatures = 0;

  constructor(stored: Stored, claim: Claim, course: Course) {
    this.#stored = stored;
    this.#claim = claim;
    this.#course = course;
    this.#replica = new Replica(stored.network, (seal) => this.#checkSeal(seal));
  }

  async run(): Promise<Verification | null> {
    const { events, texts } = this.#stored;
    const total = events.length + texts.length;
    for (let at = 0, size = 20; at < events.length;) {
      if (!(await this.#mayGoOn(at, total))) return null;
      const began = this.#course.now();
      await this.#takeSlice(events.slice(at, at + size), at);
      at += size;
      const fits = this.#course.now() - began < SLICE_TIME;
      size = fits ? Math.min(MAX_SLICE, size * 2) : Math.max(1, Math.floor(size / 2));
    }
    const digest = await this.#catchUp();
    this.#checkAncestors();
    this.#checkVotes();
    if (!(await this.#checkTexts(events.length, total))) return null;
    this.#course.progress(total, total);
    const { record, seals } = this.#replica;
    return {
      events: record.size,
      signatures: this.#signatures,
      devices: new Set(record.tips().map(({ device }) => device)).size,
      seals: seals.seals.length,
      sealSignatures: this.#sealSignatures,
      texts: texts.length,
      digest,
      wrong: this.#wrong.listed,
      wrongs: this.#wrong.total,
      noted: this.#noted.listed,
      notes: this.#noted.total,
    };
  }

  async #mayGoOn(done: number, total: number): Promise<boolean> {
    this.#course.progress(done, total);
    await this.#course.pause();
    return !this.#course.isCancelled();
  }

  /** Takes in what arrived meanwhile, then compares with what the app shows at that moment; resolves with the digest of the own state. */
  async #catchUp(): Promise<string> {
    let place = this.#claim.ids.length;
    for (let round = 0; ; round++) {
      const newer = this.#claim.since(place);
      place += newer.length;
      await this.#takeSlice(newer, this.#stored.events.length);
      const digest = stateDigest(this.#replica.state);
      // Each of the two digests takes long in a large network.
      if (round < MAX_ROUNDS) await this.#course.pause();
      if (round < MAX_ROUNDS && this.#claim.since(place).length > 0) continue;
      this.#checkClaim(digest);
      return digest;
    }
  }

  async #takeSlice(slice: readonly Uint8Array[], first: number): Promise<void> {
    const checked = await Promise.all(slice.map((bytes, index) => this.#check(bytes, first + index + 1)));
    const events = [...this.#postponed.map(({ event }) => event), ...checked.filter((event) => event !== null)];
    const { refused } = this.#replica.receive({ events, texts: [] });
    const refusedFirst = events.findIndex(({ id }) => isRefusedForNow(refused.get(id)));
    this.#postponed = (refusedFirst === -1 ? [] : events.slice(refusedFirst))
      .filter(({ id }) => !this.#replica.record.has(id) && (!refused.has(id) || isRefusedForNow(refused.get(id))))
      .map((event) => ({ event, code: refused.get(event.id) }));
    for (const [id, code] of refused) if (!isRefusedForNow(code)) this.#wrong.add(code, id);
  }

  /** The event, null where its bytes or a signature are wrong. `place` is for people, from 1. */
  async #check(bytes: Uint8Array, place: number): Promise<SignedEvent | null> {
    let event: SignedEvent | null = null;
    try {
      event = decodeEvent(bytes);
      collectIds(event.payload, this.#named);
      if (this.#sound.has(event.id)) return null;
      event = await this.#withSoundSignature(event);
    } catch (error) {
      // Not known to be wrong: better no result than a false one.
      if (isUnchecked(error)) throw error;
      this.#wrong.add(errorCode(error), event?.id ?? null, { place });
      if (event !== null) this.#unsound.add(event.id);
      return null;
    }
    this.#signatures += 1 + embeddedProofs(event).length;
    this.#sound.add(event.id);
    return event;
  }

  /** The event, or the same from further on: a newcomer that was given a wrong signature has stored the right one there. Rejects where none is right. */
  async #withSoundSignature(event: SignedEvent): Promise<SignedEvent> {
    try {
      await checkSignatures(event);
      return event;
    } catch (error) {
      if (isUnchecked(error)) throw error;
      this.#copies ??= byId(this.#stored.events);
      for (const bytes of this.#copies.get(event.id) ?? []) {
        const copy = decodeEvent(bytes);
        if (await isSound(copy)) return copy;
      }
      throw error;
    }
  }

  #checkSeal(seal: ProvenSeal): void {
    const { wrong, signers } = recheckSeal(seal, this.#replica);
    this.#sealSignatures += signers;
    for (const code of wrong) this.#wrong.add(code, seal.proposal, { height: seal.height });
  }

  #checkClaim(digest: string): void {
    const own = new Map(this.#replica.seals.seals.map(({ height, value }) => [height, value]));
    const claimed = this.#claim.seals();
    for (const { height, value } of claimed) {
      if (own.get(height) !== value) this.#wrong.add('seal-unproven', null, { height });
    }
    for (let height = claimed.length + 1; height <= own.size; height++)
      this.#wrong.add('seal-hidden', null, { height });
    if (this.#claim.digest() !== digest) this.#wrong.add('state-differs', null);
  }

  #checkAncestors(): void {
    const { record } = this.#replica;
    const missing = new Set(this.#claim.ids.filter((id) => !this.#sound.has(id)));
    for (const id of record.missing()) if (!this.#sound.has(id)) missing.add(id);
    for (const id of missing) if (!this.#unsound.has(id)) this.#wrong.add('event-missing', id);
    if (record.waiting > 0) this.#wrong.add('events-held-back', null, { count: record.waiting });
    for (const { event, code } of this.#postponed) if (code !== undefined) this.#noted.add(code, event.id);
  }

  /** What sealers, and others in their place, signed against the rules of sealing; and devices with two histories. */
  #checkVotes(): void {
    const { record, seals } = this.#replica;
    for (const entry of record.all()) {
      if (isVote(entry) && seals.isBySealer(entry) === false)
        this.#noted.add('vote-not-sealer', entry.id, { height: entry.payload.height });
    }
    for (const { kind, height, events } of seals.brokenRules()) this.#noted.add(kind, events[0], { height }, events[1]);
    for (const [one, other] of record.forks().values()) this.#noted.add('fork', one.id, {}, other.id);
  }

  async #checkTexts(done: number, total: number): Promise<boolean> {
    const { texts } = this.#stored;
    for (let at = 0; at < texts.length; at += TEXTS) {
      if (!(await this.#mayGoOn(done + at, total))) return false;
      for (const text of texts.slice(at, at + TEXTS)) {
        const ref = refOf(text);
        if (!this.#named.has(ref)) this.#wrong.add('text-altered', null, { ref });
      }
    }
    return true;
  }
}

function byId(stored: readonly Uint8Array[]): Map<string, readonly Uint8Array[]> {
  const copies = new Map<string, Uint8Array[]>();
  for (const bytes of stored) {
    const id = idOfStored(bytes);
    const known = copies.get(id);
    if (known === undefined) copies.set(id, [bytes]);
    else known.push(bytes);
  }
  return copies;
}
