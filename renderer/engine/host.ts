import { PeerholdError } from '../../shared/errors';
import { SECRET_BYTES, inviteKey } from '../../shared/invite/link';
import type { Peer } from '../../shared/peer/peer';
import { succeed } from '../../shared/peer/succession';
import { randomBytes, newDeviceKey, signerOf } from '../../shared/record/signature';
import { type Batch, foundNetwork } from '../../shared/replica/replica';
import { refound } from '../../shared/replica/refound';
import { generateSample } from '../../shared/sample';
import { sealAt, sealStatus, sealedAccounts, sealedBy } from '../../shared/seal/status';
import { type ExposedTransport, PortTransport } from '../sync/port-transport';
import type { EngineCalls, EngineEvent, EventView, InvitePreview, JoinPreview } from './contract';
import { offerDevice } from './devices';
import { viewOf } from './event-view';
import { DeviceStore, type HeldNetwork } from './idb/device-store';
import { IdbPeerStore } from './idb/peer-store';
import { Joining } from './joining';
import { keysOf, openPeer } from './keys';
import { linkOf } from './links';
import { OpenNetwork } from './open-network';
import { summarise } from './summary';
import type { FromEngine, ToEngine } from './rpc';
import { Verifications } from './verifications';

const DAY = 86_400_000;
const SAMPLE_SEED = 1;

/** The engine: every network of this device, behind the calls that the window makes. Runs in a worker. */
export class EngineHost implements EngineCalls {
  readonly #post: (message: FromEngine) => void;
  readonly #device: Promise<DeviceStore>;
  readonly #open = new Map<string, Promise<OpenNetwork>>();
  readonly #stores = new Map<string, IdbPeerStore>();
  readonly #verifications = new Verifications((done, total) =>
    this.#emit({ kind: 'progress', task: 'verify', done, total }),
  );
  readonly #joining: Joining;
  #ownPlaces: readonly string[] = [];
  #online = false;

  constructor(post: (message: FromEngine) => void) {
    this.#post = post;
    this.#device = DeviceStore.open();
    this.#device.catch(() => undefined);
    this.#joining = new Joining({
      device: this.#device,
      post,
      placesFor: (others) => this.#placesFor(others),
      close: (network) => this.close(network),
      joined: (network) => this.#keep(network),
    });
  }

  /** What the window tells unasked. */
  tell(message: Exclude<ToEngine, { kind: 'call' }>): void {
    if (message.kind === 'own-places') {
      this.#ownPlaces = message.addresses;
      for (const network of this.#open.keys()) void this.#meet(network);
    } else if (message.kind === 'places') {
      void this.#open.get(message.network)?.then((open) => (open.places = message.places));
    } else void this.#connect(message.network, message.transport);
  }

  async networks() {
    const held = await (await this.#device).networks();
    return held
      .map(({ id, name, sample, members, changed, refounds = null }) => ({
        id,
        name,
        sample,
        members,
        changed,
        refounds,
      }))
      .sort((a, b) => b.changed - a.changed);
  }

  async found(draft: Parameters<EngineCalls['found']>[0]): Promise<string> {
    const key = await newDeviceKey();
    const now = Date.now();
    const { replica, batch } = await foundNetwork(signerOf(key), draft, now);
    await this.#store(replica.id, [batch]);
    await this.#keep({
      id: replica.id,
      key,
      name: draftText(draft.name),
      sample: false,
      members: 1,
      changed: now,
      meetingPlaces: [],
    });
    return replica.id;
  }

  async refound(network: string, words: Parameters<EngineCalls['refound']>[1]): Promise<string> {
    const { peer } = await this.#need(network);
    if (peer.me === null) throw new PeerholdError('not-a-member-here');
    const key = await newDeviceKey();
    const time = Date.now();
    const { member } = peer.me;
    const { replica, batches } = await refound(peer.replica, signerOf(key), { ...words, member, time });
    // All at once: a founding without its opening entries would be another network than the one that was asked for.
    const events = batches.flatMap((batch) => batch.events);
    await this.#store(replica.id, [{ events, texts: batches.flatMap((batch) => batch.texts) }]);
    await this.#keep({
      id: replica.id,
      key,
      name: words.name,
      sample: false,
      members: 1,
      changed: time,
      meetingPlaces: [],
      refounds: { network, by: words.founder },
    });
    return replica.id;
  }

  async openSample(): Promise<string> {
    const sample = await generateSample({
      seed: SAMPLE_SEED,
      onProgress: (done, total) => this.#emit({ kind: 'progress', task: 'sample', done, total }),
    });
    const device = await this.#device;
    if ((await device.network(sample.network)) !== undefined) return sample.network;
    const store = await IdbPeerStore.open(sample.network);
    for (const batch of sample.batches) await store.append(batch);
    await store.seed(sample.docs);
    store.close();
    await this.#keep({
      id: sample.network,
      key: sample.key,
      name: '',
      sample: true,
      members: 0,
      changed: Date.now(),
      meetingPlaces: [],
    });
    await this.open(sample.network);
    return sample.network;
  }

  async forget(network: string): Promise<void> {
    await this.close(network);
    await (await this.#device).forget(network);
    this.#emit({ kind: 'networks' });
  }

  async open(network: string): Promise<void> {
    const opening = this.#open.get(network) ?? this.#start(network);
    this.#open.set(network, opening);
    try {
      (await opening).sendState();
    } catch (error) {
      this.#open.delete(network);
      throw error;
    }
  }

  async close(network: string): Promise<void> {
    const open = this.#open.get(network);
    if (open === undefined) return;
    this.#open.delete(network);
    this.#post({ kind: 'part', network, code: 'channel.closed' });
    await this.#verifications.cancel(network);
    await (await open).close();
    this.#stores.get(network)?.close();
    this.#stores.delete(network);
  }

  async act(network: string, action: Parameters<EngineCalls['act']>[1]): Promise<string> {
    return (await this.#need(network)).peer.act(action);
  }

  async texts(network: string, refs: Parameters<EngineCalls['texts']>[1]) {
    const { replica } = (await this.#need(network)).peer;
    return refs.map((ref) => replica.text(ref));
  }

  async event(network: string, id: string) {
    const { replica } = (await this.#need(network)).peer;
    const entry = replica.record.get(id);
    if (entry === undefined) throw new PeerholdError('event-unknown');
    return viewOf(entry, replica.isOutside(entry));
  }

  async events(network: string, offset: number, limit: number) {
    const { order } = (await this.#need(network)).peer.replica;
    const end = Math.max(0, order.length - offset);
    return {
      total: order.length,
      events: order
        .slice(Math.max(0, end - Math.min(limit, 1_000)), end)
        .reverse()
        .map((entry) => viewOf(entry)),
    };
  }

  async recent(network: string, limit: number) {
    const { order } = (await this.#need(network)).peer.replica;
    const found: EventView[] = [];
    for (let index = order.length - 1; index >= 0 && found.length < limit; index--) {
      const entry = order[index]!;
      if (!entry.type.startsWith('seal.')) found.push(viewOf(entry));
    }
    return found;
  }

  async invite(network: string, { type, uses, days }: Parameters<EngineCalls['invite']>[1]) {
    const { peer } = await this.#need(network);
    const secret = randomBytes(SECRET_BYTES);
    const invite = (await inviteKey(secret)).device;
    const expires = Date.now() + days * DAY;
    // The secret first: an invite in the record whose link nobody has could never be used.
    await (await this.#device).keepInvite({ invite, network, secret, expires });
    await peer.act({ type: 'invite.issue', payload: { invite, type, uses, expires } });
    return { link: linkOf(peer, { secret, expires }, this.#ownPlaces), invite };
  }

  async inviteLink(network: string, invite: string): Promise<string | null> {
    const issued = await (await this.#device).invite(invite);
    if (issued === undefined || issued.network !== network) return null;
    return linkOf((await this.#need(network)).peer, issued, this.#ownPlaces);
  }

  readInvite(text: string): Promise<InvitePreview> {
    return this.#joining.read(text);
  }

  previewInvite(text: string): Promise<JoinPreview> {
    return this.#joining.preview(text);
  }

  join(text: string, name: string): Promise<string | null> {
    return this.#joining.join(text, name);
  }

  cancelJoin(): Promise<void> {
    return this.#joining.cancel();
  }

  async deviceLink(network: string) {
    const { peer } = await this.#need(network);
    const offered = await offerDevice(peer);
    return { link: linkOf(peer, offered, this.#ownPlaces), expires: offered.expires };
  }

  async answerDevice(network: string, device: string, add: boolean): Promise<void> {
    const { devices } = (await this.#need(network)).peer;
    await (add ? devices.confirm(device) : devices.refuse(device));
  }

  askToBeAdded(text: string, label: string): Promise<{ checkNumber: string }> {
    return this.#joining.askToBeAdded(text, label);
  }

  beAdded(text: string): Promise<string> {
    return this.#joining.beAdded(text);
  }

  async succeed(network: string, label: string): Promise<void> {
    const { peer } = await this.#need(network);
    await succeed(peer, keysOf(await this.#device, network), label);
    await this.close(network);
    await this.open(network);
  }

  async sealingDevices(network: string): Promise<readonly string[]> {
    const { seals } = await this.#replica(network);
    return (seals.current?.sealers ?? []).map((sealer) => seals.voiceOf(sealer));
  }

  readonly finality: EngineCalls['finality'] = async (network, ids) => sealedBy(await this.#replica(network), ids);
  readonly accountsFinality: EngineCalls['accountsFinality'] = async (network) =>
    sealedAccounts(await this.#replica(network));
  readonly sealStatus: EngineCalls['sealStatus'] = async (network, limit) =>
    sealStatus(await this.#replica(network), limit);
  readonly seal: EngineCalls['seal'] = async (network, height) => sealAt(await this.#replica(network), height);

  async verify(network: string) {
    const { peer } = await this.#need(network);
    return this.#verifications.run(peer, this.#stores.get(network)!);
  }

  cancelVerify(network: string): Promise<void> {
    return this.#verifications.cancel(network);
  }

  async openDoc(network: string, doc: string): Promise<MessagePort> {
    return (await this.#need(network)).openDoc(doc);
  }

  async docHistory(network: string, doc: string) {
    return (await this.#need(network)).peer.docs.history(doc);
  }

  async docAt(network: string, doc: string, change: number): Promise<Uint8Array> {
    return (await this.#need(network)).peer.docs.at(doc, change);
  }

  async setOnline(online: boolean): Promise<void> {
    this.#online = online;
    await (await this.#device).setOnline(online);
    for (const [network, opening] of this.#open) {
      const open = await opening;
      open.online = online;
      if (online) await this.#meet(network);
      else {
        this.#post({ kind: 'part', network, code: 'channel.offline' });
        open.peer.disconnectAll();
      }
    }
  }

  /** Lets go of everything, for another window to take over. */
  async shutDown(): Promise<void> {
    await this.cancelJoin();
    await Promise.all([...this.#open.keys()].map((network) => this.close(network)));
  }

  async #start(network: string): Promise<OpenNetwork> {
    const device = await this.#device;
    this.#online = await device.online();
    const held = await device.network(network);
    if (held === undefined) throw new PeerholdError('network-unknown');
    const store = await IdbPeerStore.open(network);
    const peer = await openPeer(device, held, store);
    this.#stores.set(network, store);
    const open = new OpenNetwork(peer, (event) => this.#emit(event));
    open.online = this.#online;
    peer.events.changed.add((changes) => {
      this.#summarise(held.id, peer);
      if (changes.some(({ table }) => table === 'members' || table === 'devices'))
        this.#post({ kind: 'forgive', network });
    });
    this.#summarise(held.id, peer);
    if (this.#online) void this.#meet(network);
    return open;
  }

  /** Keeps the list on the first screen true without opening every network. */
  #summarise(id: string, peer: Peer): void {
    void this.#device.then(async (device) => {
      if (await summarise(device, id, peer)) this.#emit({ kind: 'networks' });
    });
  }

  async #need(network: string): Promise<OpenNetwork> {
    const open = await this.#open.get(network);
    if (open === undefined) throw new PeerholdError('network-not-open');
    return open;
  }

  async #replica(network: string) {
    return (await this.#need(network)).peer.replica;
  }

  async #store(network: string, batches: readonly Batch[]): Promise<void> {
    const store = await IdbPeerStore.open(network);
    for (const { events, texts } of batches) await store.append({ events: events.map((event) => event.bytes), texts });
    store.close();
  }

  async #keep(network: HeldNetwork): Promise<void> {
    await (await this.#device).keep(network);
    this.#emit({ kind: 'networks' });
  }

  async #meet(network: string): Promise<void> {
    const held = await (await this.#device).network(network);
    if (held !== undefined && !held.sample && this.#online) {
      this.#post({ kind: 'meet', network, places: this.#placesFor(held.meetingPlaces) });
    }
  }

  #placesFor(others: readonly string[]): readonly string[] {
    return [...new Set([...this.#ownPlaces.slice(0, 1), ...others])];
  }

  async #connect(network: string, exposed: ExposedTransport): Promise<void> {
    const transport = new PortTransport(exposed);
    if (this.#joining.network === network) return this.#joining.connect(transport);
    const open = await this.#open.get(network)?.catch(() => undefined);
    if (open === undefined || !this.#online) transport.close('channel.closed');
    else await open.peer.connect(transport);
  }

  #emit(event: EngineEvent): void {
    this.#post({ kind: 'event', event });
  }
}

function draftText(draft: string | { readonly text: string }): string {
  return typeof draft === 'string' ? '' : draft.text;
}
