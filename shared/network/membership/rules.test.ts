import { describe, expect, it } from 'vitest';
import { Person, admission, admit, group, meet, protocols, testSigner } from '../../../test/kit/group';
import { forge } from '../../../test/kit/forge';
import { parametersOf } from '../agreement/model';
import { consentMessage } from '../certificates';
import { Replica } from '../../replica/replica';
import { memberEvents } from './model';

const refused = (code: string) => expect.objectContaining({ code: `refused-${code}` });
const nobody = async (name: string): Promise<string> => (await testSigner(name)).device;

/** An invite by a person; `uses` times, and who joins by it. */
async function invite(by: Person, uses: number) {
  const secret = await testSigner(`secret of ${by.name} ${uses}`);
  await by.act('invite.issue', { invite: secret.device, type: 'resident', uses, days: 14 });
  const join = async (via: Person, name: string): Promise<string> =>
    via.act('member.admit', await admission(via, secret, await testSigner(name), name));
  return { id: secret.device, join };
}

describe('who acts', () => {
  it('an applicant may say who they are and leave, and nothing else', async () => {
    const [ana] = (await group(['ana'], protocols({}, 'decision'))) as [Person];
    const dora = await admit(ana, 'dora');
    expect(dora.replica.state.members.get(dora.member)!.status).toBe('applicant');
    await expect(
      dora.act('invite.issue', { invite: await nobody('x'), type: 'resident', uses: 1, days: 14 }),
    ).rejects.toEqual(refused('author-applicant'));
    await dora.act('member.describe', { name: { text: 'Dora' } });
    await dora.act('member.leave', {});
    expect(dora.replica.state.members.get(dora.member)!.status).toBe('left');
  });

  it('who has left may do nothing, not even what applicants may', async () => {
    const [, ben] = (await group(['ana', 'ben'])) as [Person, Person];
    await ben.act('member.leave', {});
    await expect(ben.act('member.describe', { name: { text: 'Ben' } })).rejects.toEqual(refused('author-left'));
    await expect(ben.act('member.leave', {})).rejects.toEqual(refused('author-left'));
  });

  it('events of a newer app, of unknown types and of wrong shape have no effect, and say so', async () => {
    const [ana] = (await group(['ana'])) as [Person];
    const newer = await forge(ana, { rules: 2 });
    ana.replica.receive({ events: [newer], texts: [] });
    const strange = await forge(ana, { type: 'toString' });
    ana.replica.receive({ events: [strange], texts: [] });
    const malformed = await forge(ana, { payload: { more: 1 } });
    ana.replica.receive({ events: [malformed], texts: [] });
    const { withoutEffect } = ana.replica.state;
    expect([newer, strange, malformed].map(({ id }) => withoutEffect.get(id)?.code)).toEqual([
      'rules-not-in-force',
      'unknown-type',
      'payload-malformed',
    ]);
  });
});

describe('an invite', () => {
  it('admits as many as it says, and no more', async () => {
    const [ana] = (await group(['ana'])) as [Person];
    const two = await invite(ana, 2);
    const bob = await two.join(ana, 'bob');
    const cas = await two.join(ana, 'cas');
    await expect(two.join(ana, 'eve')).rejects.toEqual(refused('invite-used-up'));
    expect([bob, cas].map((id) => ana.replica.state.members.get(id)!.status)).toEqual(['active', 'active']);
    expect(ana.replica.state.members.get(cas)!.number).toBe(3);
  });

  it('makes wait all who were admitted beyond it without knowing of each other, in any order of arrival', async () => {
    const people = (await group(['ana', 'ben', 'cleo'])) as [Person, Person, Person];
    const [ana, ben, cleo] = people;
    const one = await invite(ana, 1);
    const two = await invite(ana, 2);
    await meet(people);
    const alone = await one.join(ana, 'bob');
    const rival = await one.join(ben, 'cas');
    const first = await two.join(ana, 'dan');
    const second = await two.join(cleo, 'eve');
    const three = await invite(ben, 2);
    const early = await three.join(ben, 'fay');
    await ana.pull(ben);
    const late = [await three.join(ana, 'gus'), await three.join(ben, 'hal')];
    const events = (await Promise.all(people.map((person) => person.batch()))).flatMap((batch) => batch.events);
    for (const order of [events, [...events].reverse()]) {
      const { state } = all(order);
      const status = (id: string) => state.members.get(id)!.status;
      // Who came first, and was known to all others, keeps their place.
      expect([early, ...late].map(status)).toEqual(['active', 'waiting', 'waiting']);
      expect([alone, rival, first, second].map(status)).toEqual(['waiting', 'waiting', 'active', 'active']);
    }
    function all(order: typeof events): Replica {
      const replica = new Replica(ana.replica.id);
      replica.receive({ events: order, texts: [] });
      return replica;
    }
  });

  it('does not make wait who has left since, or was admitted by a decision', async () => {
    const people = (await group(['ana', 'ben', 'cleo'])) as [Person, Person, Person];
    const [ana, ben, cleo] = people;
    const one = await invite(ana, 1);
    const other = await invite(ben, 1);
    await meet(people);
    const gone = new Person('bob', await testSigner('bob'), new Replica(ana.replica.id), 0);
    const left = await one.join(ana, 'bob');
    await gone.pull(ana);
    await gone.act('member.leave', {});
    const rivals = [await other.join(ana, 'dan'), await other.join(ben, 'eve')];
    await meet([ana, ben, gone]);
    const effect = { kind: 'admit' as const, member: rivals[0]! };
    const admitting = await ana.act('proposal.open', { title: { text: 'T' }, text: { text: '' }, effect, deadline: 0 });
    await ben.pull(ana);
    for (const person of [ana, ben]) await person.act('ballot.cast', { proposal: admitting, choice: 'agree' });
    // These did not know of it, and sort later.
    for (let step = 0; step < 9; step++) await cleo.act('member.describe', { name: { text: 'Cleo' } });
    const late = [await one.join(cleo, 'fay'), await other.join(cleo, 'gus')];
    await meet([ana, ben, cleo, gone]);
    for (const { replica } of people) {
      const statuses = [left, ...rivals, ...late].map((id) => replica.state.members.get(id)!.status);
      expect(statuses).toEqual(['left', 'active', 'waiting', 'waiting', 'waiting']);
    }
  });

  it('stops admitting once it is revoked, by whomever, as far as who admits knows of it', async () => {
    const people = (await group(['ana', 'ben'])) as [Person, Person];
    const [ana, ben] = people;
    const many = await invite(ana, 5);
    await meet(people);
    const revoked = () => ana.replica.state.invites.get(many.id)!.revoked;
    expect(revoked()).toBe(false);
    await ben.act('invite.revoke', { invite: many.id });
    await ana.pull(ben);
    expect(revoked()).toBe(true);
    await expect(many.join(ana, 'bob')).rejects.toEqual(refused('invite-revoked'));
    // Of two revocations it is enough to know the one.
    await ana.act('invite.revoke', { invite: many.id });
    await expect(many.join(ben, 'cas')).rejects.toEqual(refused('invite-revoked'));
    await ben.pull(ana);
    await expect(many.join(ben, 'cas')).rejects.toEqual(refused('invite-revoked'));
  });

  it.each([
    ['its issuer', 'sooner', 'waiting'],
    ['its issuer', 'later', 'waiting'],
    ['another', 'sooner', 'active'],
    ['another', 'later', 'active'],
  ])('revoked by %s: whom that had not seen, in the order %s, is %s', async (by, when, status) => {
    const people = (await group(['ana', 'ben'])) as [Person, Person];
    const [ana, ben] = people;
    const many = await invite(by === 'another' ? ben : ana, 5);
    await meet(people);
    const before = await many.join(ana, 'bob');
    await ana.act('invite.revoke', { invite: many.id });
    const dawdling = when === 'later' ? 9 : 0;
    for (let step = 0; step < dawdling; step++) await ben.act('member.describe', { name: { text: 'Ben' } });
    const unknowing = await many.join(ben, 'cas');
    await meet(people);
    for (const { replica } of people) {
      const order = replica.order.map(({ id }) => id);
      const revocation = replica.state.invites.get(many.id)!.why.events[1]!;
      expect(order.indexOf(unknowing) > order.indexOf(revocation)).toBe(when === 'later');
      expect([before, unknowing].map((id) => replica.state.members.get(id)!.status)).toEqual(['active', status]);
    }
  });

  it('issued by two who did not know of each other admits nobody: whom it had, waits', async () => {
    const people = (await group(['ana', 'ben', 'cleo', 'dora'])) as [Person, Person, Person, Person];
    const [ana, ben, cleo, dora] = people;
    const secret = await testSigner('secret of two');
    const issue = (by: Person) =>
      by.act('invite.issue', { invite: secret.device, type: 'resident', uses: 5, days: 14 });
    const join = async (via: Person, name: string) =>
      via.act('member.admit', await admission(via, secret, await testSigner(name), name));
    await issue(ana);
    await cleo.pull(ana);
    const early = await join(cleo, 'eli');
    for (let step = 0; step < 9; step++) await ben.act('member.describe', { name: { text: 'Ben' } });
    await issue(ben);
    await dora.pull(ben);
    // Each knows of one of the two, and these sort after both.
    const late = await join(dora, 'fay');
    for (let step = 0; step < 20; step++) await cleo.act('member.describe', { name: { text: 'Cleo' } });
    const later = await join(cleo, 'gus');
    await meet(people);
    for (const { replica } of people) {
      const statuses = [early, late, later].map((id) => replica.state.members.get(id)!.status);
      expect(statuses).toEqual(['waiting', 'waiting', 'waiting']);
      expect(replica.state.invites.get(secret.device)).toMatchObject({ by: ana.member, revoked: true });
    }
    for (const person of people) await expect(join(person, 'hal')).rejects.toEqual(refused('invite-revoked'));
  });

  it('issued by three admits nobody by who knows of two of them, whichever is the first of all', async () => {
    const people = (await group(['ana', 'ben', 'cleo', 'dora'])) as [Person, Person, Person, Person];
    const [ana, ben, cleo, dora] = people;
    const secret = await testSigner('secret of three');
    const issue = (by: Person) =>
      by.act('invite.issue', { invite: secret.device, type: 'resident', uses: 5, days: 14 });
    await issue(ana);
    for (const person of [ben, cleo]) {
      for (let step = 0; step < 3; step++) await person.act('member.describe', { name: { text: person.name } });
      await issue(person);
      await dora.pull(person);
    }
    const { name: _, ...draft } = await admission(dora, secret, await testSigner('eli'), 'eli');
    const event = await forge(dora, { type: 'member.admit', payload: { ...draft, name: '1'.repeat(64) } });
    for (const { replica } of [dora, ana]) {
      if (replica !== dora.replica) replica.receive(await dora.batch());
      replica.receive({ events: [event], texts: [] });
      expect(replica.state.withoutEffect.get(event.id)?.code).toBe('invite-revoked');
    }
    expect(ana.replica.state.invites.get(secret.device)!.by).toBe(ana.member);
  });

  it('admits no device that is in already', async () => {
    const people = (await group(['ana', 'ben'])) as [Person, Person];
    const one = await invite(people[0], 5);
    await expect(one.join(people[0], 'ben')).rejects.toEqual(refused('device-known'));
    const cas = await one.join(people[0], 'cas');
    await expect(one.join(people[0], 'cas')).rejects.toEqual(refused('device-known'));
    expect(people[0].replica.state.members.get(cas)!.status).toBe('active');
  });

  it('is for who may invite, to a type that there is, once', async () => {
    const [ana] = (await group(['ana'])) as [Person];
    const friend = await admit(ana, 'friend', 'supporter');
    const issue = async (by: Person, name: string, type = 'resident') =>
      by.act('invite.issue', { invite: await nobody(name), type, uses: 1, days: 14 });
    await expect(issue(friend, 'one')).rejects.toEqual(refused('not-entitled'));
    await expect(issue(ana, 'one', 'lodger')).rejects.toEqual(refused('membership-type-unknown'));
    await issue(ana, 'one');
    await expect(issue(ana, 'one')).rejects.toEqual(refused('invite-twice'));
    await friend.pull(ana);
    const revoke = (by: Person, id: string) => by.act('invite.revoke', { invite: id });
    await expect(revoke(friend, await nobody('one'))).rejects.toEqual(refused('not-entitled'));
    await expect(revoke(ana, await nobody('none'))).rejects.toEqual(refused('invite-unknown'));
  });
});

describe('for how long an invite is good', () => {
  it('is as the agreement says at most, by the clause that binds whoever issues it', async () => {
    const [ana] = (await group(['ana'])) as [Person];
    const issue = async (days: number) =>
      ana.act('invite.issue', { invite: await nobody(`for ${days}`), type: 'resident', uses: 1, days });
    await issue(14);
    await expect(issue(15)).rejects.toMatchObject({
      code: 'refused-invite-too-long',
      params: { protocol: 'admission' },
    });
    const base = ana.replica.id;
    const params = { mode: 'invite', days: 15 } as const;
    const effect = { kind: 'parameters' as const, base, protocol: 'admission', params };
    const proposal = await ana.act('proposal.open', { title: { text: 'T' }, text: { text: '' }, effect, deadline: 0 });
    await ana.act('ballot.cast', { proposal, choice: 'agree' });
    const issued = await issue(15);
    const { days, why } = ana.replica.state.invites.get(await nobody('for 15'))!;
    expect([days, why.events]).toEqual([15, [issued]]);
  });

  it('is a day at least and a year at most, in the agreement as in an invite', async () => {
    const issued = { invite: await nobody('guest'), type: 'resident', uses: 1 };
    for (const [days, isSo] of [
      [0, false],
      [1, true],
      [365, true],
      [366, false],
    ] as const) {
      expect(parametersOf('admission')({ mode: 'invite', days })).toBe(isSo);
      expect(memberEvents['invite.issue']({ ...issued, days })).toBe(isSo);
    }
  });
});

describe('the shape of what lets somebody in', () => {
  it('bounds the uses of an invite and the label of a device', async () => {
    const [invite, device] = [await nobody('guest'), await nobody('phone')];
    const uses = (count: number) => memberEvents['invite.issue']({ invite, type: 'resident', uses: count, days: 1 });
    expect([0, 1, 150, 151].map(uses)).toEqual([false, true, true, false]);
    const proof = new Uint8Array(64);
    const labelled = (letters: number) => memberEvents['device.certify']({ device, label: 'x'.repeat(letters), proof });
    expect([0, 1, 40, 41].map(labelled)).toEqual([false, true, true, false]);
  });
});

describe('what members say about themselves', () => {
  it('is what they said last: what they leave out is gone', async () => {
    const [ana] = (await group(['ana'])) as [Person];
    const said = () => {
      const { about, seeks, offers } = ana.replica.state.members.get(ana.member)!;
      return [about, seeks, offers].map((text) => text !== undefined);
    };
    const name = { text: 'Ana' };
    const whole = { about: { text: 'A' }, seeks: { text: 'S' }, offers: { text: 'O' } };
    await ana.act('member.describe', { name, ...whole });
    expect(said()).toEqual([true, true, true]);
    await ana.act('member.describe', { name, seeks: whole.seeks });
    expect(said()).toEqual([false, true, false]);
    await ana.act('member.describe', { name });
    expect(Object.keys(ana.replica.state.members.get(ana.member)!)).not.toContain('seeks');
  });
});

describe('devices', () => {
  it('are up to ten a member, each of one member, and end by that member', async () => {
    const people = (await group(['ana', 'ben'])) as [Person, Person];
    const [ana, ben] = people;
    const certify = async (by: Person, name: string) => {
      const device = await testSigner(name);
      const proof = await device.sign(consentMessage(by.replica.id, by.signer.device));
      return by.act('device.certify', { device: device.device, label: name, proof });
    };
    for (let count = 2; count <= 10; count++) await certify(ana, `phone ${count}`);
    await expect(certify(ana, 'phone 11')).rejects.toEqual(refused('too-many-devices'));
    await meet(people);
    await expect(certify(ben, 'phone 2')).rejects.toEqual(refused('device-known'));
    const revoke = async (by: Person, name: string) => by.act('device.revoke', { device: await nobody(name) });
    await expect(revoke(ben, 'phone 2')).rejects.toEqual(refused('device-unknown'));
    await expect(revoke(ben, 'no phone')).rejects.toEqual(refused('device-unknown'));
    await revoke(ana, 'phone 2');
    expect(ana.replica.state.devices.get(await nobody('phone 2'))!.status).toBe('revoked');
  });
});
