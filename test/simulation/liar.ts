import { PeerholdError } from '../../shared/errors';
import { type JoinMessage, decodeJoinMessage, encodeJoinMessage } from '../../shared/invite/exchange';
import { checkEvent } from '../../shared/network/check';
import { RULES_VERSION } from '../../shared/network/events';
import { concat, fromHex, toHex } from '../../shared/record/bytes';
import { type Entry, UNSEALED } from '../../shared/record/entry';
import {
  type EventBody,
  type SignedEvent,
  decodeEvent,
  encodeBody,
  idOf,
  withSignature,
} from '../../shared/record/event';
import { type Signer, verify } from '../../shared/record/signature';
import type { DetachedText } from '../../shared/record/text';
import { Replica } from '../../shared/replica/replica';
import type { Channel } from '../../shared/sync/channel/channel';
import { KIND, type Kind } from '../../shared/sync/channel/kinds';
import { Neighbours } from '../../shared/sync/channel/neighbours';
import { PRIORITY, type Transport } from '../../shared/sync/channel/ports';
import { decodeRecordMessage, encodeRecordMessage } from '../../shared/sync/record-messages';
import type { Actor } from './deeds';
import type { Chance } from './random';
import { type Ledger, type Site, note } from './site';
import { Life, type World } from './world';

/** Bytes of the signature at the start of an event. */
const SIGNATURE = 64;

/**
 * A member's device under somebody who lies: it has the member's key and the real handshake, and says to each neighbour whatever it
 * likes. It hears everything, and keeps no chain, no order and no promise.
 */
export class Liar {
  readonly name: string;
  readonly life = new Life();
  readonly replica: Replica;
  readonly signers: Signer[];
  /** Events that by the rules can have no effect, whatever else happens: nothing may come of them on an honest peer. */
  readonly powerless = new Set<string>();
  /** Those of them whose payload has not the shape of its type. */
  readonly malformed = new Set<string>();
  /** Ids of events that nobody may take, whoever sends them. */
  readonly untakeable = new Set<string>();
  readonly chance: Chance;
  readonly node: { connect(transport: Transport): Promise<void> };
  readonly #only = new Map<string, ReadonlySet<string>>();
  readonly #told = new Map<Channel, Set<string>>();
  /** Newcomers who get signatures that are none. */
  readonly #spoilt = new Set<Channel>();
  readonly #neighbours: Neighbours;
  readonly #ledger: Ledger;
  #lies = 0;
  #quiet = false;

  private constructor(site: Site, network: string, world: World, chance: Chance, ledger: Ledger) {
    this.name = site.name;
    this.replica = new Replica(network);
    this.signers = [site.signer];
    this.chance = chance;
    this.#ledger = ledger;
    const random = chance.fork('random');
    this.#neighbours = new Neighbours({
      network,
      signer: { deviceKey: fromHex(site.signer.device), sign: (bytes) => site.signer.sign(bytes) },
      verify: (key, bytes, signature) => verify(toHex(key), bytes, signature),
      random: (length) => random.bytes(length),
      clock: world.clockOf(this.life),
      introduction: () => {
        const certificate = this.replica.record.certificatesOf(site.signer.device)[0];
        return certificate === undefined ? [] : [this.replica.record.get(certificate)!.bytes];
      },
      inviteKey: (invite) => (this.replica.state.invites.has(invite) ? fromHex(invite) : undefined),
      authorise: () => true,
    });
    this.node = { connect: (transport) => this.#connect(transport) };
    const talk = (): void => {
      for (const channel of this.channels) this.#tell(channel);
      world.after(chance.within(500, 4_000), talk, this.life);
    };
    talk();
  }

  /** Turns an honest site into a liar that starts from what the site had stored. */
  static async take(site: Site, network: string, world: World, chance: Chance, ledger: Ledger): Promise<Liar> {
    const liar = new Liar(site, network, world, chance, ledger);
    const batches = await site.disk.contents.load();
    const events = batches.flatMap((batch) => batch.events.map((bytes) => decodeEvent(bytes)));
    liar.replica.receive({ events, texts: batches.flatMap((batch) => batch.texts) });
    return liar;
  }

  get up(): boolean {
    return this.life.alive;
  }

  /** To members; newcomers who have not asked for admission yet get nothing. */
  get channels(): readonly Channel[] {
    return this.#neighbours.all().filter((channel) => channel.remote!.purpose === 'member');
  }

  get signer(): Signer {
    return this.signers[0]!;
  }

  actor(signer = this.signer): Actor | undefined {
    const member = this.replica.record.memberOf(signer.device);
    if (member === undefined) return undefined;
    return { state: this.replica.state, device: signer.device, member, own: this.entries(signer) };
  }

  /** All that this device of the liar's ever signed and keeps, in the order of arrival. */
  entries(signer = this.signer): Entry[] {
    return this.replica.record.all().filter((entry) => entry.device === signer.device);
  }

  /** Signs whatever is asked for, after the newest of its own events unless told otherwise. */
  async forge(
    type: string,
    payload: unknown,
    change: Partial<EventBody> = {},
    signer = this.signer,
  ): Promise<SignedEvent> {
    const { record } = this.replica;
    const last = record.tips().findLast((tip) => tip.device === signer.device);
    const roots = last === undefined ? record.certificatesOf(signer.device).slice(0, 1) : [];
    const body: EventBody = {
      network: record.network,
      device: signer.device,
      sequence: (last?.sequence ?? -1) + 1,
      previous: last?.id ?? null,
      parents: [],
      time: this.chance.pick([0, 1, 1_735_689_600_000, Number.MAX_SAFE_INTEGER]),
      rules: RULES_VERSION,
      type,
      payload,
      ...change,
    };
    const heads = change.parents ?? record.heads().slice(0, 60);
    const parents = [...new Set([...roots, ...heads])].filter((id) => id !== body.previous).sort();
    const forged = { ...body, parents };
    // Read back it would be refused where it is malformed.
    const bytes = encodeBody(forged);
    const id = idOf(bytes);
    return { ...forged, id: toHex(id), bytes: withSignature(bytes, await signer.sign(id)) };
  }

  /** A signed event whose payload is these bytes, whatever they are. */
  async forgeBytes(type: string, payload: Uint8Array): Promise<Uint8Array> {
    const { bytes } = await this.forge(type, null);
    // The payload comes last, and null is one byte.
    const body = concat(bytes.subarray(SIGNATURE, -1), payload);
    return withSignature(body, await this.signer.sign(idOf(body)));
  }

  /** How often it has said anything that it should not have. */
  get lies(): number {
    return this.#lies;
  }

  /** Takes an event of its own into what it tells; `only` names the devices that hear of it. */
  async say(event: SignedEvent, only?: readonly string[], texts: readonly DetachedText[] = []): Promise<void> {
    this.#ledger.trace(`${this.name} lies: ${event.type} ${event.id.slice(0, 8)} number ${event.sequence}`);
    this.#lies += 1;
    if (only !== undefined) this.#only.set(event.id, new Set(only));
    this.replica.receive({ events: [event], texts });
  }

  /** Bytes as they are, to somebody. */
  blurt(kind: Kind, bytes: Uint8Array): void {
    const channel = this.chance.maybe(this.channels);
    if (channel !== undefined) this.tell(channel, kind, bytes);
  }

  /** The same to one of them. */
  tell(channel: Channel, kind: Kind, bytes: Uint8Array): void {
    if (channel.closed !== undefined) return;
    this.#ledger.trace(`${this.name} blurts ${bytes.length} bytes of kind ${kind}`);
    this.#lies += 1;
    channel.send(kind, bytes, PRIORITY.normal);
  }

  blurtEvents(events: readonly Uint8Array[]): void {
    this.blurt(KIND.record, encodeRecordMessage({ kind: 'events', events, texts: [] }));
  }

  /** Says nothing any more, and hears nothing. */
  end(): void {
    this.#quiet = true;
    this.#neighbours.close('channel.closed');
    this.life.end();
  }

  async #connect(transport: Transport): Promise<void> {
    try {
      const channel = await this.#neighbours.add(transport, (one) => {
        one.on(KIND.record, (bytes) => this.#hear(one, bytes));
        one.on(KIND.join, (bytes) => this.#host(one, bytes));
      });
      if (channel.remote!.purpose === 'member') this.#greet(channel, []);
    } catch (error) {
      if (!(error instanceof PeerholdError)) throw error;
    }
  }

  #greet(channel: Channel, tips: readonly string[]): void {
    this.#told.set(channel, new Set());
    channel.onClose(() => this.#told.delete(channel));
    channel.send(KIND.record, encodeRecordMessage({ kind: 'have', tips }), PRIORITY.urgent);
    this.#tell(channel);
  }

  /** Lets a newcomer in as any member would, and now and then gives them a history whose signatures are spoilt. */
  async #host(channel: Channel, bytes: Uint8Array): Promise<void> {
    const message = decodeJoinMessage(bytes);
    const { device, invite } = channel.remote!;
    const reply = (answer: JoinMessage): void => channel.send(KIND.join, encodeJoinMessage(answer));
    if (message.kind === 'look') {
      const nothing = { networkName: '', purpose: '', inviter: '', type: '' };
      reply({ kind: 'preview', ...nothing, mode: 'invite', rules: 1, members: 1, protocols: [] });
    } else if (message.kind === 'request') {
      const { nonce, proof, consent } = message;
      const name = toHex(this.chance.bytes(32));
      const admission = await this.forge('member.admit', { invite, device, name, nonce, proof, consent });
      await this.say(admission);
      if (this.chance.happens(0.5)) this.#spoilt.add(channel);
      note(this.#ledger, `lie: letting in${this.#spoilt.has(channel) ? ' with a spoilt history' : ''}`);
      reply({ kind: 'admitted', event: admission.id });
      channel.admit();
      this.#greet(
        channel,
        this.replica.record.tips().map((tip) => tip.id),
      );
    }
  }

  async #hear(channel: Channel, bytes: Uint8Array): Promise<void> {
    const message = decodeRecordMessage(bytes);
    if (message.kind === 'events') {
      const events = await Promise.all(message.events.map(checkEvent));
      this.replica.receive({ events, texts: message.texts });
      for (const event of events) this.#told.get(channel)?.add(event.id);
    } else if (message.kind === 'want' && this.chance.happens(0.5)) {
      const entries = message.ids.map((id) => this.replica.record.get(id)).filter((entry) => entry !== undefined);
      this.#send(
        channel,
        entries.filter((entry) => this.#mayHear(channel, entry)),
      );
    }
  }

  /** Tells a neighbour what it has not been told, of what it is meant to hear; now and then without what that builds on. */
  #tell(channel: Channel): void {
    const told = this.#told.get(channel);
    if (told === undefined || this.#quiet) return;
    const careless = this.chance.happens(0.2);
    const news: Entry[] = [];
    for (const entry of this.replica.record.all()) {
      if (told.has(entry.id) || !this.#mayHear(channel, entry)) continue;
      const cited = entry.previous === null ? entry.parents : [entry.previous, ...entry.parents];
      if (!careless && cited.some((id) => !told.has(id))) continue;
      told.add(entry.id);
      news.push(entry);
    }
    this.#send(channel, news.slice(0, 4_000));
  }

  #mayHear(channel: Channel, entry: Entry): boolean {
    return this.#only.get(entry.id)?.has(channel.remote?.device ?? '') ?? true;
  }

  #send(channel: Channel, entries: readonly Entry[]): void {
    if (entries.length === 0 || channel.closed !== undefined) return;
    const texts = entries.flatMap((entry) => this.replica.textsOf(entry));
    const events = entries.map((entry) => (this.#spoils(channel, entry) ? spoilt(entry.bytes) : entry.bytes));
    channel.send(KIND.record, encodeRecordMessage({ kind: 'events', events, texts }), PRIORITY.bulk);
  }

  /** Only what seals vouch for: anything else is checked at once. */
  #spoils(channel: Channel, { seal }: Entry): boolean {
    return this.#spoilt.has(channel) && seal !== UNSEALED && this.chance.happens(0.2);
  }
}

/** The same event with another's signature: its id does not cover that. */
function spoilt(bytes: Uint8Array): Uint8Array {
  const copy = bytes.slice();
  copy[10] = copy[10]! ^ 1;
  return copy;
}
