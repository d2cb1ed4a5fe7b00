import { PeerholdError } from '../errors';
import { checkNumber } from '../invite/check-number';
import { type JoinMessage, encodeJoinMessage } from '../invite/exchange';
import { consentMessage } from '../network/certificates';
import { hasRoomForDevice } from '../network/membership/queries';
import { verify } from '../record/signature';
import type { Channel } from '../sync/channel/channel';
import { KIND } from '../sync/channel/kinds';
import { Listeners } from '../sync/listeners';
import type { DeviceLinks } from './device-links';
import type { Host } from './host';
import type { Surroundings } from './surroundings';

/** A device that came with a device link and waits for the person to agree. */
export interface NewDevice {
  readonly device: string;
  /** As it calls itself. */
  readonly label: string;
  /** To be compared with the number on its own screen. */
  readonly checkNumber: string;
  /** What it asks to be; undefined for a device with the member's own rights. */
  readonly role?: 'keeper';
}

interface Asking extends NewDevice {
  readonly link: string;
  readonly proof: Uint8Array;
  readonly channel: Channel;
}

/**
 * Adds a further device to this device's member, once its person has agreed. Only who proved a link that this very device made comes
 * this far; one at a time.
 */
export class DeviceDesk {
  readonly changed = new Listeners<void>();
  readonly #host: Host;
  readonly #links: DeviceLinks;
  readonly #around: Surroundings;
  #asking: Asking | null = null;

  constructor(host: Host, links: DeviceLinks, around: Surroundings) {
    this.#host = host;
    this.#links = links;
    this.#around = around;
  }

  /** Makes a link good for one device until it expires; one that nobody has come with yet ends. Resolves once it is on the disk. */
  offer(link: string, expires: number): Promise<void> {
    return this.#links.add(link, expires);
  }

  get asking(): NewDevice | null {
    if (this.#asking === null) return null;
    const { device, label, checkNumber: number, role } = this.#asking;
    return { device, label, checkNumber: number, ...(role && { role }) };
  }

  /** Shows the person that a device asks, or lets one in that was added before. Throws why it can not be added. */
  async receive(
    channel: Channel,
    link: string,
    { label, proof, role }: JoinMessage & { kind: 'device' },
  ): Promise<void> {
    const { device } = channel.remote!;
    const { me, state, replica } = this.#host;
    if (me === null || state.members.get(me.member)?.status !== 'active') throw new PeerholdError('not-a-member-here');
    const known = state.devices.get(device);
    if (known !== undefined && (known.member !== me.member || known.status !== 'active'))
      throw new PeerholdError('device-link-used');
    if (known === undefined && replica.standsStill) throw new PeerholdError('join-app-too-old');
    if (known === undefined) await this.#links.bind(link, device, this.#around.now());
    else return this.#letIn(channel, known.why.events[0]!);
    if (!hasRoomForDevice(state, me.member)) throw new PeerholdError('too-many-devices');
    if (!(await verify(device, consentMessage(replica.id, me.device), proof))) throw new PeerholdError('proof-wrong');
    if (this.#asking !== null && this.#asking.device !== device) throw new PeerholdError('device-link-busy');
    const number = checkNumber(replica.id, me.device, device);
    const asking = { device, label, checkNumber: number, ...(role && { role }), link, proof, channel };
    this.#show(asking);
    channel.onClose(() => {
      if (this.#asking === asking) this.#show(null);
    });
    say(channel, { kind: 'asked' });
  }

  /** The person agrees: certifies the device, and lets it in. Rejects with what the rules or the disk say, and it goes on asking. */
  async confirm(device: string): Promise<void> {
    const asking = this.#current(device);
    const { label, proof, channel, role } = asking;
    const payload = { device, label, proof, ...(role && { role }) };
    const event = await this.#host.act({ type: 'device.certify', payload });
    if (this.#asking === asking) this.#show(null);
    this.#letIn(channel, event);
  }

  /** The person does not know this device: its link is good for nothing from now on. */
  async refuse(device: string): Promise<void> {
    const { link, channel } = this.#current(device);
    await this.#links.refuse(link);
    this.#show(null);
    say(channel, { kind: 'refused', code: 'device-link-refused' });
  }

  #current(device: string): Asking {
    if (this.#asking?.device !== device) throw new PeerholdError('device-asks-no-more');
    return this.#asking;
  }

  #letIn(channel: Channel, event: string): void {
    say(channel, { kind: 'admitted', event });
    channel.admit();
  }

  #show(asking: Asking | null): void {
    this.#asking = asking;
    this.changed.emit();
  }
}

function say(channel: Channel, message: JoinMessage): void {
  channel.send(KIND.join, encodeJoinMessage(message));
}
