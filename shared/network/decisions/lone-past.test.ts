import { describe, expect, it } from 'vitest';
import { forge } from '../../../test/kit/forge';
import { type Person, admit, group, meet, testSigner } from '../../../test/kit/group';
import { SealingGroup } from '../../../test/kit/sealing';
import type { SignedEvent } from '../../record/event';
import type { Signer } from '../../record/signature';
import { consentMessage } from '../certificates';

/** Ana certified a second device while she was alone: its events may cite that and nothing that came after. */
async function threeAndAPhone() {
  const [ana] = (await group(['ana'])) as [Person];
  const phone = await testSigner('anas phone');
  const proof = await phone.sign(consentMessage(ana.replica.id, ana.signer.device));
  const certificate = await ana.act('device.certify', { device: phone.device, label: 'phone', proof });
  const people = [ana, await admit(ana, 'ben'), await admit(ana, 'cleo')] as const;
  await meet(people);
  return { people, phone, certificate };
}

/** A proposal to spend everything, and Ana’s ballot on it, both from a past in which nobody else was there. */
async function alone(ana: Person, phone: Signer, certificate: string): Promise<readonly [SignedEvent, SignedEvent]> {
  const effect = { kind: 'spend', amount: 1_000_000, unit: 'EUR' };
  const proposal = await forge(
    ana,
    {
      type: 'proposal.open',
      payload: { title: '1'.repeat(64), text: '2'.repeat(64), effect, deadline: 0 },
      sequence: 0,
      previous: null,
      parents: [certificate],
    },
    phone,
  );
  const ballot = await forge(
    ana,
    {
      type: 'ballot.cast',
      payload: { proposal: proposal.id, choice: 'agree' },
      sequence: 1,
      previous: proposal.id,
      parents: [],
    },
    phone,
  );
  return [proposal, ballot];
}

describe('a proposal citing a past in which its author was the only member', () => {
  it('is decided by all who were members at the seal before it, and not by its author', async () => {
    const { people, phone, certificate } = await threeAndAPhone();
    const sealing = new SealingGroup(people);
    await sealing.pass(5);
    const [ana] = people;
    expect(ana.replica.seals.seals.length).toBeGreaterThan(0);
    const [proposal, ballot] = await alone(ana, phone, certificate);
    for (const { replica } of people) replica.receive({ events: [proposal, ballot], texts: [] });
    const expectOpen = (): void => {
      for (const { replica } of people) {
        const row = replica.state.proposals.get(proposal.id)!;
        expect(row.electorate).toEqual(people.map(({ member }) => member).sort());
        expect([row.status, row.tally.agree]).toEqual(['open', 1]);
        expect(replica.state.allowances.size).toBe(0);
      }
    };
    expectOpen();
    const height = ana.replica.seals.seals.length;
    await sealing.pass(10);
    expect(ana.replica.seals.seals.length).toBeGreaterThan(height);
    expectOpen();
  });

  it('before any seal is decided by that past, and everybody sees by whom', async () => {
    const { people, phone, certificate } = await threeAndAPhone();
    const [ana] = people;
    const events = await alone(ana, phone, certificate);
    for (const { replica } of people) {
      replica.receive({ events, texts: [] });
      const row = replica.state.proposals.get(events[0].id)!;
      expect([row.status, row.electorate, row.tally.electorate]).toEqual(['adopted', [ana.member], 1]);
      expect(row.sealed).toBeUndefined();
    }
  });
});
