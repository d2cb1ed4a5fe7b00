import { PeerholdError, errorCode } from '../errors';
import { type JoinMessage, type Preview, decodeJoinMessage, encodeJoinMessage } from '../invite/exchange';
import { inForce } from '../network/agreement/in-force';
import { versionInForce } from '../network/agreement/queries';
import { activeMembers, endOfInvite } from '../network/membership/queries';
import { NETWORK_KEY } from '../network/state';
import type { Channel } from '../sync/channel/channel';
import { KIND } from '../sync/channel/kinds';
import type { DeviceDesk } from './device-desk';
import type { Host } from './host';
import type { RestoringDesk } from './restoring-desk';
import type { Surroundings } from './surroundings';

/** The member's side of joining: shows what the network is, and admits who proved an open invite. */
export class JoinDesk {
  readonly #peer: Host;
  readonly #devices: DeviceDesk;
  readonly #restorations: RestoringDesk;
  readonly #around: Surroundings;

  constructor(peer: Host, devices: DeviceDesk, restorations: RestoringDesk, around: Surroundings) {
    this.#peer = peer;
    this.#devices = devices;
    this.#restorations = restorations;
    this.#around = around;
  }

  async receive(channel: Channel, bytes: Uint8Array): Promise<void> {
    const remote = channel.remote;
    if (remote?.purpose !== 'join' || remote.invite === undefined) throw new PeerholdError('message-unexpected');
    const message = decodeJoinMessage(bytes);
    const answer = (reply: JoinMessage): void => channel.send(KIND.join, encodeJoinMessage(reply));
    try {
      if (message.kind === 'look') {
        this.#checkInvite(remote.invite, remote.device, message.seal);
        answer({ kind: 'preview', ...this.#preview(remote.invite) });
      } else if (message.kind === 'request') {
        const event = await this.#admit(remote.invite, remote.device, message);
        answer({ kind: 'admitted', event });
        channel.admit();
      } else if (message.kind === 'restore') {
        const event = await this.#restore(remote.invite, remote.device, message);
        answer({ kind: 'admitted', event });
        channel.admit();
      } else if (message.kind === 'device') {
        await this.#devices.receive(channel, remote.invite, message);
      } else throw new PeerholdError('message-unexpected');
    } catch (error) {
      answer({ kind: 'refused', code: errorCode(error) });
    }
  }

  /** Throws why this invite can not be used now. A device that it admitted before may come back. */
  #checkInvite(id: string, device: string, seal: string | null): void {
    const { state, me, replica } = this.#peer;
    // Whoever is behind would admit into a history that the newcomer can not tell from another one.
    if (seal !== null && replica.seals.seals.every(({ value }) => value !== seal))
      throw new PeerholdError('join-behind');
    const invite = state.invites.get(id);
    if (invite === undefined) throw new PeerholdError('invite-unknown');
    const known = state.devices.get(device);
    if (known !== undefined) {
      const status = state.members.get(known.member)?.status;
      // Whom members have restored no invite has admitted.
      const cameBy = invite.used.includes(known.member) || state.proposals.has(known.why.events[0]!);
      const here = known.status === 'active' && cameBy;
      if (!here || status === 'left' || status === 'removed') throw new PeerholdError('invite-used-up');
      return;
    }
    if (replica.standsStill) throw new PeerholdError('join-app-too-old');
    if (invite.revoked) throw new PeerholdError('invite-revoked');
    if (invite.used.length >= invite.uses) throw new PeerholdError('invite-used-up');
    if (endOfInvite(invite) < this.#around.now()) throw new PeerholdError('invite-expired');
    if (me === null || state.members.get(me.member)?.status !== 'active') throw new PeerholdError('not-a-member-here');
  }

  async #admit(invite: string, device: string, request: JoinMessage & { kind: 'request' }): Promise<string> {
    this.#checkInvite(invite, device, request.seal);
    const known = this.#peer.state.devices.get(device);
    const { name, nonce, proof, consent } = request;
    const member =
      known?.member ??
      (await this.#peer.act({
        type: 'member.admit',
        payload: { invite, device, name: { text: name }, nonce, proof, consent },
      }));
    const status = this.#peer.state.members.get(member)?.status;
    if (status !== 'active') throw new PeerholdError(`join-${status ?? 'waiting'}`);
    return member;
  }

  /** Lets in whom members have restored, or shows this device's person who asks to be; the invite is not used up by that. */
  async #restore(invite: string, device: string, request: JoinMessage & { kind: 'restore' }): Promise<string> {
    const { state } = this.#peer;
    const known = state.devices.get(device);
    const member = state.members.get(known?.member ?? '');
    if (known?.status === 'active' && member?.status === 'active') return known.why.events[0]!;
    this.#checkInvite(invite, device, request.seal);
    // With another invite its app makes another key.
    if (known !== undefined) throw new PeerholdError('invite-used-up');
    await this.#restorations.ask(device, request);
    throw new PeerholdError('join-restoring');
  }

  #preview(id: string): Preview {
    const { state, replica } = this.#peer;
    const network = state.network.get(NETWORK_KEY)!;
    const invite = state.invites.get(id)!;
    const inviter = state.members.get(invite.by);
    const types = inForce(state, 'membership').params.types;
    const { protocols, suspended } = versionInForce(state)!;
    return {
      networkName: replica.text(network.name) ?? '',
      purpose: replica.text(network.purpose) ?? '',
      inviter: inviter === undefined ? '' : (replica.text(inviter.name) ?? ''),
      type: types.find((type) => type.id === invite.type)?.label ?? invite.type,
      mode: inForce(state, 'admission').params.mode,
      rules: replica.rules,
      members: activeMembers(state).length,
      protocols: protocols
        .filter(({ id: protocol }) => !suspended.includes(protocol))
        .map(({ title, kind, text }) => ({ title, kind, text: replica.text(text) ?? '' })),
    };
  }
}
