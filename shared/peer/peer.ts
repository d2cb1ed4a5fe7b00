import { Docs } from '../commons/docs';
import { PeerholdError } from '../errors';
import type { Action } from '../network/events';
import type { Change, State } from '../network/state';
import { fromHex, toHex } from '../record/bytes';
import { type Signer, verify } from '../record/signature';
import type { TextRef } from '../record/text';
import { type Received, type Replica, isRefusedForNow } from '../replica/replica';
import { Sealer } from '../seal/sealer';
import { KIND } from '../sync/channel/kinds';
import { Neighbours } from '../sync/channel/neighbours';
import type { Transport } from '../sync/channel/ports';
import { Listeners } from '../sync/listeners';
import type { EventBatch } from '../sync/record-messages';
import { RecordSync } from '../sync/record-sync';
import { Access } from './access';
import { Bundles } from './bundles';
import { type Connection, Connections } from './connections';
import { Deliveries, type Delivery } from './deliveries';
import { DeviceDesk } from './device-desk';
import { DeviceLinks } from './device-links';
import { type CheckedBatch, checkForeign } from './foreign';
import { HistoryCheck, type Progress } from './history-check';
import { JoinDesk } from './join-desk';
import { OwnChain } from './own-chain';
import { PeerCommons } from './peer-commons';
import { PeerFiles } from './peer-files';
import { type Asking, RestoringDesk } from './restoring-desk';
import type { PeerStore } from './store';
import { StoreQueue, storageProblem } from './store-queue';
import { storedReplica } from './stored-replica';
import type { Surroundings } from './surroundings';

export interface PeerEvents {
  /** Rows of the state that changed, once what changed them is durable, as they are by then. */
  readonly changed: Listeners<readonly Change[]>;
  /** Connections, deliveries, counts or problems are not what they were. */
  readonly status: Listeners<void>;
  /** Texts that arrived after the events that name them, or were erased. */
  readonly texts: Listeners<readonly TextRef[]>;
  /** An awareness update for the screens that show a document, except the named one. */
  readonly presence: Listeners<{ readonly doc: string; readonly update: Uint8Array; readonly except: string | null }>;
  /** Somebody is connected no more: told while `isEqualWith` still knows what they said. */
  readonly left: Listeners<Connection>;
}

/**
 * One member's peer in one network: its replica, its documents and its neighbours. The same code runs in the app's worker, in the
 * command line, in a keeper and in the simulator; storage, connections, time and chance are handed in.
 */
export class Peer {
  readonly replica: Replica;
  readonly docs: Docs;
  readonly commons: PeerCommons;
  /** Where a further device of this member asks to be added. */
  readonly devices: DeviceDesk;
  /** Where who lost all devices asks to be restored. */
  readonly restorations: RestoringDesk;
  /** What is carried to others as a file, and from them. */
  readonly bundles: Bundles;
  /** Files that documents name. */
  readonly files: PeerFiles;
  readonly events: PeerEvents;
  readonly #signer: Signer;
  readonly #store: PeerStore;
  readonly #around: Surroundings;
  readonly #neighbours: Neighbours;
  readonly #recordSync: RecordSync;
  readonly #deliveries: Deliveries;
  readonly #connections: Connections;
  readonly #access: Access;
  readonly #sealer: Sealer;
  #acting: Promise<unknown> = Promise.resolve();
  readonly #storing: StoreQueue;
  #problem: string | null = null;
  readonly #troubles = new Listeners<string>();
  /** Why this device must not sign any more; no storing or receiving ends that. */
  readonly #chain: OwnChain;
  readonly #history: HistoryCheck;

  private constructor(
    replica: Replica,
    docs: Docs,
    files: PeerFiles,
    signer: Signer,
    store: PeerStore,
    around: Surroundings,
    deliveries: Deliveries,
    chain: OwnChain,
    history: HistoryCheck,
    deviceLinks: DeviceLinks,
    asking: readonly Asking[],
  ) {
    this.#chain = chain;
    this.#history = history;
    this.devices = new DeviceDesk(this, deviceLinks, around);
    this.restorations = new RestoringDesk(this, store, around, asking);
    for (const { changed } of [this.devices, this.restorations]) changed.add(() => this.events.status.emit());
    replica.seals.compares = () => true;
    this.replica = replica;
    this.docs = docs;
    this.files = files;
    this.#signer = signer;
    this.#store = store;
    this.#around = around;
    this.#deliveries = deliveries;
    this.events = {
      changed: new Listeners(),
      status: new Listeners(),
      texts: new Listeners(),
      presence: new Listeners(),
      left: new Listeners(),
    };
    this.#troubles.add(() => this.events.status.emit());
    this.#access = new Access(replica);
    this.bundles = new Bundles({
      ...{ replica, docs, files: files.held, signer, access: this.#access, now: around.now },
      heard: (device) => deliveries.of(device),
      keep: (batch) => this.#keep(batch),
      troubles: this.#troubles,
    });
    this.#sealer = new Sealer({
      ...{ replica, device: signer.device, clock: around.clock, now: around.now },
      act: (action) => this.act(action),
      mayVote: () => history.progress === null && history.wrong.size === 0 && replica.seals.differing === null,
    });
    const { clock, random } = around;
    this.#storing = new StoreQueue({
      store,
      clock,
      first: () => chain.note(),
      heard: (problem) => this.#trouble(problem),
    });
    this.commons = new PeerCommons({
      ...{ docs, clock, store, texts: deliveries.texts, access: this.#access },
      channelOf: (device) => this.#neighbours.get(device),
      me: () => this.me?.member,
      refused: (device, code) => this.#refuse(device, code),
      diverged: () => this.events.status.emit(),
      changed: () => this.events.status.emit(),
      show: (doc, update, except) => this.events.presence.emit({ doc, update, except }),
    });
    this.#recordSync = new RecordSync(
      {
        device: signer.device,
        record: replica.record,
        kept: replica.kept,
        textsOf: (entry) => replica.textsOf(entry),
        wanted: () => [...replica.record.missing(), ...history.wrong],
        textless: () => replica.textless(),
        take: (batch, from) => this.#take(batch, from),
      },
      clock,
      (device) => this.#noteDelivery(device),
    );
    this.#connections = new Connections({
      access: this.#access,
      recordSync: this.#recordSync,
      docSync: this.commons.sync,
      presence: this.commons.presence,
      fileSync: files.sync,
      now: around.now,
      changed: () => this.events.status.emit(),
      left: (connection) => this.events.left.emit(connection),
      signaturesRefused: () => void this.#history.again().then(() => this.#sealer.look()),
    });
    this.#neighbours = new Neighbours({
      network: replica.id,
      signer: { deviceKey: fromHex(signer.device), sign: (bytes) => signer.sign(bytes) },
      verify: (key, bytes, signature) => verify(toHex(key), bytes, signature),
      random,
      clock,
      introduction: () => this.#access.introductionOf(signer.device),
      introduced: (device, events) => this.#access.hear(device, events),
      // A keeper lets nobody in: a joiner finds that out at once, and asks somebody else.
      inviteKey: (id) =>
        !this.isKeeper && (replica.state.invites.has(id) || deviceLinks.has(id)) ? fromHex(id) : undefined,
      authorise: (remote) => this.#access.permits(remote),
    });
  }

  /** Opens what is stored of a network. Rejects with `store-empty` where there is nothing, or the code of a broken record. */
  static async open(network: string, signer: Signer, store: PeerStore, around: Surroundings): Promise<Peer> {
    const { replica, damaged, kept } = await storedReplica(network, store, around);
    const troubles = new Listeners<string>();
    const docs = await Docs.open({
      store: store.docs,
      clock: around.clock,
      onDamaged: () => troubles.emit('doc-damaged'),
      onStoreError: (_doc, error) => troubles.emit(storageProblem(error)),
    });
    const isKeeper = () => replica.state.devices.get(signer.device)?.role === 'keeper';
    const files = await PeerFiles.open({ store, docs, clock: around.clock, isKeeper });
    const deliveries = await Deliveries.recall(store, signer.device);
    const chain = await OwnChain.recall(signer.device, replica, store, damaged, deliveries.most);
    const checked = new Listeners<void>();
    const options = { record: replica.record, store, clock: around.clock, heard: () => checked.emit() };
    const history = await HistoryCheck.recall(options, damaged);
    const links = await DeviceLinks.recall(store);
    const asking = await RestoringDesk.recall(store);
    const peer = new Peer(replica, docs, files, signer, store, around, deliveries, chain, history, links, asking);
    troubles.add((code) => peer.#trouble(code));
    checked.add(() => peer.events.status.emit());
    // Whoever could not vote on seals before may now.
    void history.run().then(() => peer.#sealer.look());
    if (kept !== null) peer.#trouble(kept);
    if (damaged) peer.#trouble('record-damaged');
    // What waited for a seal when the app was closed still does.
    void peer.#sealer.look();
    return peer;
  }

  get id(): string {
    return this.replica.id;
  }

  get state(): State {
    return this.replica.state;
  }

  /** This device and its member; null while its admission is not here. */
  get me(): { readonly device: string; readonly member: string } | null {
    const { device } = this.#signer;
    const member = this.#access.memberOf(device);
    return member === undefined ? null : { device, member };
  }

  /** Whether this device only holds and passes on: nothing that it signs has effect. */
  get isKeeper(): boolean {
    return this.state.devices.get(this.#signer.device)?.role === 'keeper';
  }

  get connections(): readonly Connection[] {
    return [...this.#connections.byDevice.values()];
  }

  /** Batches that are not on the disk yet. */
  get pending(): number {
    return this.#storing.pending;
  }

  get problem(): string | null {
    // First of all: until it is updated, the app can do nothing about any other.
    if (this.replica.standsStill) return 'app-too-old';
    const own = this.#chain.problem(this.caughtUp);
    if (own !== null) return own;
    if (this.replica.seals.differing !== null) return 'state-differs';
    return this.#history.wrong.size > 0 ? 'history-wrong' : this.#problem;
  }

  /** How far the signatures behind the seal of the invite are checked; null where all are. */
  get historyCheck(): Progress | null {
    return this.#history.progress;
  }

  deliveries(): readonly Delivery[] {
    const { me } = this;
    return me === null ? [] : this.#deliveries.list(this.state, me, this.replica.record, this.#connections.byDevice);
  }

  /** When other devices were last heard of here, in milliseconds since 1970. */
  readonly lastHeard = () => this.#deliveries.heard();

  /** Whether there are neighbours, and all that they said they have is here. */
  get caughtUp(): boolean {
    return this.#recordSync.caughtUp;
  }

  /** What others carried here by file is in: of this device's chain, too, it is as if they had been met. */
  readonly metByFile = () => this.#chain.metByFile();

  /** Whether there are neighbours, and they and this peer have the same. */
  async isSettled(): Promise<boolean> {
    return this.caughtUp && this.#recordSync.delivered && this.pending === 0 && (await this.commons.sync.isEqual());
  }

  /** Whether this neighbour and this peer have the same. */
  async isEqualWith(device: string): Promise<boolean> {
    const documents = this.commons.sync.isEqualWith(device);
    return this.#recordSync.isEqualWith(device) && (await documents);
  }

  /** Says to all neighbours anew what is here: what one of them can not know yet, it need not wait half a minute for. */
  compare(): void {
    this.#recordSync.compare();
    this.commons.sync.compare();
  }

  /** Signs, stores and applies an action; resolves with the event's id once it is on the disk. Rejects with a code; nothing is done then. */
  act(action: Action): Promise<string> {
    // One after the other: two at once would take the same place in the device's chain.
    const turn = this.#acting.then(async () => {
      // What the event will cite must be on the disk before it, or a restart would find it without its parents.
      await this.#storing.settled();
      this.#chain.mayExtend(action.type, this.caughtUp);
      const batch = await this.replica.compose(this.#signer, action, this.#around.now());
      // While it was signed, a neighbour may have shown that the number is taken.
      this.#chain.mayExtend(action.type, this.caughtUp);
      await this.#store.append({ events: [batch.event.bytes], texts: batch.texts });
      const received = this.replica.receive(batch);
      this.#chain.signed();
      await this.#spread(received);
      return batch.event.id;
    });
    this.#acting = turn.catch(() => undefined);
    return turn;
  }

  /** Takes over a new connection: proves each side to the other, then keeps both equal until it closes. */
  async connect(transport: Transport): Promise<void> {
    const desk = new JoinDesk(this, this.devices, this.restorations, this.#around);
    try {
      const channel = await this.#neighbours.add(transport, (one) => {
        this.#connections.listen(one);
        one.on(KIND.join, (bytes) => desk.receive(one, bytes));
        one.onAdmitted(({ device }) => this.#connections.add(one, device));
      });
      const { purpose, device } = channel.remote!;
      if (purpose === 'member') this.#connections.add(channel, device);
    } catch (error) {
      if (!(error instanceof PeerholdError)) throw error;
      // Refused or broken before it opened; whoever dials tries again. Why is among the refusals.
    }
  }

  /** Why those who were reached are not connected: the newest reason of each. */
  readonly refusals = () => this.#connections.refusals.list(this.state);

  readonly disconnectAll = () => this.#neighbours.close('channel.offline');

  async close(): Promise<void> {
    this.#history.stop();
    this.#sealer.stop();
    this.#neighbours.close('channel.closed');
    this.#recordSync.close();
    this.commons.close();
    await this.#acting;
    await this.#storing.close();
    await this.files.close();
    await this.docs.close();
  }

  /** A neighbour that sends what is no message of ours is let go; it may come back, and is judged anew. */
  #refuse(device: string, code: string): void {
    if (code.endsWith('-malformed')) this.#neighbours.get(device)?.close(code);
    else this.#trouble(code);
  }

  #trouble(code: string | null): void {
    this.#problem = code;
    if (code !== null) this.#troubles.emit(code);
  }

  async #take(batch: EventBatch, from: string): Promise<void> {
    await this.#keep(await checkForeign(batch, this.replica.record), from);
  }

  async #keep({ events, fresh, texts }: CheckedBatch, from?: string): Promise<void> {
    await this.#history.mend(events);
    const received = this.replica.receive({ events: texts.length > 0 ? events : fresh, texts });
    if (received.entries.length > 0 || received.texts.size > 0) {
      this.#chain.received(received.entries);
      await this.#storing.add({
        events: received.entries.map(({ bytes }) => bytes),
        texts: [...received.texts.values()],
      });
      await this.#spread(received, from);
      if (received.texts.size > 0) this.events.texts.emit([...received.texts.keys()]);
    }
    // Only now: what was good beside it is taken in and stored. A neighbour may honestly have branches of a storm that we do not hold, or
    // not know yet whom a seal has ended.
    for (const [, code] of received.refused) if (!isRefusedForNow(code)) throw new PeerholdError(code);
  }

  async #spread({ changes, entries, erased, completed }: Received, from?: string): Promise<void> {
    if (erased.length > 0) {
      await this.#store.erase(erased);
      this.events.texts.emit(erased);
    }
    // As they are now: what changed after it may have been told before it.
    const { state } = this;
    this.events.changed.emit(changes.map(({ table, key }) => ({ table, key, row: state[table].get(key) }) as Change));
    this.#recordSync.announce(entries, from);
    this.#recordSync.passOn(completed, from);
    const roster = changes.some(({ table }) => table === 'members' || table === 'devices' || table === 'invites');
    if (roster || this.connections.some(({ member }) => member === null)) {
      this.#neighbours.reauthorise();
      this.#connections.recognise();
    }
    this.events.status.emit();
    void this.#sealer.look();
  }

  #noteDelivery(device: string): void {
    const own = this.replica.record.tips().filter((tip) => tip.device === this.#signer.device);
    const has = own.reduce((sum, tip) => sum + (this.#recordSync.has(device, tip.lane) ?? 0), 0);
    this.#deliveries.note(device, has, this.#around.now());
    this.events.status.emit();
  }
}
