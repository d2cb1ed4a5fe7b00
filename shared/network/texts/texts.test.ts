import { describe, expect, it } from 'vitest';
import { type Person, group, meet } from '../../../test/kit/group';
import { SealingGroup } from '../../../test/kit/sealing';
import type { TextRef } from '../../record/text';
import { stateDigest } from '../digest/digest';

describe('erasing a text', () => {
  it('leaves the proof that it stood there, and no words, on every peer that hears of it', async () => {
    const [ana, ben] = (await group(['ana', 'ben'])) as [Person, Person];
    const event = await ben.act('member.describe', { name: { text: 'Benjamin' } });
    const ref = ben.replica.state.members.get(ben.member)!.name;
    const said = ben.replica.record.get(event)!;
    ana.replica.receive({ events: [...ben.replica.record.all()], texts: ben.replica.textsOf(said) });
    expect(ana.replica.text(ref)).toBe('Benjamin');
    await ben.act('text.erase', { event, text: ref });
    await meet([ana, ben]);
    for (const { replica } of [ana, ben]) {
      expect(replica.text(ref)).toBeNull();
      expect(replica.state.members.get(ben.member)!.name).toBe(ref);
    }
    // And whoever brings it back is not listened to.
    ana.replica.receive({
      events: [said],
      texts: [{ author: ben.signer.device, salt: new Uint8Array(16), text: 'Benjamin' }],
    });
    expect(ana.replica.text(ref)).toBeNull();
    expect(stateDigest(ana.replica.state)).toBe(stateDigest(ben.replica.state));
  });

  it('can not be done to another’s words by naming them as one’s own', async () => {
    const [ana, ben] = (await group(['ana', 'ben'])) as [Person, Person];
    const proposal = await ana.act('proposal.open', {
      title: { text: 'T' },
      text: { text: 'X' },
      effect: { kind: 'none' },
      deadline: 0,
    });
    const ballot = await ana.act('ballot.cast', { proposal, choice: 'disagree', reason: { text: 'Damp' } });
    const reason = ana.replica.state.ballots.get(ballot)!.reason!;
    await ben.pull(ana);
    const copy = await ben.act('ballot.cast', { proposal, choice: 'disagree', reason });
    await ben.act('text.erase', { event: copy, text: reason });
    await ana.pull(ben);
    expect(ana.replica.text(reason)).toBe('Damp');
  });

  it('is refused for another’s event, for what members decided by, and for what its author had not seen', async () => {
    const [ana, ben] = (await group(['ana', 'ben'])) as [Person, Person];
    const described = await ana.act('member.describe', { name: { text: 'Ana' } });
    const name = ana.replica.state.members.get(ana.member)!.name;
    await expect(ben.act('text.erase', { event: described, text: name })).rejects.toMatchObject({
      code: 'refused-event-unknown',
    });
    await ben.pull(ana);
    await expect(ben.act('text.erase', { event: described, text: name })).rejects.toMatchObject({
      code: 'refused-text-not-yours',
    });
    const purpose = ana.replica.state.network.get('network')!.purpose;
    await expect(ana.act('text.erase', { event: ana.replica.id, text: purpose })).rejects.toMatchObject({
      code: 'refused-text-not-erasable',
    });
  });

  it('by a decision deletes another’s words, also a proposal’s, once a seal has fixed it and not before', async () => {
    const sealing = new SealingGroup(await group(['ana', 'ben', 'cleo']));
    const people = sealing.people as [Person, Person, Person];
    const [ana, ben] = people;
    await sealing.pass(3);
    const slander = await ben.act('proposal.open', {
      title: { text: 'Ana steals' },
      text: { text: 'She does.' },
      effect: { kind: 'none' },
      deadline: 0,
    });
    await meet(people);
    const { title, text: words } = ana.replica.state.proposals.get(slander)!;
    const proposal = await ana.act('proposal.open', {
      title: { text: 'Erase it' },
      text: { text: 'It is not true.' },
      effect: { kind: 'erase', event: slander, text: title },
      deadline: 0,
    });
    await meet(people);
    for (const person of people) await person.act('ballot.cast', { proposal, choice: 'agree' });
    await meet(people);
    for (const { replica } of people) {
      expect(replica.state.proposals.get(proposal)).toMatchObject({ status: 'adopted' });
      expect(replica.state.erased.size).toBe(0);
    }
    const before = people.map(({ replica }) => replica.text(title));
    expect(before).toContain('Ana steals');
    await sealing.pass(4);
    for (const { replica } of people) {
      expect(replica.state.proposals.get(proposal)!.sealed).toBeDefined();
      expect([...replica.state.erased.values()]).toEqual([{ text: title, author: ben.signer.device, event: proposal }]);
      expect(replica.text(title)).toBeNull();
      expect(replica.state.proposals.get(slander)!.title).toBe(title);
    }
    expect(ben.replica.text(words)).toBe('She does.');
  });

  it('is not decided on for the words of the agreement, nor for what its proposer had not seen', async () => {
    const [ana, ben] = (await group(['ana', 'ben'])) as [Person, Person];
    const ask = (by: Person, event: string, text: string) =>
      by.act('proposal.open', {
        title: { text: 'T' },
        text: { text: 'X' },
        effect: { kind: 'erase', event, text: text as TextRef },
        deadline: 0,
      });
    const { purpose } = ana.replica.state.network.get('network')!;
    await expect(ask(ana, ana.replica.id, purpose)).rejects.toMatchObject({ code: 'refused-text-not-erasable' });
    const said = await ben.act('member.describe', { name: { text: 'Benjamin' } });
    const name = ben.replica.state.members.get(ben.member)!.name;
    await expect(ask(ana, said, name)).rejects.toMatchObject({ code: 'refused-event-unknown' });
    await expect(ask(ben, said, purpose)).rejects.toMatchObject({ code: 'refused-text-not-erasable' });
    await ask(ben, said, name);
  });
});
