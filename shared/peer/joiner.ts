import { PeerholdError } from '../errors';
import { type JoinMessage, type Preview, decodeJoinMessage, encodeJoinMessage } from '../invite/exchange';
import { type InviteLink, inviteKey } from '../invite/link';
import { checkSignatures } from '../network/check';
import { consentMessage, invitationMessage, joiningMessage, restoringMessage } from '../network/certificates';
import { fromHex, toHex } from '../record/bytes';
import type { Entry } from '../record/entry';
import { type SignedEvent, decodeEvent } from '../record/event';
import { type Signer, signerOf, verify } from '../record/signature';
import { Replica } from '../replica/replica';
import type { Channel } from '../sync/channel/channel';
import { KIND } from '../sync/channel/kinds';
import { Neighbours } from '../sync/channel/neighbours';
import { PRIORITY, type Transport } from '../sync/channel/ports';
import { Listeners } from '../sync/listeners';
import { MAX_TIPS, MAX_WANTED, decodeRecordMessage, encodeRecordMessage } from '../sync/record-messages';
import { BATCHES_AT_ONCE, Turns } from '../sync/turns';
import { HistoryCheck } from './history-check';
import { OwnChain } from './own-chain';
import type { Surroundings } from './surroundings';
import { type PeerStore, type StoredBatch, readStored } from './store';
import { notOnDisk } from './store-queue';

/**
 * The newcomer's side of joining. Connects with the invite's secret, shows what one would join, asks to be admitted, and stores the
 * record until the own admission is in it; from there on a `Peer` opens what was stored.
 *
 * Hashes lead from the seal that the link names to every event in its cut, and what they fold to is compared with the state that was sealed.
 * So their signatures need not be waited for: `HistoryCheck` sees to them. All that came after that seal is checked here.
 */
export class Joiner {
  readonly progress = new Listeners<number>();
  readonly #link: InviteLink;
  readonly #signer: Signer;
  readonly #invite: Signer;
  readonly #store: PeerStore;
  readonly #around: Surroundings;
  readonly #neighbours: Neighbours;
  readonly #replica: Replica;
  readonly #taking = new Turns(BATCHES_AT_ONCE);
  readonly #found: Promise<Channel>;
  #foundOne!: (channel: Channel) => void;
  #fail!: (error: PeerholdError) => void;
  #failed: Promise<never>;
  #answer: ((message: JoinMessage) => void) | undefined;
  /** What the person at the member's device says, which may take its time. */
  #verdict: Promise<JoinMessage> | undefined;
  #admission: string | undefined;
  /** The newest events that the member has: all of its history is here once these are. */
  #offered: readonly string[] = [];
  /** Batches that the replica has and the disk has not, or whose signatures are being checked. */
  #unsettled = 0;
  /** Ids of what came unchecked, before the link's seal was seen to hold. */
  readonly #unchecked = new Set<string>();
  /** Height of the link's seal; null until it is seen to hold. */
  #anchor: number | null = null;
  #noted: Promise<void> | undefined;
  #admitted!: () => void;
  readonly #stored: Promise<void>;

  private constructor(link: InviteLink, signer: Signer, invite: Signer, store: PeerStore, around: Surroundings) {
    this.#link = link;
    this.#signer = signer;
    this.#invite = invite;
    this.#store = store;
    this.#around = around;
    this.#replica = new Replica(link.network, undefined, around.rulesKnown);
    this.#replica.seals.compares = ({ value }) => value === link.seal;
    this.#found = new Promise((resolve) => (this.#foundOne = resolve));
    this.#stored = new Promise((resolve) => (this.#admitted = resolve));
    this.#failed = new Promise((_resolve, reject) => (this.#fail = reject));
    this.#failed.catch(() => undefined);
    this.#neighbours = new Neighbours({
      network: link.network,
      signer: { deviceKey: fromHex(signer.device), sign: (bytes) => signer.sign(bytes) },
      verify: (key, bytes, signature) => verify(toHex(key), bytes, signature),
      random: around.random,
      clock: around.clock,
      join: { invite: invite.device, sign: (bytes) => invite.sign(bytes) },
      inviteKey: () => undefined,
      // Nothing is known of the roster yet. What the other side says is believed only as far as the record, which it then sends, bears it out.
      authorise: ({ purpose, device }) => purpose === 'member' && (link.device ?? device) === device,
    });
  }

  static async start(link: InviteLink, signer: Signer, store: PeerStore, around: Surroundings): Promise<Joiner> {
    const joiner = new Joiner(link, signer, signerOf(await inviteKey(link.secret)), store, around);
    await joiner.#load(await store.load().catch(notOnDisk));
    return joiner;
  }

  async connect(transport: Transport): Promise<void> {
    try {
      const channel = await this.#neighbours.add(transport, (one) => {
        one.on(KIND.join, (bytes) => this.#answer?.(decodeJoinMessage(bytes)));
        one.on(KIND.record, (bytes) => this.#taking.run(() => this.#takeRecord(one, bytes)));
        one.onAdmitted(() => this.#sendHave(one));
      });
      this.#foundOne(channel);
    } catch (error) {
      if (!(error instanceof PeerholdError)) throw error;
      // Refused or broken before it opened; whoever dials tries again.
    }
  }

  /** What one would join. Rejects with the member's refusal, `app-too-old`, or `nobody-reachable` after `timeout` milliseconds. */
  async look(timeout: number): Promise<Preview> {
    const reply = await this.#ask({ kind: 'look', seal: this.#link.seal }, timeout);
    if (reply.kind !== 'preview') throw new PeerholdError('message-unexpected');
    if (reply.rules > this.#replica.rulesKnown) throw new PeerholdError('app-too-old');
    return reply;
  }

  /** The member's device that is asked. To be kept beside the key before it is: whatever becomes of this attempt, it may have admitted it. */
  async admitter(timeout: number): Promise<string> {
    return (await this.#within(this.#found, timeout)).remote!.device;
  }

  /** Joins under this name; resolves once the record with the own admission is stored. `before`: the devices that its key has asked before. */
  async join(name: string, timeout: number, before: readonly string[] = []): Promise<void> {
    const nonce = toHex(this.#around.random(32));
    const { network } = this.#link;
    const admitter = await this.admitter(timeout);
    const proof = await this.#invite.sign(invitationMessage(network, this.#signer.device, nonce));
    const consent = await this.#signer.sign(joiningMessage(network, admitter, this.#invite.device, nonce));
    const reply = await this.#ask({ kind: 'request', name, seal: this.#link.seal, nonce, proof, consent }, timeout);
    await this.#settle(reply, timeout);
    const by = this.#replica.record.get(this.#admission!)!.device;
    if (before.every((device) => device === by)) return;
    await OwnChain.admittedElsewhere(this.#store, this.#signer.device).catch(notOnDisk);
  }

  /**
   * Of who is a member and has lost all devices: asks to be restored on this one, under the name by which the others know them. Rejects with
   * `join-restoring` while members decide; resolves as `join` does once they have, and a seal has it.
   */
  async restore(name: string, timeout: number): Promise<void> {
    const consent = await this.#signer.sign(restoringMessage(this.#link.network, await this.admitter(timeout)));
    await this.#settle(await this.#ask({ kind: 'restore', name, seal: this.#link.seal, consent }, timeout), timeout);
  }

  /** By a device link: asks to be added under this name. Resolves once the member's device shows the question; rejects as `look` does. */
  async askToBeAdded(label: string, timeout: number, role?: 'keeper'): Promise<void> {
    const { network, device } = this.#link;
    if (device === undefined) throw new PeerholdError('invite-malformed');
    const proof = await this.#signer.sign(consentMessage(network, device));
    const reply = await this.#ask({ kind: 'device', label, proof, ...(role && { role }) }, timeout);
    // One that was added before the connection broke off is let in at once.
    if (reply.kind !== 'asked') this.#verdict = Promise.resolve(reply);
  }

  /** Waits for the person as long as the connection lasts; resolves once the record with the own certificate is stored. */
  async added(timeout: number): Promise<void> {
    if (this.#verdict === undefined) throw new PeerholdError('message-unexpected');
    await this.#settle(await Promise.race([this.#verdict, this.#failed]), timeout);
  }

  async #settle(reply: JoinMessage, timeout: number): Promise<void> {
    if (reply.kind === 'refused') throw new PeerholdError(reply.code);
    if (reply.kind !== 'admitted') throw new PeerholdError('message-unexpected');
    this.#admission = reply.event;
    this.#checkAdmitted();
    const channel = await this.#found;
    channel.onClose(() => this.#fail(new PeerholdError('join-interrupted')));
    await this.#within(this.#stored, timeout);
  }

  close(): void {
    this.#fail(new PeerholdError('join-cancelled'));
    this.#neighbours.close('channel.closed');
  }

  async #ask(message: JoinMessage, timeout: number): Promise<JoinMessage> {
    const channel = await this.#within(this.#found, timeout);
    const reply = this.#replyOn(channel);
    channel.send(KIND.join, encodeJoinMessage(message));
    const answer = await this.#within(reply, timeout);
    if (answer.kind === 'refused') throw new PeerholdError(answer.code);
    return answer;
  }

  #replyOn(channel: Channel): Promise<JoinMessage> {
    const reply = new Promise<JoinMessage>((resolve, reject) => {
      this.#answer = (message) => {
        // Listening for the verdict before anything more can come.
        if (message.kind === 'asked') this.#verdict = this.#replyOn(channel);
        resolve(message);
      };
      channel.onClose(() => reject(new PeerholdError('join-interrupted')));
    });
    reply.catch(() => undefined);
    return reply;
  }

  /** Gives up after `timeout` milliseconds in which nothing came: a long history may take longer than that as a whole. */
  #within<T>(wanted: Promise<T>, timeout: number): Promise<T> {
    let cancel = (): void => undefined;
    const late = new Promise<never>((_resolve, reject) => {
      const wait = (size: number): void => {
        cancel = this.#around.clock.setTimer(timeout, () => {
          const now = this.#replica.record.size;
          if (now > size) wait(now);
          else reject(new PeerholdError('nobody-reachable'));
        });
      };
      wait(this.#replica.record.size);
    });
    return Promise.race([wanted, late, this.#failed]).finally(() => cancel());
  }

  /** What the disk has already, of the device whose place this one takes. Whether all of it was checked is not known here. */
  async #load(batches: readonly StoredBatch[]): Promise<void> {
    const events = batches.flatMap((batch) => batch.events.flatMap((bytes) => readStored(bytes) ?? []));
    if (events.length === 0) return;
    await this.#checkAhead(events);
    this.#replica.receive({ events, texts: batches.flatMap((batch) => batch.texts) });
    await this.#checkBeyond(this.#replica.record.all());
  }

  #sendHave(channel: Channel): void {
    const tips = this.#replica.record.tips().slice(-MAX_TIPS);
    const have = encodeRecordMessage({ kind: 'have', tips: tips.map((tip) => tip.id) });
    channel.send(KIND.record, have, PRIORITY.urgent);
  }

  async #takeRecord(channel: Channel, bytes: Uint8Array): Promise<void> {
    const message = decodeRecordMessage(bytes);
    if (message.kind === 'have') this.#offered = message.tips;
    if (message.kind !== 'events') return;
    const events = message.events.map((event) => decodeEvent(event));
    await this.#checkAhead(events);
    const received = this.#replica.receive({ events, texts: message.texts });
    if (received.entries.length > 0) {
      // Never counted down where it fails: what the replica holds is then more than what a peer could open.
      this.#unsettled += 1;
      await this.#checkBeyond(received.entries);
      await this.#toDisk(
        this.#store.append({
          events: received.entries.map((entry) => entry.bytes),
          texts: [...received.texts.values()],
        }),
      );
      this.#unsettled -= 1;
      this.progress.emit(this.#replica.record.size);
      channel.send(
        KIND.record,
        encodeRecordMessage({ kind: 'got', tips: this.#replica.record.tips().map((tip) => tip.id) }),
        PRIORITY.urgent,
      );
    }
    const missing = this.#replica.record.missing().slice(-MAX_WANTED);
    if (missing.length > 0)
      channel.send(KIND.record, encodeRecordMessage({ kind: 'want', ids: missing }), PRIORITY.urgent);
    this.#checkAdmitted();
  }

  async #check(events: readonly SignedEvent[]): Promise<void> {
    await this.#orFail(Promise.all(events.map(checkSignatures)));
  }

  async #toDisk(write: Promise<void>): Promise<void> {
    await this.#orFail(write.catch(notOnDisk));
  }

  /** Ends the attempt with what is wrong, which is more than that the connection is closed for it. */
  async #orFail(step: Promise<unknown>): Promise<void> {
    try {
      await step;
    } catch (error) {
      if (error instanceof PeerholdError) this.#fail(error);
      throw error;
    }
  }

  /** Checks what the link's seal can not vouch for; what it may have in its cut is noted as unchecked. */
  async #checkAhead(events: readonly SignedEvent[]): Promise<void> {
    if (this.#link.seal === null || this.#anchor !== null) await this.#check(events);
    else for (const { id } of events) this.#unchecked.add(id);
  }

  /** Once the link's seal is seen to hold: checks what came unchecked and is not in its cut. */
  async #checkBeyond(entries: readonly Entry[]): Promise<void> {
    if (this.#unchecked.size === 0) return;
    const { record, seals } = this.#replica;
    const first = this.#anchor === null;
    this.#anchor ??= seals.seals.find(({ value }) => value === this.#link.seal)?.height ?? null;
    const anchor = this.#anchor;
    // Also what waited for its parents until now may have come unchecked.
    const due = first ? record.all() : entries;
    const beyond = due.filter(({ id, seal }) => anchor !== null && seal > anchor && this.#unchecked.has(id));
    this.#noted ??= this.#toDisk(HistoryCheck.due(this.#store));
    await this.#noted;
    await this.#check(beyond);
  }

  #checkAdmitted(): void {
    if (this.#admission === undefined || this.#unsettled > 0) return;
    const { record, seals, state, standsStill } = this.#replica;
    // What lets this device in may be beyond what this app can fold.
    if (standsStill && record.has(this.#admission)) this.#fail(new PeerholdError('app-too-old'));
    if (state.devices.get(this.#signer.device)?.why.events.includes(this.#admission) !== true) return;
    const { seal } = this.#link;
    if (seals.differing !== null) this.#fail(new PeerholdError('join-state-differs'));
    else if (seal === null || this.#anchor !== null) this.#admitted();
    // What the link does not lead through is another history, however well it is signed.
    else if (this.#offered.length > 0 && this.#offered.every((tip) => record.has(tip)))
      this.#fail(new PeerholdError('join-other-history'));
  }
}
