import { PeerholdError, errorCode } from '../../shared/errors';
import { type InviteLink, decodeInvite, inviteKey } from '../../shared/invite/link';
import { Joiner } from '../../shared/peer/joiner';
import { newDeviceKey, signerOf } from '../../shared/record/signature';
import type { Transport } from '../../shared/sync/channel/ports';
import type { InvitePreview, JoinPreview } from './contract';
import type { DeviceStore, HeldNetwork } from './idb/device-store';
import { IdbPeerStore } from './idb/peer-store';
import type { FromEngine } from './rpc';
import { surroundings } from './surroundings';

/** How long a joiner looks for somebody before saying that nobody is reachable. */
const TIMEOUT = 25_000;

export interface JoiningOptions {
  readonly device: Promise<DeviceStore>;
  readonly post: (message: FromEngine) => void;
  readonly placesFor: (others: readonly string[]) => readonly string[];
  /** Told once the admission is on this disk. */
  readonly joined: (network: HeldNetwork) => Promise<void>;
}

interface UnderWay {
  readonly link: InviteLink;
  readonly joiner: Joiner;
  readonly store: IdbPeerStore;
  readonly invite: string;
}

/** The way from an invite to a membership on this device; one at a time. */
export class Joining {
  readonly #options: JoiningOptions;
  #underWay: UnderWay | null = null;

  constructor(options: JoiningOptions) {
    this.#options = options;
  }

  /** The network that is being joined. */
  get network(): string | null {
    return this.#underWay?.link.network ?? null;
  }

  async connect(transport: Transport): Promise<void> {
    await this.#underWay?.joiner.connect(transport);
  }

  async read(text: string): Promise<InvitePreview> {
    const { network, networkName, inviter, expires } = decodeInvite(text);
    const known = (await (await this.#options.device).network(network)) !== undefined;
    return { network, networkName, inviter, expires, known };
  }

  async preview(text: string): Promise<JoinPreview> {
    const preview = await this.read(text);
    if (preview.known) throw new PeerholdError('network-known');
    await this.cancel();
    const { post, placesFor } = this.#options;
    const link = decodeInvite(text);
    const invite = (await inviteKey(link.secret)).device;
    const device = await this.#options.device;
    const pending = await device.pendingJoin(invite);
    // Who has applied may come back for the answer after the link itself has expired.
    if (pending === undefined && preview.expires < Date.now()) throw new PeerholdError('invite-expired');
    const key = pending?.key ?? (await newDeviceKey());
    await device.keepJoin({ invite, key });
    const store = await IdbPeerStore.open(link.network);
    const joiner = await Joiner.start(link, signerOf(key), store, surroundings);
    joiner.progress.add((done) => post({ kind: 'event', event: { kind: 'progress', task: 'join', done, total: 0 } }));
    this.#underWay = { link, joiner, store, invite };
    post({ kind: 'meet', network: link.network, places: placesFor(link.meetingPlaces) });
    try {
      return { ...preview, ...(await joiner.look(TIMEOUT)) };
    } catch (error) {
      await this.cancel();
      throw error;
    }
  }

  /** Resolves with the network's id, or null where the members decide. */
  async join(text: string, name: string): Promise<string | null> {
    if (this.network !== decodeInvite(text).network) await this.preview(text);
    const { link, joiner, invite } = this.#underWay!;
    const device = await this.#options.device;
    try {
      await joiner.join(name, TIMEOUT);
    } catch (error) {
      const code = errorCode(error);
      if (code === 'join-other-history') {
        await this.cancel();
        await IdbPeerStore.drop(link.network);
      }
      if (code !== 'join-applicant') throw error;
      await this.cancel();
      return null;
    }
    const { key } = (await device.pendingJoin(invite))!;
    const { network: id, networkName, meetingPlaces } = link;
    await this.#options.joined({
      id,
      key,
      name: networkName,
      sample: false,
      members: 0,
      changed: Date.now(),
      meetingPlaces,
    });
    await device.endJoin(invite);
    await this.cancel();
    return id;
  }

  async cancel(): Promise<void> {
    const underWay = this.#underWay;
    if (underWay === null) return;
    this.#underWay = null;
    underWay.joiner.close();
    this.#options.post({ kind: 'part', network: underWay.link.network, code: 'channel.closed' });
    underWay.store.close();
  }
}
