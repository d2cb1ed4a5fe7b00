import { describe, expect, it } from 'vitest';
import { forge } from '../../../test/kit/forge';
import { PUBLICATION, type Person, admit, group, meet, protocols, withGuests } from '../../../test/kit/group';
import { TEXT } from '../../../test/kit/rows';
import { SealingGroup } from '../../../test/kit/sealing';
import type { Parameters, ProtocolSpec } from '../agreement/model';
import type { Entry } from '../../record/entry';
import type { Draft } from '../../record/text';
import type { Context } from '../rule';
import { Tables } from '../tables';
import type { Publication } from './model';
import { publicOf, publicPages, publicationsOf } from './queries';
import { putForward } from './rules';

const PAGE = 'welcome';
type Three = [Person, Person, Person];

/** An agreement in which residents make pages public by themselves. */
const agreed = (change: Partial<Parameters<'publication'>> = {}): Draft<ProtocolSpec>[] => {
  const params = { ...(PUBLICATION.params as Parameters<'publication'>), ...change };
  return [...protocols({ none: 'majority' }), { ...PUBLICATION, params } as Draft<ProtocolSpec>];
};

const sealed = async (given = agreed()): Promise<{ sealing: SealingGroup; people: Three }> => {
  const sealing = new SealingGroup(await group(['ana', 'ben', 'cleo'], given));
  await sealing.pass(3);
  return { sealing, people: sealing.people as Three };
};
const publish = (by: Person, words = 'Come in.', page = PAGE): Promise<string> =>
  by.act('page.publish', { page, title: { text: 'Welcome' }, text: { text: words } });
const propose = (by: Person, words = 'Come in.'): Promise<string> =>
  by.act('proposal.open', {
    title: { text: 'To the world' },
    text: { text: '' },
    effect: { kind: 'publish', page: PAGE, title: { text: 'Welcome' }, text: { text: words } },
    deadline: 0,
  });
const agree = async (proposal: string, people: readonly Person[]): Promise<void> => {
  for (const person of people) await person.act('ballot.cast', { proposal, choice: 'agree' });
};
const takeBack = (by: Person): Promise<string> => by.act('page.withdraw', { page: PAGE });
const row = (by: Person, id: string): Publication => by.replica.state.publications.get(id)!;
const refused = (code: string) => ({ code: `refused-${code}` });

describe('a page', () => {
  it('is public from the seal on after a member whose type may made it so, with the text of then', async () => {
    const { sealing, people } = await sealed();
    const [ana, ben] = people;
    const id = await publish(ana);
    expect(row(ana, id)).toMatchObject({ status: 'waiting', page: PAGE, by: ana.member });
    expect(publicPages(ana.replica.state)).toEqual([]);
    await sealing.pass(3);
    expect(row(ben, id)).toMatchObject({ status: 'public', sealed: 2, why: { events: [id] } });
    expect(publicOf(ben.replica.state, PAGE)?.id).toBe(id);
    expect(ana.replica.text(row(ana, id).text)).toBe('Come in.');
    const newer = await publish(ana, 'Come in, all.');
    expect(publicOf(ana.replica.state, PAGE)?.id).toBe(id);
    await sealing.pass(3);
    expect(publicationsOf(ben.replica.state, PAGE).map(({ id: one, status }) => [one, status])).toEqual([
      [newer, 'public'],
      [id, 'replaced'],
    ]);
  });

  it('is public by no member alone where the agreement says nothing of it: as a new agreement it is decided', async () => {
    const { sealing, people } = await sealed(protocols());
    const [ana, ben, cleo] = people;
    await expect(publish(ana)).rejects.toMatchObject(refused('publishing-decided'));
    const id = await propose(ana);
    const { rule, clause } = ana.replica.state.proposals.get(id)!;
    expect([rule.id, clause.protocol]).toEqual(['assent', 'decisions']);
    await meet(people);
    await agree(id, people);
    await meet(people);
    expect(row(cleo, id)).toMatchObject({ status: 'waiting', by: ana.member });
    await sealing.pass(3);
    expect(row(cleo, id)).toMatchObject({ status: 'public' });
    expect(row(cleo, id).why.events).toHaveLength(4);
    // Any of them takes it back, at once.
    await takeBack(ben);
    expect(publicOf(ben.replica.state, PAGE)).toBeUndefined();
  });

  it('is decided on by the class that the protocol names, and not while that is suspended', async () => {
    const uses = { suspend: 'majority' };
    const given = [...protocols(uses), agreed({ publishers: ['supporter'], class: 'consent' }).at(-1)!];
    const people = (await group(['ana', 'ben', 'cleo'], given)) as Three;
    const [ana] = people;
    const id = await propose(ana);
    expect(ana.replica.state.proposals.get(id)!.clause.protocol).toBe('publication');
    expect(ana.replica.state.proposals.get(id)!.rule.id).toBe('consent');
    const off = await ana.act('proposal.open', {
      title: { text: 'Off' },
      text: { text: '' },
      effect: { kind: 'suspend', base: ana.replica.id, protocol: 'publication' },
      deadline: 0,
    });
    await meet(people);
    await agree(off, people);
    await meet(people);
    const next = await propose(ana);
    expect(ana.replica.state.proposals.get(next)!.rule.id).toBe('assent');
  });

  it('is not made public by what a seal finds without the right to', async () => {
    const { sealing, people } = await sealed();
    const [ana, ben, cleo] = people;
    const id = await publish(cleo);
    const base = ana.replica.id;
    const params = { class: 'majority', publishers: [], withdraw: 'voters' };
    const change = await ana.act('proposal.open', {
      title: { text: 'Not alone' },
      text: { text: '' },
      effect: { kind: 'parameters', base, protocol: 'publication', params },
      deadline: 0,
    });
    await ben.pull(ana);
    await cleo.pull(ana);
    await agree(change, [ana, ben, cleo]);
    await meet(people);
    await sealing.pass(4);
    expect(ana.replica.state.versions.size).toBe(2);
    expect(row(ana, id)).toMatchObject({ status: 'lapsed' });
    expect(publicPages(ana.replica.state)).toEqual([]);
  });
});

describe('a page of who is no member any more when the seal comes', () => {
  it('is not made public, though their kind still does so alone', async () => {
    const { sealing, people } = await sealed();
    const [, ben, cleo] = people;
    const id = await publish(cleo);
    await cleo.act('member.leave', {});
    await meet(people);
    await sealing.pass(4);
    expect(row(ben, id)).toMatchObject({ status: 'lapsed' });
  });
});

describe('taking a page back', () => {
  it.each([
    ['before a seal', false],
    ['after it', true],
  ])(
    'ends what is public or about to be, %s, at once, and what was put forward knowing of it is not meant',
    async (_, late) => {
      const { sealing, people } = await sealed();
      const [ana, ben] = people;
      const id = await publish(ana);
      await meet(people);
      if (late) await sealing.pass(3);
      const back = await takeBack(ben);
      await meet(people);
      expect(row(ana, id)).toMatchObject({ status: 'withdrawn', withdrawals: [back] });
      const anew = await publish(ana, 'Once more.');
      await meet(people);
      await sealing.pass(3);
      expect(publicOf(ben.replica.state, PAGE)?.id).toBe(anew);
    },
  );

  it('takes a member who votes, or every member, as the agreement says', async () => {
    for (const withdraw of ['voters', 'members'] as const) {
      const given = [...withGuests(), agreed({ withdraw }).at(-1)!];
      const [ana] = (await group(['ana'], given)) as [Person];
      const sue = await admit(ana, 'sue', 'supporter');
      const gil = await admit(ana, 'gil', 'guest');
      await publish(ana);
      for (const by of [sue, gil]) await by.pull(ana);
      if (withdraw === 'members') await takeBack(gil);
      else await expect(takeBack(gil)).rejects.toMatchObject(refused('withdrawing-not-entitled'));
      await takeBack(sue);
    }
  });

  it('takes who makes pages public alone, and who put the page forward, without a vote', async () => {
    const given = [...withGuests(), agreed({ publishers: ['guest'] }).at(-1)!];
    const [ana] = (await group(['ana'], given)) as [Person];
    const [gil, gus] = [await admit(ana, 'gil', 'guest'), await admit(ana, 'gus', 'guest')];
    const ted = await admit(ana, 'ted', 'guest');
    await publish(gil);
    await gus.pull(gil);
    await takeBack(gus);
    await gil.pull(gus);
    await publish(gil);
    await ted.pull(gil);
    await publish(ted);
    await ana.pull(ted);
    // Their kind does so no more.
    const base = ana.replica.id;
    const params = { class: 'majority', publishers: [], withdraw: 'voters' };
    const off = await ana.act('proposal.open', {
      title: { text: 'Off' },
      text: { text: '' },
      effect: { kind: 'parameters', base, protocol: 'publication', params },
      deadline: 0,
    });
    await agree(off, [ana]);
    await meet([ana, gil, gus, ted]);
    await expect(takeBack(gus)).rejects.toMatchObject(refused('withdrawing-not-entitled'));
    await takeBack(gil);
  });

  it('is refused of what is not public: nothing was, or it was taken back before', async () => {
    const [ana, ben] = (await group(['ana', 'ben'], agreed())) as [Person, Person];
    await expect(takeBack(ana)).rejects.toMatchObject(refused('page-not-public'));
    // Not of what its author had not seen either, or the order would say whether it counts.
    await publish(ana);
    const blind = await forge(ben, { type: 'page.withdraw', payload: { page: PAGE } });
    ben.replica.receive({ events: [blind], texts: [] });
    await meet([ana, ben]);
    expect(ana.replica.state.withoutEffect.get(blind.id)?.code).toBe('page-not-public');
    await takeBack(ben);
    await expect(takeBack(ben)).rejects.toMatchObject(refused('page-not-public'));
  });

  it('is kept with every text that did not know of it, by ids and not by places in the order', async () => {
    const people = (await group(['ana', 'ben', 'cleo'], agreed())) as Three;
    const [ana, ben, cleo] = people;
    const pages = 'abcdefghij'.split('');
    const each = async (by: Person, act: (page: string) => Promise<string>): Promise<void> => {
      // The other way round, so that what is the same to both comes at different depths.
      for (const page of by === ben ? [...pages].reverse() : pages) await act(page);
    };
    const takeBackFor = (by: Person) => (page: string) => by.act('page.withdraw', { page });
    await each(ana, (page) => publish(ana, 'Come in.', page));
    await meet(people);
    await each(ana, takeBackFor(ana));
    await each(ben, takeBackFor(ben));
    await meet([ana, ben]);
    await each(ana, (page) => publish(ana, 'Once more.', page));
    await each(ana, takeBackFor(ana));
    await each(cleo, (page) => publish(cleo, 'Not knowing.', page));
    await meet(people);
    const rows = [...cleo.replica.state.publications.values()];
    const counts = (by: Person) => rows.filter((one) => one.by === by.member).map((one) => one.withdrawals.length);
    expect(counts(cleo)).toEqual(pages.map(() => 3));
    expect(counts(ana).sort()).toEqual([...pages.map(() => 1), ...pages.map(() => 3)]);
    for (const { withdrawals } of rows) expect(withdrawals).toEqual([...withdrawals].sort());
  });

  it('is with what is put forward anew in the same order, whatever that of the table', () => {
    const text = TEXT;
    for (const order of [
      ['a', 'b'],
      ['b', 'a'],
    ]) {
      const tables = new Tables();
      const put = { ...{ page: PAGE, title: text, text, by: 'ana', status: 'withdrawn' as const, time: 1 } };
      for (const id of order)
        tables.set('publications', id, { ...put, id, withdrawals: [`w${id}`], why: { events: [id] } });
      const past = { get: (id: string) => ({ id }), before: () => false };
      putForward({ tables, past } as unknown as Context, { id: 'c' } as Entry, put, { events: ['c'] });
      expect(tables.get('publications', 'c')!.withdrawals).toEqual(['wa', 'wb']);
    }
  });

  it('wins over whoever did not know of it, in one seal or in two', async () => {
    for (const apart of [false, true]) {
      const { sealing, people } = await sealed();
      const [ana, ben, cleo] = people;
      await publish(ana);
      await sealing.pass(3);
      await takeBack(ben);
      // Cleo is offline meanwhile.
      const blind = await publish(cleo, 'Newer.');
      if (apart) await sealing.pass(4, [ana, ben]);
      await meet(people);
      await sealing.pass(4);
      expect(row(ana, blind)).toMatchObject({ status: 'withdrawn' });
      expect(publicPages(cleo.replica.state)).toEqual([]);
    }
  });

  it('stands against a proposal that was made before, and not against one after', async () => {
    const { sealing, people } = await sealed();
    const [ana, ben] = people;
    await publish(ana);
    await meet(people);
    const before = await propose(ana, 'By us all.');
    await meet(people);
    await takeBack(ben);
    await meet(people);
    const after = await propose(ana, 'By us all, anew.');
    await meet(people);
    for (const proposal of [before, after]) await agree(proposal, people);
    await meet(people);
    await sealing.pass(4);
    expect(ana.replica.state.proposals.get(before)!.status).toBe('adopted');
    expect(row(ana, before).status).toBe('withdrawn');
    expect(row(ana, after).status).toBe('public');
  });
});

describe('two texts of a page', () => {
  it('of which neither knew the other leave it as it was, until somebody who knows both puts one forward', async () => {
    const { sealing, people } = await sealed();
    const [ana, ben] = people;
    const old = await publish(ana, 'Old.');
    await sealing.pass(3);
    const [one, two] = [await publish(ana, 'One.'), await publish(ben, 'Two.')];
    await meet(people);
    await sealing.pass(3);
    for (const id of [one, two]) expect(row(ana, id)).toMatchObject({ status: 'clashing' });
    expect(publicOf(ana.replica.state, PAGE)?.id).toBe(old);
    const both = await publish(ben, 'Both.');
    await meet(people);
    await sealing.pass(3);
    expect(publicOf(ana.replica.state, PAGE)?.id).toBe(both);
    expect(row(ana, old).status).toBe('replaced');
  });

  it('can not be taken back where they clash and nothing of the page is public', async () => {
    const { sealing, people } = await sealed();
    const [ana, ben] = people;
    const ids = [await publish(ana, 'One.'), await publish(ben, 'Two.')];
    await meet(people);
    await sealing.pass(3);
    expect(ids.map((id) => row(ana, id).status)).toEqual(['clashing', 'clashing']);
    await expect(takeBack(ana)).rejects.toMatchObject(refused('page-not-public'));
  });

  it('are in the order in which they were written, not decided', async () => {
    const { sealing, people } = await sealed();
    const [ana] = people;
    const slow = await propose(ana, 'Older.');
    const quick = await publish(ana, 'Newer.');
    await meet(people);
    await sealing.pass(3);
    await agree(slow, people);
    await meet(people);
    await sealing.pass(3);
    expect(row(ana, slow)).toMatchObject({ status: 'replaced' });
    expect(publicOf(ana.replica.state, PAGE)?.id).toBe(quick);
  });

  it('of different pages have nothing to do with each other', async () => {
    const { sealing, people } = await sealed();
    const [ana, ben] = people;
    await publish(ana, 'A.', 'a');
    await publish(ben, 'B.', 'b');
    await meet(people);
    await sealing.pass(3);
    expect(
      publicPages(ana.replica.state)
        .map(({ page }) => page)
        .sort(),
    ).toEqual(['a', 'b']);
  });
});

describe('the text that was made public', () => {
  it('can be erased by who made it so, and by a decision where it stands in a proposal', async () => {
    const { sealing, people } = await sealed();
    const [ana, ben] = people;
    const id = await publish(ana);
    const { text } = row(ana, id);
    await ana.act('text.erase', { event: id, text });
    expect(ana.replica.text(text)).toBeNull();
    const proposal = await propose(ana, 'About Ben.');
    await meet(people);
    const { effect } = ana.replica.state.proposals.get(proposal)!;
    if (effect.kind !== 'publish') throw new Error('another effect');
    const erase = await ben.act('proposal.open', {
      title: { text: 'Not about me' },
      text: { text: '' },
      effect: { kind: 'erase', event: proposal, text: effect.text },
      deadline: 0,
    });
    await meet(people);
    await agree(erase, people);
    await meet(people);
    await sealing.pass(3);
    expect(ana.replica.text(effect.text)).toBeNull();
  });
});
