import { PeerholdError, errorCode } from '../errors';
import { checkNumber, restoringCode } from '../invite/check-number';
import { type InviteLink, decodeInvite, inviteKey } from '../invite/link';
import { Joiner } from '../peer/joiner';
import { type DeviceKey, signerOf } from '../record/signature';
import type { Transport } from '../sync/channel/ports';
import type { EngineEvent, InvitePreview, JoinPreview } from './contract';
import { iceServersOf } from './listed-meeting';
import type { EnginePorts, HeldNetwork, OpenStore } from './ports';

/** How long a joiner looks for somebody before saying that nobody is reachable. */
const TIMEOUT = 25_000;
/** What was sent is not what the link names; another member may send that. */
const FALSE_HISTORY: ReadonlySet<string> = new Set([
  'join-other-history',
  'join-state-differs',
  'signature-wrong',
  'proof-wrong',
]);

export interface JoiningOptions {
  readonly ports: EnginePorts;
  readonly emit: (event: EngineEvent) => void;
  readonly placesFor: (others: readonly string[]) => readonly string[];
  /** Closes a network that is open. */
  readonly close: (network: string) => Promise<void>;
  /** Told once the admission is on this disk. */
  readonly joined: (network: HeldNetwork) => Promise<void>;
}

interface UnderWay {
  readonly link: InviteLink;
  readonly joiner: Joiner;
  readonly key: DeviceKey;
  readonly store: OpenStore;
  readonly invite: string;
  /** Devices of members whom this key has asked before. */
  readonly asked: readonly string[];
  readonly replaces: boolean;
}

/** The way from an invite to a membership on this installation; one at a time. */
export class Joining {
  readonly #options: JoiningOptions;
  #underWay: UnderWay | null = null;

  constructor(options: JoiningOptions) {
    this.#options = options;
  }

  get #installation() {
    return this.#options.ports.installation;
  }

  /** The network that is being joined. */
  get network(): string | null {
    return this.#underWay?.link.network ?? null;
  }

  async connect(transport: Transport): Promise<void> {
    await this.#underWay?.joiner.connect(transport);
  }

  async read(text: string): Promise<InvitePreview> {
    const { network, networkName, inviter, expires, device } = decodeInvite(text);
    const held = await (await this.#installation).network(network);
    return {
      network,
      networkName,
      inviter,
      expires,
      known: held !== undefined,
      device: device !== undefined,
      stopped: held?.stopped === true,
    };
  }

  async preview(text: string): Promise<JoinPreview> {
    const preview = await this.read(text);
    if (preview.device) throw new PeerholdError('invite-malformed');
    if (preview.known) throw new PeerholdError('network-known');
    const { joiner } = await this.#start(decodeInvite(text), 'invite-expired', false);
    return { ...preview, ...(await this.#orCancel(joiner.look(TIMEOUT))) };
  }

  /** Asks the device that made the link; resolves with the number that both screens show. */
  async askToBeAdded(text: string, label: string, role?: 'keeper'): Promise<{ checkNumber: string }> {
    const link = decodeInvite(text);
    const { known, stopped } = await this.read(text);
    if (link.device === undefined) throw new PeerholdError('invite-malformed');
    if (known && !stopped) throw new PeerholdError('network-known');
    // The device that can go no further lets go of its disk, and of its place among the neighbours.
    if (known) await this.#options.close(link.network);
    const { joiner, key } = await this.#start(link, 'device-link-expired', known);
    await this.#orCancel(joiner.askToBeAdded(label, TIMEOUT, role));
    return { checkNumber: checkNumber(link.network, link.device, key.device) };
  }

  /** Waits for the person at the other device; resolves with the network's id. */
  async beAdded(text: string): Promise<string> {
    const underWay = this.#underWay;
    if (underWay === null || underWay.link.network !== decodeInvite(text).network)
      throw new PeerholdError('join-cancelled');
    const { link, joiner, key, replaces } = underWay;
    try {
      await joiner.added(TIMEOUT);
    } catch (error) {
      await this.cancel();
      // What a device has that this one takes the place of stays, whatever was sent.
      if (FALSE_HISTORY.has(errorCode(error)) && !replaces) await (await this.#installation).dropStore(link.network);
      throw error;
    }
    if (!replaces) await this.#keep(underWay);
    else
      await (
        await this.#installation
      ).change(link.network, ({ next: _next, stopped: _stopped, ...held }) => ({
        ...held,
        key,
        meetingPlaces: [...new Set([...link.meetingPlaces, ...held.meetingPlaces])],
      }));
    await this.#end(underWay);
    return link.network;
  }

  /** `replaces`: in the place of a device of this profile whose record is here. */
  async #start(link: InviteLink, expired: string, replaces: boolean): Promise<UnderWay> {
    await this.cancel();
    const { ports, emit } = this.#options;
    const invite = (await inviteKey(link.secret)).device;
    const installation = await this.#installation;
    const pending = await installation.pendingJoin(invite);
    // Who has applied may come back for the answer after the link itself has expired.
    if (pending === undefined && link.expires < ports.around.now()) throw new PeerholdError(expired);
    const key = pending?.key ?? (await installation.newKey());
    const asked = pending?.asked ?? [];
    await installation.keepJoin({ invite, key, asked });
    // Nothing of an attempt that was broken off may be taken for checked.
    if (!replaces) await (await this.#installation).dropStore(link.network);
    const store = await installation.openStore(link.network);
    const joiner = await Joiner.start(link, signerOf(key), store, ports.around).catch(async (error: unknown) => {
      await store.close();
      throw error;
    });
    joiner.progress.add((done) => emit({ kind: 'progress', task: 'join', done, total: 0 }));
    this.#underWay = { link, joiner, key, store, invite, asked, replaces };
    this.meet();
    return this.#underWay;
  }

  /** Looks for members at the places that are known now. */
  meet(): void {
    const { ports, placesFor } = this.#options;
    if (this.#underWay === null) return;
    const { network, meetingPlaces, helpers } = this.#underWay.link;
    ports.meetings.meet(network, placesFor(meetingPlaces), helpers === undefined ? [] : iceServersOf(helpers));
  }

  async #orCancel<T>(asked: Promise<T>): Promise<T> {
    try {
      return await asked;
    } catch (error) {
      await this.cancel();
      throw error;
    }
  }

  /** Resolves with the network's id, or null where the members decide. */
  async join(text: string, name: string): Promise<string | null> {
    if (this.network !== decodeInvite(text).network) await this.preview(text);
    const underWay = this.#underWay!;
    const { link, joiner, invite, key, asked } = underWay;
    try {
      const admitter = await joiner.admitter(TIMEOUT);
      await (await this.#installation).keepJoin({ invite, key, asked: [...new Set([...asked, admitter])] });
      await joiner.join(name, TIMEOUT, asked);
    } catch (error) {
      const code = errorCode(error);
      // Its connection is gone or did not do: who tries again begins anew, with the same key.
      if (this.#underWay === underWay) await this.cancel();
      if (FALSE_HISTORY.has(code)) await (await this.#installation).dropStore(link.network);
      if (code !== 'join-applicant') throw error;
      return null;
    }
    await this.#keep(underWay);
    await this.#end(underWay);
    return link.network;
  }

  /**
   * Of a member who lost all devices: asks a member's app to have this one proposed in their place. Resolves with the network's id once it is
   * restored, or null while the members decide; `code` is what they compare.
   */
  async restore(text: string, name: string): Promise<{ readonly network: string | null; readonly code: string }> {
    if (this.network !== decodeInvite(text).network) await this.preview(text);
    const underWay = this.#underWay!;
    const { link, joiner, key } = underWay;
    const code = restoringCode(link.network, key.device);
    try {
      await joiner.restore(name, TIMEOUT);
    } catch (error) {
      const failed = errorCode(error);
      if (this.#underWay === underWay) await this.cancel();
      if (FALSE_HISTORY.has(failed)) await (await this.#installation).dropStore(link.network);
      if (failed !== 'join-restoring') throw error;
      return { network: null, code };
    }
    await this.#keep(underWay);
    await this.#end(underWay);
    return { network: link.network, code };
  }

  async #keep({ link: { network: id, networkName: name, meetingPlaces }, key }: UnderWay): Promise<void> {
    await this.#options.joined({
      id,
      key,
      name,
      sample: false,
      members: 0,
      changed: this.#options.ports.around.now(),
      meetingPlaces,
    });
  }

  async #end({ invite }: UnderWay): Promise<void> {
    await (await this.#installation).endJoin(invite);
    await this.cancel();
  }

  async cancel(): Promise<void> {
    const underWay = this.#underWay;
    if (underWay === null) return;
    this.#underWay = null;
    underWay.joiner.close();
    this.#options.ports.meetings.part(underWay.link.network, 'channel.closed');
    await underWay.store.close();
  }
}
