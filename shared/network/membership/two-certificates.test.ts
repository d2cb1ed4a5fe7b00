import { describe, expect, it } from 'vitest';
import { forge } from '../../../test/kit/forge';
import { type Person, admission, admit, group, meet, testSigner } from '../../../test/kit/group';
import { SealingGroup } from '../../../test/kit/sealing';
import type { SignedEvent } from '../../record/event';
import type { Signer } from '../../record/signature';
import { Replica } from '../../replica/replica';
import { consentMessage } from '../certificates';
import { checkEvent } from '../check';
import { stateDigest } from '../digest/digest';

const certification = async (by: Person, device: Signer) => ({
  device: device.device,
  label: 'another',
  proof: await device.sign(consentMessage(by.replica.id, by.signer.device)),
});
const renaming = { type: 'member.describe', payload: { name: '1'.repeat(64) } };

/** The first event of a device's chain, which goes by the certificates that it cites. */
const firstOf = (by: Person, device: Signer, certificates: readonly string[]): Promise<SignedEvent> =>
  forge(by, { ...renaming, sequence: 0, previous: null, parents: [...certificates].sort() }, device);

/** What came of an event, the same in whatever order the events come. */
async function outcome(by: Person, event: SignedEvent, more: readonly SignedEvent[] = []): Promise<string | undefined> {
  const events = [...(await by.batch()).events, ...more, event];
  const codes = [events, [...events].reverse()].map((order) => {
    const replica = new Replica(by.replica.id);
    replica.receive({ events: order, texts: [] });
    return [replica.state.withoutEffect.get(event.id)?.code, stateDigest(replica.state)];
  });
  expect(codes[0]).toEqual(codes[1]);
  return codes[0]![0];
}

describe('a key that two events certify', () => {
  it('does not act for the member whose revoked device certified it, though it is in as another’s', async () => {
    const people = (await group(['ana', 'ben', 'mallory'])) as [Person, Person, Person];
    const [ana, ben, mallory] = people;
    const [phone, key] = [await testSigner('phone'), await testSigner('key')];
    await ben.act('device.certify', await certification(ben, phone));
    const revocation = await ben.act('device.revoke', { device: phone.device });
    await meet(people);
    // Who stole the phone is a member too, and lets the key in as a device of their own.
    const certificate = ben.replica.record.certificatesOf(phone.device)[0]!;
    const payload = {
      device: key.device,
      label: 'mine',
      proof: await key.sign(consentMessage(ben.replica.id, phone.device)),
    };
    const first = { type: 'device.certify', payload, sequence: 0, previous: null, parents: [certificate] };
    let stolen = await forge(ben, first, phone);
    // Of one depth, the hashes say which comes first; before the revocation it would count.
    for (let time = 1; stolen.id < revocation; time++) stolen = await forge(ben, { ...first, time }, phone);
    const own = await mallory.act('device.certify', await certification(mallory, key));
    await ana.pull(mallory);
    ana.replica.receive({ events: [stolen], texts: [] });
    expect(ana.replica.state.devices.get(key.device)!.member).toBe(mallory.member);
    const asBen = await firstOf(ana, key, [stolen.id]);
    expect(await outcome(ana, asBen)).toBe('device-not-active');
    const asMallory = await firstOf(ana, key, [own]);
    expect(await outcome(ana, asMallory)).toBeUndefined();
  });

  it('acts for the member whose certificate its chain cites; of both, the one with the lower id', async () => {
    const people = (await group(['ana', 'ben'])) as [Person, Person];
    const [ana, ben] = people;
    const key = await testSigner('key');
    const anas = await ana.act('device.certify', await certification(ana, key));
    const bens = await ben.act('device.certify', await certification(ben, key));
    await meet(people);
    const lower = [anas, bens].sort()[0]!;
    for (const [cited, member] of [
      [[anas, bens], lower === anas ? ana.member : ben.member],
      [[anas], ana.member],
      [[bens], ben.member],
    ] as const) {
      const first = await firstOf(ana, key, cited);
      expect(await outcome(ana, first)).toBeUndefined();
      const replica = new Replica(ana.replica.id);
      replica.receive({ events: [...(await ana.batch()).events, first], texts: [] });
      expect(replica.state.devices.get(key.device)!.member).toBe(member);
    }
  });

  it('acts for nobody whose certificate it cites once a seal has another, though that comes later', async () => {
    const people = (await group(['ana'])) as [Person];
    const [ana] = people;
    const sealing = new SealingGroup(people);
    const key = await testSigner('key');
    const ben = await admit(ana, 'ben');
    const bens = await ben.act('device.certify', await certification(ben, key));
    await ana.act('device.certify', await certification(ana, key));
    await sealing.pass(3);
    expect(ana.replica.seals.seals.length).toBeGreaterThan(0);
    await ana.pull(ben);
    const first = await firstOf(ana, key, [bens]);
    ana.replica.receive({ events: [first], texts: [] });
    expect(ana.replica.state.devices.get(key.device)!.member).toBe(ana.member);
    expect(ana.replica.state.withoutEffect.get(first.id)?.code).toBe('device-not-active');
  });

  it('does not act for a member who has ten devices already', async () => {
    const people = (await group(['ana', 'ben'])) as [Person, Person];
    const [ana, ben] = people;
    for (let count = 2; count <= 10; count++)
      await ana.act('device.certify', await certification(ana, await testSigner(`device ${count}`)));
    await meet(people);
    const key = await testSigner('key');
    const eleventh = await forge(ana, { type: 'device.certify', payload: await certification(ana, key) });
    await ben.act('device.certify', await certification(ben, key));
    await ana.pull(ben);
    ana.replica.receive({ events: [eleventh], texts: [] });
    expect(ana.replica.state.withoutEffect.has(eleventh.id)).toBe(true);
    expect(await outcome(ana, await firstOf(ana, key, [eleventh.id]))).toBe('device-not-active');
    // Nor does its ballot stand beside the member's own.
    const draft = { title: { text: 'T' }, text: { text: '' }, effect: { kind: 'none' as const }, deadline: 0 };
    const proposal = await ana.act('proposal.open', draft);
    const place = { sequence: 0, previous: null, parents: [eleventh.id, proposal].sort() };
    const ballot = await forge(ana, { type: 'ballot.cast', payload: { proposal, choice: 'agree' }, ...place }, key);
    ana.replica.receive({ events: [ballot], texts: [] });
    const own = await ana.act('ballot.cast', { proposal, choice: 'disagree' });
    expect([...ana.replica.state.ballots.keys()]).toEqual([own]);
  });
});

describe('the consent of a device', () => {
  it('to a member’s device is worth nothing to another, of that member or of others', async () => {
    const [ana, ben] = (await group(['ana', 'ben'])) as [Person, Person];
    const payload = await certification(ana, await testSigner('key'));
    await expect(checkEvent((await forge(ana, { type: 'device.certify', payload })).bytes)).resolves.toBeDefined();
    const copied = await forge(ben, { type: 'device.certify', payload });
    await expect(checkEvent(copied.bytes)).rejects.toMatchObject({ code: 'proof-wrong' });
  });

  it('to be admitted is worth nothing to another member, who would take the newcomer’s place from them', async () => {
    const people = (await group(['ana', 'mallory'])) as [Person, Person];
    const [ana, mallory] = people;
    const invite = await testSigner('invite');
    await ana.act('invite.issue', { invite: invite.device, type: 'resident', uses: 1, days: 14 });
    const asked = await admission(ana, invite, await testSigner('ben'), 'ben');
    const payload = { ...asked, name: '2'.repeat(64) };
    await expect(checkEvent((await forge(ana, { type: 'member.admit', payload })).bytes)).resolves.toBeDefined();
    const copied = await forge(mallory, { type: 'member.admit', payload });
    await expect(checkEvent(copied.bytes)).rejects.toMatchObject({ code: 'proof-wrong' });
  });
});
