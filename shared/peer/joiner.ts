import { PeerholdError } from '../errors';
import { type JoinMessage, type Preview, decodeJoinMessage, encodeJoinMessage } from '../invite/exchange';
import { type InviteLink, inviteKey } from '../invite/link';
import { checkEvent } from '../network/check';
import { invitationMessage, joiningMessage } from '../network/certificates';
import { fromHex, toHex } from '../record/bytes';
import { type Signer, signerOf, verify } from '../record/signature';
import { Replica } from '../replica/replica';
import type { Channel } from '../sync/channel/channel';
import { KIND } from '../sync/channel/kinds';
import { Neighbours } from '../sync/channel/neighbours';
import { PRIORITY, type Transport } from '../sync/channel/ports';
import { Listeners } from '../sync/listeners';
import { MAX_WANTED, decodeRecordMessage, encodeRecordMessage } from '../sync/record-messages';
import { BATCHES_AT_ONCE, Turns } from '../sync/turns';
import type { Surroundings } from './surroundings';
import type { PeerStore } from './store';

/**
 * The newcomer's side of joining. Connects with the invite's secret, shows what one would join, asks to be admitted, and stores the
 * record until the own admission is in it; from there on a `Peer` opens what was stored.
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
  #admission: string | undefined;
  /** The newest events that the member has: all of its history is here once these are. */
  #offered: readonly string[] = [];
  /** Batches that the replica has and the disk has not. */
  #unstored = 0;
  #admitted!: () => void;
  readonly #stored: Promise<void>;

  private constructor(link: InviteLink, signer: Signer, invite: Signer, store: PeerStore, around: Surroundings) {
    this.#link = link;
    this.#signer = signer;
    this.#invite = invite;
    this.#store = store;
    this.#around = around;
    this.#replica = new Replica(link.network);
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
      authorise: (remote) => remote.purpose === 'member',
    });
  }

  static async start(link: InviteLink, signer: Signer, store: PeerStore, around: Surroundings): Promise<Joiner> {
    return new Joiner(link, signer, signerOf(await inviteKey(link.secret)), store, around);
  }

  async connect(transport: Transport): Promise<void> {
    try {
      const channel = await this.#neighbours.add(transport, (one) => {
        one.on(KIND.join, (bytes) => this.#answer?.(decodeJoinMessage(bytes)));
        one.on(KIND.record, (bytes) => this.#taking.run(() => this.#takeRecord(one, bytes)));
        one.onAdmitted(() => one.send(KIND.record, encodeRecordMessage({ kind: 'have', tips: [] }), PRIORITY.urgent));
      });
      this.#foundOne(channel);
    } catch (error) {
      if (!(error instanceof PeerholdError)) throw error;
      // Refused or broken before it opened; whoever dials tries again.
    }
  }

  /** What one would join. Rejects with the member's refusal, or `nobody-reachable` after `timeout` milliseconds. */
  async look(timeout: number): Promise<Preview> {
    const reply = await this.#ask({ kind: 'look' }, timeout);
    if (reply.kind !== 'preview') throw new PeerholdError('message-unexpected');
    return reply;
  }

  /** Joins under this name; resolves once the record with the own admission is stored. */
  async join(name: string, timeout: number): Promise<void> {
    const nonce = toHex(this.#around.random(32));
    const proof = await this.#invite.sign(invitationMessage(this.#link.network, this.#signer.device, nonce));
    const consent = await this.#signer.sign(joiningMessage(this.#link.network, this.#invite.device, nonce));
    const reply = await this.#ask({ kind: 'request', name, nonce, proof, consent }, timeout);
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
    const reply = new Promise<JoinMessage>((resolve, reject) => {
      this.#answer = resolve;
      channel.onClose(() => reject(new PeerholdError('join-interrupted')));
    });
    reply.catch(() => undefined);
    channel.send(KIND.join, encodeJoinMessage(message));
    const answer = await this.#within(reply, timeout);
    if (answer.kind === 'refused') throw new PeerholdError(answer.code);
    return answer;
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

  async #takeRecord(channel: Channel, bytes: Uint8Array): Promise<void> {
    const message = decodeRecordMessage(bytes);
    if (message.kind === 'have') this.#offered = message.tips;
    if (message.kind !== 'events') return;
    const events = await Promise.all(message.events.map(checkEvent));
    const received = this.#replica.receive({ events, texts: message.texts });
    if (received.entries.length > 0) {
      // Never counted down where it fails: what the replica holds is then more than what a peer could open.
      this.#unstored += 1;
      await this.#store.append({
        events: received.entries.map((entry) => entry.bytes),
        texts: [...received.texts.values()],
      });
      this.#unstored -= 1;
      this.progress.emit(this.#replica.record.size);
      channel.send(
        KIND.record,
        encodeRecordMessage({ kind: 'got', tips: this.#replica.record.tips().map((tip) => tip.id) }),
        PRIORITY.urgent,
      );
    }
    const missing = this.#replica.record.missing().slice(0, MAX_WANTED);
    if (missing.length > 0)
      channel.send(KIND.record, encodeRecordMessage({ kind: 'want', ids: missing }), PRIORITY.urgent);
    this.#checkAdmitted();
  }

  #checkAdmitted(): void {
    if (this.#admission === undefined || this.#unstored > 0) return;
    const { record, seals, state } = this.#replica;
    if (state.members.get(this.#admission)?.devices.includes(this.#signer.device) !== true) return;
    const { seal } = this.#link;
    if (seal === null || seals.seals.some(({ value }) => value === seal)) this.#admitted();
    // What the link does not lead through is another history, however well it is signed.
    else if (this.#offered.every((tip) => record.has(tip))) this.#fail(new PeerholdError('join-other-history'));
  }
}
