import type { SignedEvent } from '../../shared/record/event';
import type { TextRef } from '../../shared/record/text';
import { forge } from '../kit/forge';
import { type Person, meet } from '../kit/group';
import { SealingGroup } from '../kit/sealing';
import { Authors, type Three, give, post } from './author';
import { afterwards, departures, restoration, rivals } from './arrivals';
import { declined } from './declined';

const DAY = 86_400_000;

export interface Scenario {
  readonly authors: Authors;
  readonly founder: Person;
  readonly people: Readonly<Record<'ana' | 'ben' | 'cleo' | 'dora' | 'phone' | 'laptop' | 'keeper', Person>>;
}

/** A small network's life over four seals, and what came after: a bit of everything that leaves a trace in the state. */
export async function scenario(): Promise<Scenario> {
  const authors = new Authors();
  const ana = await authors.found('ana');
  const { ben, cleo, spend } = await beginnings(authors, ana);
  const everybody = [ana, ben, cleo];
  const sealing = new SealingGroup([ana]);
  await sealing.pass(2);
  sealing.people.push(ben, cleo);
  await meet(everybody);
  const { laptop, keeper } = await devices(authors, [ana, ben, cleo]);
  await purchase(authors, [ana, ben, cleo]);
  await payments(authors, [ana, ben, cleo], spend);
  const dora = await rivals(authors, [ana, ben, cleo]);
  await amendments(authors, [ana, ben, cleo]);
  await publications(authors, [ana, ben, cleo]);
  await bookings(authors, [ana, ben, cleo]);
  const distributed = await distribution(authors, [ana, ben, cleo]);
  await oddities([ana, ben, cleo], keeper);
  const open = await authors.open(ben, 'Paint the door', { kind: 'none' });
  await ana.pull(ben);
  await ana.act('ballot.cast', { proposal: open, choice: 'agree' });
  await cleo.pull(ana);
  await cleo.act('ballot.cast', { proposal: open, choice: 'abstain' });
  await meet(everybody);
  await sealing.pass(4);
  await partsPaid(authors, [ana, ben, cleo], distributed);
  await declined(authors, [ana, ben, cleo], distributed);
  const phone = await departures(authors, [ana, ben, cleo], dora);
  sealing.people.push(phone);
  await sealing.clock.advance(12 * DAY);
  await meet([...everybody, phone]);
  await sealing.pass(4);
  const here = [phone, ben, dora];
  await meet(here);
  const again = await restoration(authors, [phone, ben, dora]);
  // In whoever's hands the old device is, it still seals: of three all are needed.
  sealing.people.push(dora);
  await sealing.pass(4, here);
  await again.pull(phone);
  await afterwards(authors, [phone, ben, cleo], open, [dora, again]);
  await meet([...everybody, ...here, again]);
  return { authors, founder: ana, people: { ana, ben, cleo, dora, phone, laptop, keeper } };
}

/** Before there is any seal: who is there, a decision that is closed by hand, words that are erased. */
async function beginnings(authors: Authors, ana: Person) {
  const invite = await authors.invite(ana, 'first invite', 2);
  const ben = await authors.admit(ana, invite, 'ben');
  const cleo = await authors.admit(ana, invite, 'cleo');
  await ben.pull(ana);
  const [name, about] = [authors.words(ben.signer, 'Ben B.'), authors.words(ben.signer, 'Grinds.')];
  await ben.act('member.describe', { name, about });
  await post(authors, ben, 'contribution', [
    ['bank', 100_000],
    [`member:${ben.member}`, -100_000],
  ]);
  const spend = await authors.open(ben, 'Mend the roof', { kind: 'spend', amount: 20_000, unit: 'EUR' });
  const agreeing = await ben.act('ballot.cast', { proposal: spend, choice: 'agree' });
  await cleo.pull(ben);
  const reason = authors.words(cleo.signer, 'I was not there.');
  const abstaining = await cleo.act('ballot.cast', { proposal: spend, choice: 'abstain', reason });
  await cleo.act('decision.close', { proposal: spend, ballots: [agreeing, abstaining].sort() });
  await cleo.act('text.erase', { event: abstaining, text: reason });
  await meet([ana, ben, cleo]);
  return { ben, cleo, spend };
}

/** A second device that forks, and a keeper that votes. */
async function devices(authors: Authors, [ana, ben, cleo]: Three) {
  const laptop = await authors.certify(ana, 'laptop');
  await ana.act('device.receives', { key: '9'.padStart(64, '0') });
  const keeper = await authors.certify(ben, 'keeper', 'keeper');
  const name = authors.words(laptop.signer, 'Ana A.');
  const branches: SignedEvent[] = [];
  for (const time of [1, 2]) branches.push(await forge(laptop, { type: 'member.describe', payload: { name }, time }));
  give(branches, [ana, cleo]);
  await meet([ana, ben, cleo]);
  return { laptop, keeper };
}

/** A candidate, pledges of which some lapse, the decision to buy, the purchase and a pledge that is paid. */
async function purchase(authors: Authors, [ana, ben, cleo]: Three): Promise<void> {
  const people = [ana, ben, cleo];
  const [name, about] = [authors.words(ben.signer, 'The old mill'), authors.words(ben.signer, 'By the brook.')];
  const resource = await ben.act('resource.seek', { name, about, kind: 'house', amount: 90_000, unit: 'EUR' });
  await meet(people);
  const pledge = (by: Person, amount: number, together: number, condition?: TextRef): Promise<string> =>
    by.act('pledge.make', { resource, amount, unit: 'EUR', together, ...(condition && { condition }) });
  const due = await pledge(cleo, 30_000, 0);
  const counted = await pledge(ben, 60_000, 90_000, authors.words(ben.signer, 'If the wheel turns.'));
  await pledge(ana, 500, 999_999);
  await ana.act('pledge.withdraw', { pledge: await pledge(ana, 700, 0) });
  await meet(people);
  const buy = await authors.open(cleo, 'Buy the mill', { kind: 'buy', resource, amount: 90_000, unit: 'EUR' });
  for (const person of people) {
    await meet(people);
    if (person === cleo) {
      // Nobody who decides hears of these two.
      await pledge(ana, 800, 0);
      await ben.act('pledge.withdraw', { pledge: counted });
    }
    await person.act('ballot.cast', { proposal: buy, choice: 'agree' });
  }
  const of = { allowance: buy, resource };
  await post(
    authors,
    cleo,
    'purchase',
    [
      [`resource:${resource}`, 90_000],
      ['bank', -90_000],
    ],
    of,
  );
  await post(
    authors,
    cleo,
    'contribution',
    [
      ['bank', 30_000],
      [`member:${cleo.member}`, -30_000],
    ],
    { pledge: due },
  );
  await meet(people);
}

/** Two who draw on one allowance without knowing of each other, a breach, and one that is reversed. */
async function payments(authors: Authors, [ana, ben, cleo]: Three, allowance: string): Promise<void> {
  const pay = (by: Person, amount: number, more: object = {}): Promise<string> =>
    post(
      authors,
      by,
      'expense',
      [
        ['expense:roof', amount],
        ['bank', -amount],
      ],
      more,
    );
  await pay(ben, 15_000, { allowance });
  await pay(cleo, 12_000, { allowance });
  await pay(cleo, 11_000);
  const reverses = await pay(ana, 5_000);
  await post(
    authors,
    ana,
    'reversal',
    [
      ['expense:roof', -5_000],
      ['bank', 5_000],
    ],
    { reverses },
  );
  await meet([ana, ben, cleo]);
}

/** Two amendments of one base that clash, and a third one that comes into force; a protocol is suspended, what is protected is not changed. */
async function amendments(authors: Authors, [ana, ben, cleo]: Three): Promise<void> {
  const people = [ana, ben, cleo];
  const free = (by: Person, amount: number): Promise<string> => {
    const params = { unit: 'EUR', free: amount };
    return authors.open(by, 'Spend more freely', {
      kind: 'parameters',
      base: ana.replica.id,
      protocol: 'spending',
      params,
    });
  };
  const agree = (by: Person, proposal: string): Promise<string> => by.act('ballot.cast', { proposal, choice: 'agree' });
  const [one, two] = [await free(ana, 20_000), await free(cleo, 30_000)];
  await meet(people);
  for (const proposal of [one, two]) await agree(ben, proposal);
  await meet(people);
  await agree(ana, one);
  await agree(cleo, two);
  await meet(people);
  const three = await free(ben, 15_000);
  const adopt = async (proposal: string): Promise<void> => {
    for (const person of [ben, ana]) {
      await meet(people);
      await agree(person, proposal);
    }
    await meet(people);
  };
  await adopt(three);
  const suspend = { kind: 'suspend' as const, base: three, protocol: 'care' };
  const four = await authors.open(cleo, 'Care as you like', suspend);
  await adopt(four);
  // By a version that is not sealed yet.
  const effect = { kind: 'parameters', base: four, protocol: 'membership', params: MORE_TYPES };
  const [title, text] = [authors.words(cleo.signer, 'Guests vote'), authors.words(cleo.signer, 'Why not.')];
  const guests = await forge(cleo, { type: 'proposal.open', payload: { title, text, effect, deadline: 0 } });
  give([guests], people);
}

/** The mill is booked: twice at once, beyond a quota by two devices, against one that was known, and taken back. */
async function bookings(authors: Authors, [ana, ben, cleo]: Three): Promise<void> {
  const people = [ana, ben, cleo];
  const mill = [...ana.replica.state.resources.values()].find(({ status }) => status === 'held')!.id;
  const book = (by: Person, from: string, until: string): Promise<string> =>
    by.act('use.book', { resource: mill, from, until });
  await book(cleo, '2025-01-28', '2025-02-04');
  await ana.act('use.cancel', { booking: await book(ana, '2026-03-01', '2026-03-04') });
  await book(cleo, '2025-12-27', '2026-01-05');
  await book(ben, '2026-08-01', '2026-08-08');
  await book(cleo, '2026-08-07', '2026-08-14');
  const tablet = await authors.certify(ben, 'tablet');
  await book(ben, '2026-09-01', '2026-09-15');
  await book(tablet, '2026-10-01', '2026-10-15');
  const known = { resource: mill, from: '2026-01-04', until: '2026-01-06' };
  await ana.pull(cleo);
  give([await forge(ana, { type: 'use.book', payload: known })], people);
  await meet([...people, tablet]);
}

/** Pages that are made public: by a decision, alone and taken back, twice at once, and without knowing that one was taken back. */
async function publications(authors: Authors, [ana, ben, cleo]: Three): Promise<void> {
  const people = [ana, ben, cleo];
  const text = (by: Person, page: string, words: string) => ({
    page,
    title: authors.words(by.signer, page),
    text: authors.words(by.signer, words),
  });
  const publish = (by: Person, page: string, words: string): Promise<string> =>
    by.act('page.publish', text(by, page, words));
  const decided = await authors.open(ben, 'Show the mill', { kind: 'publish', ...text(ben, 'mill', 'It **turns**.') });
  await publish(ana, 'flour', 'We grind on Mondays.');
  await meet(people);
  for (const by of [ben, cleo]) await by.act('ballot.cast', { proposal: decided, choice: 'agree' });
  await ben.act('page.withdraw', { page: 'flour' });
  await publish(cleo, 'flour', 'We grind on Tuesdays.');
  await publish(ana, 'brook', 'It is wet.');
  await publish(ben, 'brook', 'It is cold.');
  await meet(people);
}

/** A sum is distributed; a seal says who gets how much of it. */
async function distribution(authors: Authors, [ana, ben, cleo]: Three): Promise<string> {
  const id = await authors.open(cleo, 'Share the rent', { kind: 'distribute', amount: 10_001, unit: 'EUR' });
  await meet([ana, ben, cleo]);
  for (const by of [ana, ben]) await by.act('ballot.cast', { proposal: id, choice: 'agree' });
  await meet([ana, ben, cleo]);
  return id;
}

/** One part is paid by two who did not know of each other, another in part. */
async function partsPaid(authors: Authors, [ana, ben, cleo]: Three, allowance: string): Promise<void> {
  await meet([ana, ben, cleo]);
  const pay = (by: Person, to: Person, amount: number): Promise<string> =>
    post(
      authors,
      by,
      'transfer',
      [
        [`member:${to.member}`, amount],
        ['bank', -amount],
      ],
      { allowance },
    );
  await pay(ben, cleo, 3_000);
  await pay(cleo, cleo, 3_000);
  await pay(ben, ben, 1_000);
  await meet([ana, ben, cleo]);
}

const MORE_TYPES = {
  types: [
    { id: 'resident', label: 'Resident', rights: ['vote', 'propose', 'block', 'invite', 'post', 'spend'] },
    { id: 'guest', label: 'Guest', rights: ['vote'] },
  ],
};

/** What is kept and has no effect. */
async function oddities([ana, ben, cleo]: Three, keeper: Person): Promise<void> {
  const events: SignedEvent[] = [];
  const sign = async (by: Person, type: string, payload: unknown, rules = 1): Promise<void> => {
    const event = await forge(by, { type, payload, rules });
    events.push(event);
    give([event], [by]);
  };
  const nested = [
    null,
    true,
    false,
    -1,
    23,
    24,
    255,
    256,
    65_536,
    2 ** 32,
    -(2 ** 53) + 1,
    'ä',
    '\ufeffa',
    'a'.repeat(300),
  ];
  await sign(ben, 'note', { list: nested, bytes: new Uint8Array([1, 2, 3]), map: { b: 1, aa: 2, a: {} } });
  await cleo.act('member.announce', { leaves: true });
  await sign(cleo, 'member.announce', { leaves: true });
  await sign(ben, 'member.announce', { leaves: false });
  await sign(ben, 'member.leave', {}, 2);
  await sign(cleo, 'member.leave', { sorry: true });
  await sign(cleo, 'device.revoke', { device: ana.signer.device });
  await keeper.pull(ben);
  await sign(keeper, 'device.revoke', { device: ben.signer.device });
  give(events, [ana, ben, cleo]);
  await meet([ana, ben, cleo]);
}
