import { describe, expect, it } from 'vitest';
import { PUBLICATION, type Person, admit, group, withGuests } from '../../../test/kit/group';
import { SealingGroup } from '../../../test/kit/sealing';
import { foreseeWithdrawal } from './foreseen';

const PAGE = 'welcome';

describe('what the rules would say to taking a page back', () => {
  it('is what they say', async () => {
    const [ana] = (await group(['ana'], [...withGuests(), PUBLICATION])) as [Person];
    const gil = await admit(ana, 'gil', 'guest');
    const said = (by: Person) => foreseeWithdrawal(by.replica.state, by.member, PAGE);
    const clause = { version: ana.replica.id, protocol: 'publication' };
    expect(said(ana)).toEqual({ code: 'page-not-public', clause, facts: [] });
    await ana.act('page.publish', { page: PAGE, title: { text: 'T' }, text: { text: 'X' } });
    await gil.pull(ana);
    expect(said(ana)).toBeUndefined();
    expect(said(gil)).toEqual({
      code: 'withdrawing-not-entitled',
      clause,
      facts: [{ kind: 'types', type: 'guest', entitled: ['resident', 'supporter'] }],
    });
    await expect(gil.act('page.withdraw', { page: PAGE })).rejects.toMatchObject({
      code: `refused-${said(gil)!.code}`,
    });
    await ana.act('member.leave', {});
    expect(said(ana)?.code).toBe('author-left');
  });

  it('is so of a page that is public by now, and not of one that was taken back', async () => {
    const sealing = new SealingGroup(await group(['ana'], [...withGuests(), PUBLICATION]));
    const [ana] = sealing.people as [Person];
    const said = () => foreseeWithdrawal(ana.replica.state, ana.member, PAGE)?.code;
    await ana.act('page.publish', { page: PAGE, title: { text: 'T' }, text: { text: 'X' } });
    await sealing.pass(3);
    expect([...ana.replica.state.publications.values()].map(({ status }) => status)).toEqual(['public']);
    expect(said()).toBeUndefined();
    await ana.act('page.withdraw', { page: PAGE });
    expect(said()).toBe('page-not-public');
  });
});
