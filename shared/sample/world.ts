import { PeerholdError } from '../errors';
import { consentMessage, invitationMessage, joiningMessage } from '../network/certificates';
import type { Action, EventType, Payloads } from '../network/events';
import type { FoundingPayloads } from '../network/founding/model';
import type { State } from '../network/state';
import { toHex } from '../record/bytes';
import { type DeviceKey, type Signer, deviceKeyFromSeed, signerOf } from '../record/signature';
import { type DetachedText, type Draft, SALT_BYTES, refOf } from '../record/text';
import { type Batch, Replica, foundNetwork } from '../replica/replica';
import { Random } from './random';

export interface Actor {
  readonly who: string;
  readonly key: DeviceKey;
  /** Empty until admitted. */
  member: string;
}

/** Events that travel together in a sample's batches. */
const BATCH = 250;
/** Between two events of one moment of the story, ms. */
const STEP = 41_000;

/**
 * The people of a sample and their record. Everyone acts on one replica, until some part: those act on another one, which meets the first
 * again later, so that the record branches as it does when people are offline.
 */
export class World {
  readonly #seed: number;
  readonly #salts: Random;
  readonly #actors = new Map<string, Actor>();
  readonly #made: Batch[] = [];
  readonly #home: Replica;
  #away: Replica | undefined;
  readonly #apart = new Set<string>();
  /** What each of the two replicas has not taken in yet. */
  #forAway: Batch[] = [];
  #forHome: Batch[] = [];
  #now: number;

  private constructor(seed: number, salts: Random, founder: Actor, replica: Replica, batch: Batch, time: number) {
    this.#seed = seed;
    this.#salts = salts;
    this.#home = replica;
    this.#now = time;
    this.#actors.set(founder.who, founder);
    this.#keep(batch, this.#forAway);
  }

  static async found(
    seed: number,
    who: string,
    draft: Draft<FoundingPayloads['network.found']>,
    time: number,
  ): Promise<World> {
    const salts = new Random(seed, 'salts');
    const founder: Actor = { who, key: await keyOf(seed, who), member: '' };
    const { replica, batch } = await foundNetwork(signerOf(founder.key), draft, time, () => salts.bytes(SALT_BYTES));
    founder.member = replica.id;
    return new World(seed, salts, founder, replica, batch, time);
  }

  get network(): string {
    return this.#home.id;
  }

  /** Events so far. */
  get size(): number {
    return this.#made.length;
  }

  /** The story has come to this time, ms; it never goes back. */
  set now(time: number) {
    this.#now = Math.max(this.#now, time);
  }

  get now(): number {
    return this.#now;
  }

  actor(who: string): Actor {
    const actor = this.#actors.get(who);
    if (actor === undefined) throw new Error(`nobody is called ${who} yet`);
    return actor;
  }

  /** Whether `who` has been let in, as an applicant or as a member. */
  knows(who: string): boolean {
    return this.#actors.has(who);
  }

  member(who: string): string {
    return this.actor(who).member;
  }

  /** What `who` knows; what is known at home without a name. */
  state(who?: string): State {
    return (who !== undefined && this.#apart.has(who) ? this.#away! : this.#home).state;
  }

  text(ref: Parameters<Replica['text']>[0]): string | null {
    return this.#home.text(ref);
  }

  /**
   * Signs and takes in an action; resolves with the event's id. If what `who` knows while apart does not suffice, they meet the others first.
   * Throws `refused-<code>` where the action would have no effect even then.
   */
  async act<T extends EventType>(
    who: string,
    type: T,
    payload: Draft<Payloads[T]>,
    /** Label of the second device that acts, where it is not the first. */
    device?: string,
  ): Promise<string> {
    const key = device === undefined ? this.actor(who).key : await keyOf(this.#seed, `${who}/${device}`);
    return this.#actAs(who, signerOf(key), { type, payload } as Action);
  }

  async #actAs(who: string, signer: Signer, action: Action): Promise<string> {
    this.#now += STEP;
    const compose = (replica: Replica) =>
      replica.compose(signer, action, this.#now, () => this.#salts.bytes(SALT_BYTES));
    const apart = this.#apart.has(who);
    try {
      const batch = await compose(apart ? this.#away! : this.#home);
      (apart ? this.#away! : this.#home).receive(batch);
      this.#keep(batch, apart ? this.#forHome : this.#forAway);
      return batch.event.id;
    } catch (error) {
      if (!(error instanceof PeerholdError) || this.#apart.size === 0) throw error;
      this.meet();
      return this.#actAs(who, signer, action);
    }
  }

  /** From now on these act without knowing what the others do, until `meet`. */
  part(whom: readonly string[]): void {
    this.meet();
    this.#away ??= new Replica(this.network);
    this.#away.receive(joined(this.#forAway));
    this.#forAway = [];
    for (const who of whom) this.#apart.add(who);
  }

  /** Those who were apart and the others take in what each other did. */
  meet(): void {
    if (this.#apart.size === 0) return;
    this.#away!.receive(joined(this.#forAway));
    this.#home.receive(joined(this.#forHome));
    this.#forAway = [];
    this.#forHome = [];
    this.#apart.clear();
  }

  /** A new invite by `by`; resolves with its id and its secret half. `days` until it expires. */
  async invite(by: string, type: string, label: string, uses = 1, days = 14): Promise<Signer> {
    const secret = signerOf(await keyOf(this.#seed, `invite/${label}`));
    await this.act(by, 'invite.issue', { invite: secret.device, type, uses, days });
    return secret;
  }

  /** `by` lets `who` in by an invite; whether that makes a member or an applicant is the agreement's to say. */
  async admit(by: string, who: string, name: string, invite: Signer): Promise<string> {
    const key = await keyOf(this.#seed, who);
    const nonce = toHex(this.#salts.bytes(32));
    const proof = await invite.sign(invitationMessage(this.network, key.device, nonce));
    const consent = await signerOf(key).sign(
      joiningMessage(this.network, this.actor(by).key.device, invite.device, nonce),
    );
    const member = await this.act(by, 'member.admit', {
      invite: invite.device,
      device: key.device,
      name: { text: name },
      nonce,
      proof,
      consent,
    });
    this.#actors.set(who, { who, key, member });
    return member;
  }

  /** `who` certifies a second device. */
  async certify(who: string, label: string): Promise<string> {
    const device = signerOf(await keyOf(this.#seed, `${who}/${label}`));
    const proof = await device.sign(consentMessage(this.network, this.actor(who).key.device));
    return this.act(who, 'device.certify', { device: device.device, label, proof });
  }

  /** Everything made, ancestors first, each text with the event that names it; erased texts are left out. */
  batches(): { readonly events: Uint8Array[]; readonly texts: DetachedText[] }[] {
    const { erased } = this.#home.state;
    const batches = [];
    for (let start = 0; start < this.#made.length; start += BATCH) {
      const { events, texts } = joined(this.#made.slice(start, start + BATCH));
      batches.push({
        events: events.map(({ bytes }) => bytes),
        texts: texts.filter((text) => !erased.has(`${refOf(text)}|${text.author}`)),
      });
    }
    return batches;
  }

  #keep(batch: Batch, forOthers: Batch[]): void {
    this.#made.push(batch);
    forOthers.push(batch);
  }
}

function joined(batches: readonly Batch[]): Batch {
  return { events: batches.flatMap(({ events }) => events), texts: batches.flatMap(({ texts }) => texts) };
}

async function keyOf(seed: number, name: string): Promise<DeviceKey> {
  return deviceKeyFromSeed(new Random(seed, `key/${name}`).bytes(32));
}
