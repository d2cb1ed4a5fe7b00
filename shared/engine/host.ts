import type { Source } from '../bundle/source';
import { PeerholdError } from '../errors';
import type { Progress } from '../peer/bundles';
import type { Peer } from '../peer/peer';
import { succeed } from '../peer/succession';
import { sealAt, sealStatus, sealedAccounts, sealedBy } from '../seal/status';
import type {
  BackupOrder,
  DocMessage,
  EngineCalls,
  EngineEvent,
  InvitePreview,
  JoinPreview,
  MadeBackup,
  NetworkStatus,
} from './contract';
import { makeBackup, restoreBackup } from './backups';
import { foundHere, refoundHere, sampleHere } from './beginnings';
import { offerDevice } from './devices';
import { newestOf, pageOf, viewById } from './event-view';
import { Joining } from './joining';
import { keysOf, openPeer, receivingKeyOf } from './keys';
import { issueInvite, linkOf, needRelay } from './links';
import { iceServersOf, listedMeeting } from './listed-meeting';
import { NetworkCalls, type Put } from './network-calls';
import { OpenNetwork, type Screen } from './open-network';
import { listOf, summarise } from './summary';
import { Places } from './places';
import type { EnginePorts, HeldNetwork, Installation, OpenStore } from './ports';
import { Verifications } from './verifications';
import type { Transport } from '../sync/channel/ports';
import type { MeetStatus } from '../sync/meeting/meet';

/** The engine: every network of this installation, behind the calls that screens and commands make. The same in a browser's worker and in Node. */
export class EngineHost extends NetworkCalls implements EngineCalls {
  readonly #ports: EnginePorts;
  readonly #emit: (event: EngineEvent) => void;
  readonly #open = new Map<string, Promise<OpenNetwork>>();
  readonly #stores = new Map<string, OpenStore>();
  readonly #summaries = new Set<Promise<void>>();
  readonly #verifications: Verifications;
  readonly #joining: Joining;
  /** Where others are met, beside what networks and invites name. */
  readonly places = new Places(() => {
    for (const network of this.#open.keys()) void this.#meet(network);
    this.#joining.meet();
  });
  #reaching = { online: false, awake: true };
  #restoring: Promise<unknown> = Promise.resolve();

  constructor(ports: EnginePorts, emit: (event: EngineEvent) => void) {
    super();
    this.#ports = ports;
    this.#emit = emit;
    ports.installation.catch(() => undefined);
    this.#verifications = new Verifications(ports.around.clock, this.#progress('verify'));
    this.#joining = new Joining({
      ports,
      emit,
      placesFor: (others) => this.places.before(others),
      close: (network) => this.close(network),
      joined: (network) => this.#keep(network),
    });
  }

  /** How the search for a network's peers does. The last word of one that has ended is let go. */
  tellMeeting(network: string, meeting: MeetStatus): void {
    if (!this.#isReaching) return;
    void this.#open.get(network)?.then(
      (open) => (open.meeting = meeting),
      () => undefined,
    );
  }

  /** Where an open network stands now. Rejects with `network-not-open`. */
  async status(network: string): Promise<NetworkStatus> {
    return (await this.#need(network)).status;
  }

  /** Takes over a connection to somebody in a network that was to be met. */
  async connect(network: string, transport: Transport): Promise<void> {
    if (this.#joining.network === network) return this.#joining.connect(transport);
    const open = await this.#open.get(network)?.catch(() => undefined);
    if (open === undefined || !this.#isReaching) transport.close('channel.closed');
    else await open.peer.connect(transport);
  }

  async networks() {
    return listOf(await (await this.#installation).networks());
  }

  async found(draft: Parameters<EngineCalls['found']>[0]): Promise<string> {
    return this.#begin(await foundHere(await this.#installation, draft, this.#now()));
  }

  async refound(network: string, words: Parameters<EngineCalls['refound']>[1]): Promise<string> {
    const { peer } = await this.#need(network);
    return this.#begin(await refoundHere(await this.#installation, peer, words, this.#now()));
  }

  async openSample(): Promise<string> {
    const installation = await this.#installation;
    const held = await sampleHere(installation, this.#now(), (done, total) =>
      this.#emit({ kind: 'progress', task: 'sample', done, total }),
    );
    if ((await installation.network(held.id)) === undefined) await this.#begin(held);
    await this.open(held.id);
    return held.id;
  }

  async forget(network: string): Promise<void> {
    await this.close(network);
    await (await this.#installation).forget(network);
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
    this.#ports.meetings.part(network, 'channel.closed');
    await this.#verifications.cancel(network);
    await (await open).close();
    await this.#stores.get(network)?.close();
    this.#stores.delete(network);
  }

  /** An open network's peer, for callers on the same thread. Rejects with `network-not-open`. */
  async peer(network: string): Promise<Peer> {
    return (await this.#need(network)).peer;
  }

  /** Resolves when this device publishes no key, or has: for callers who leave once others have all. */
  async published(network: string): Promise<void> {
    await (await this.#need(network)).receiving.settled();
  }

  async act(network: string, action: Parameters<EngineCalls['act']>[1]): Promise<string> {
    return (await this.#need(network)).peer.act(action);
  }

  async texts(network: string, refs: Parameters<EngineCalls['texts']>[1]) {
    const { replica } = (await this.#need(network)).peer;
    return refs.map((ref) => replica.text(ref));
  }

  readonly event: EngineCalls['event'] = async (network, id) => viewById(await this.#replica(network), id);
  readonly events: EngineCalls['events'] = async (network, offset, limit) =>
    pageOf(await this.#replica(network), offset, limit);
  readonly recent: EngineCalls['recent'] = async (network, limit) => newestOf(await this.#replica(network), limit);

  /** `places`: where the link says that this installation is met. */
  async invite(
    network: string,
    asked: Parameters<EngineCalls['invite']>[1],
    places: readonly string[] = this.places.own,
  ) {
    const { peer } = await this.#need(network);
    return issueInvite(await this.#installation, peer, asked, places, this.#now());
  }

  async inviteLink(network: string, invite: string): Promise<string | null> {
    const issued = await (await this.#installation).invite(invite);
    if (issued === undefined || issued.network !== network) return null;
    return linkOf((await this.#need(network)).peer, issued, this.places.own);
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

  restore(text: string, name: string) {
    return this.#joining.restore(text, name);
  }

  async refuseRestoring(network: string, device: string): Promise<void> {
    await (await this.#need(network)).peer.restorations.refuse(device);
  }

  cancelJoin(): Promise<void> {
    return this.#joining.cancel();
  }

  /** `places` as for an invite. */
  async deviceLink(network: string, relay = false, places: readonly string[] = this.places.own) {
    const { peer } = await this.#need(network);
    if (relay) needRelay(peer);
    const offered = await offerDevice(peer, this.#now());
    return { link: linkOf(peer, { ...offered, relay }, places), expires: offered.expires };
  }

  async answerDevice(network: string, device: string, add: boolean): Promise<void> {
    const { devices } = (await this.#need(network)).peer;
    await (add ? devices.confirm(device) : devices.refuse(device));
  }

  askToBeAdded(text: string, label: string, role?: 'keeper'): Promise<{ checkNumber: string }> {
    return this.#joining.askToBeAdded(text, label, role);
  }

  beAdded(text: string): Promise<string> {
    return this.#joining.beAdded(text);
  }

  async succeed(network: string, label: string): Promise<void> {
    const { peer } = await this.#need(network);
    await succeed(peer, keysOf(await this.#installation, network), label);
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

  /** Opens a commons document for a screen, which is told its changes; the other way they go through what this resolves with. */
  async openDoc(network: string, doc: string, tell: (message: DocMessage) => void): Promise<Screen> {
    return (await this.#need(network)).openDoc(doc, tell);
  }

  /** Puts a network and a key into a file, as `makeBundle` does a network. */
  async makeBackup(network: string, order: BackupOrder, put: Put): Promise<MadeBackup> {
    const { peer, bundles } = await this.#need(network);
    const held = await (await this.#installation).network(network);
    return makeBackup({ peer, bundles, places: held?.meetingPlaces ?? [] }, order, put);
  }

  restoreBackup(file: Source, passphrase: string): Promise<string> {
    // One after the other: two of one network would share its store.
    const turn = this.#restoring.then(async () => {
      await this.cancelJoin();
      const options = { around: this.#ports.around, progress: this.#progress('restore') };
      return this.#begin(await restoreBackup(file, passphrase, { installation: await this.#installation, ...options }));
    });
    this.#restoring = turn.catch(() => undefined);
    return turn;
  }

  async setOnline(online: boolean): Promise<void> {
    this.#reaching.online = online;
    await (await this.#installation).setOnline(online);
    await this.#reach();
  }

  /** Whether the machine is awake. Asleep nobody is reached; what the person wants stays as it is. */
  async setAwake(awake: boolean): Promise<void> {
    this.#reaching.awake = awake;
    await this.#reach();
  }

  get #isReaching(): boolean {
    return this.#reaching.online && this.#reaching.awake;
  }

  async #reach(): Promise<void> {
    for (const [network, opening] of this.#open) {
      // One that does not open keeps none of the others from it.
      const open = await opening.catch(() => undefined);
      if (open === undefined) continue;
      open.online = this.#reaching.online;
      if (this.#isReaching) await this.#meet(network);
      else {
        this.#ports.meetings.part(network, 'channel.offline');
        open.meeting = null;
        open.peer.disconnectAll();
      }
    }
  }

  /** Lets go of everything, for another window to take over. */
  async shutDown(): Promise<void> {
    await this.cancelJoin();
    await this.#restoring;
    await Promise.all([...this.#open.keys()].map((network) => this.close(network)));
    await Promise.all(this.#summaries);
  }

  #progress(task: string): Progress {
    return (done, total) => this.#emit({ kind: 'progress', task, done, total });
  }

  async #start(network: string): Promise<OpenNetwork> {
    const installation = await this.#installation;
    this.#reaching.online = await installation.online();
    const held = await installation.network(network);
    if (held === undefined) throw new PeerholdError('network-unknown');
    const store = await installation.openStore(network);
    const peer = await openPeer(installation, held, store, this.#ports.around).catch(async (error: unknown) => {
      await store.close();
      throw error;
    });
    this.#stores.set(network, store);
    const open = new OpenNetwork(peer, this.#ports.around, this.#emit, () => receivingKeyOf(installation, network));
    open.online = this.#reaching.online;
    peer.events.changed.add((changes) => {
      this.#summarise(held.id, peer);
      if (changes.some(({ table }) => table === 'members' || table === 'devices'))
        this.#ports.meetings.forgive(network);
      // Another version of the agreement may list other meeting places.
      if (changes.some(({ table }) => table === 'network')) void this.#meet(network);
    });
    this.#summarise(held.id, peer);
    if (this.#isReaching) void this.#meet(network);
    return open;
  }

  /** Keeps the list on the first screen true without opening every network. */
  #summarise(id: string, peer: Peer): void {
    const summary = this.#installation.then(async (installation) => {
      if (await summarise(installation, id, peer)) this.#emit({ kind: 'networks' });
    });
    // What could not be kept now is kept at the next change.
    const kept = summary.catch(() => undefined).finally(() => this.#summaries.delete(kept));
    this.#summaries.add(kept);
  }

  protected override need(network: string): Promise<OpenNetwork> {
    return this.#need(network);
  }

  async #need(network: string): Promise<OpenNetwork> {
    const open = await this.#open.get(network);
    if (open === undefined) throw new PeerholdError('network-not-open');
    return open;
  }

  async #replica(network: string) {
    return (await this.#need(network)).peer.replica;
  }

  async #begin(network: HeldNetwork): Promise<string> {
    await this.#keep(network);
    return network.id;
  }

  async #keep(network: HeldNetwork): Promise<void> {
    await (await this.#installation).keep(network);
    this.#emit({ kind: 'networks' });
  }

  async #meet(network: string): Promise<void> {
    const held = await (await this.#installation).network(network);
    const open = await this.#open.get(network)?.catch(() => undefined);
    if (held === undefined || held.sample || open === undefined || !this.#isReaching) return;
    const { places, helpers } = listedMeeting(open.peer.state);
    const all = this.places.before([...places, ...held.meetingPlaces]);
    open.placeKinds = this.places.kindsOf(all, places);
    this.#ports.meetings.meet(network, all, iceServersOf(helpers));
  }

  get #installation(): Promise<Installation> {
    return this.#ports.installation;
  }

  #now(): number {
    return this.#ports.around.now();
  }
}
