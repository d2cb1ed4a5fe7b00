import { describe, expect, it } from 'vitest';
import { forge } from '../../test/kit/forge';
import { type Person, admit, group, testSigner } from '../../test/kit/group';
import { verify } from '../record/signature';
import { certifies, consentMessage, embeddedProofs } from './certificates';
import { checkEvent } from './check';

const eventOf = async (by: Person, type: string) =>
  checkEvent(by.replica.record.all().find((entry) => entry.type === type)!.bytes);
const valid = (proof: ReturnType<typeof embeddedProofs>[number]) => verify(proof.key, proof.message, proof.signature);

describe('a device is certified', () => {
  it('by the founding event, by an admission, and by another device of its member', async () => {
    const [ana] = (await group(['ana'])) as [Person];
    const dora = await admit(ana, 'dora');
    const phone = await testSigner('phone');
    const proof = await phone.sign(consentMessage(ana.replica.id, ana.signer.device));
    await ana.act('device.certify', { device: phone.device, label: 'phone', proof });
    const [founding, admission, certification, other] = await Promise.all(
      ['network.found', 'member.admit', 'device.certify', 'invite.issue'].map((type) => eventOf(ana, type)),
    );
    expect([founding, admission, certification, other].map((event) => certifies(event!, ana.member))).toEqual([
      { device: ana.signer.device, member: ana.replica.id },
      { device: dora.signer.device, member: dora.member },
      { device: phone.device, member: ana.member },
      null,
    ]);
    // An invite's key and the joiner's for an admission; the new device's; no other event has a second signature in it.
    const proofs = [founding, admission, certification, other].map((event) => embeddedProofs(event!));
    expect(proofs.map((list) => list.length)).toEqual([0, 2, 1, 0]);
    expect(proofs[1]!.map(({ key }) => key)).toEqual([
      (admission!.payload as { readonly invite: string }).invite,
      dora.signer.device,
    ]);
    expect(await Promise.all(proofs.flat().map(valid))).toEqual([true, true, true]);
  });

  it('not by what has the type and not the shape', async () => {
    const [ana] = (await group(['ana'])) as [Person];
    for (const type of ['member.admit', 'device.certify']) {
      const event = await forge(ana, { type, payload: { device: ana.signer.device } });
      expect([certifies(event, ana.member), embeddedProofs(event)]).toEqual([null, []]);
    }
  });

  it('by a proposal to restore its member alone, and only one that has the shape', async () => {
    const [ana] = (await group(['ana'])) as [Person];
    const effect = { kind: 'restore', member: ana.member, device: '1'.repeat(64), consent: new Uint8Array(64) };
    const payload = { title: '2'.repeat(64), text: '3'.repeat(64), effect, deadline: 0 };
    const certified = async (type: string, change: object) =>
      certifies(await forge(ana, { type, payload: { ...payload, ...change } }), '4'.repeat(64));
    expect(await certified('proposal.open', {})).toEqual({ device: effect.device, member: ana.member });
    for (const [type, change] of [
      ['proposal.open', { effect: { kind: 'none' } }],
      ['proposal.open', { effect: { kind: 'remove', member: ana.member } }],
      ['proposal.open', { effect: { kind: 'restore' } }],
      ['proposal.open', { effect: { ...effect, consent: new Uint8Array(63) } }],
      ['proposal.open', { effect: null }],
      ['proposal.withdraw', {}],
    ] as const)
      expect(await certified(type, change)).toBeNull();
    for (const given of [null, 'restore', {}]) {
      const event = await forge(ana, { type: 'proposal.open', payload: given });
      expect([certifies(event, ana.member), embeddedProofs(event)]).toEqual([null, []]);
    }
  });

  it('with its own consent: not for another certifier, network or device', async () => {
    const [ana, ben] = (await group(['ana', 'ben'])) as [Person, Person];
    const [phone, other] = [await testSigner('phone'), await testSigner('other')];
    const network = ana.replica.id;
    const check = async (proof: Uint8Array) => {
      const event = await forge(ana, {
        type: 'device.certify',
        payload: { device: phone.device, label: 'phone', proof },
      });
      return checkEvent(event.bytes);
    };
    const right = await phone.sign(consentMessage(network, ana.signer.device));
    expect((await check(right)).type).toBe('device.certify');
    for (const wrong of [
      await phone.sign(consentMessage(network, ben.signer.device)),
      await phone.sign(consentMessage('0'.repeat(64), ana.signer.device)),
      await other.sign(consentMessage(network, ana.signer.device)),
    ])
      await expect(check(wrong)).rejects.toMatchObject({ code: 'proof-wrong' });
  });
});
