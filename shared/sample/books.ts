import { type EntryDraft, draftEntry, draftReversal } from '../network/ledger/drafts';
import { DUES, UNIT } from './story/agreement';
import {
  BILLS,
  FOOD,
  type Habit,
  IN_KIND,
  OPENING,
  PARENTS,
  PAYMENTS,
  PETRA_PARTS,
  PUMP,
  SALES,
  SLIP,
  UPKEEP,
  WORK,
} from './story/books';
import { PEOPLE, SECOND_DEVICE } from './story/people';
import { PURCHASE } from './story/resources';
import { post } from './entries';
import type { Story } from './story';
import { DAY, HOUR, dateOf, midnight } from './time';

/** The fourteen months of the story, `YYYY-MM`. */
const MONTHS = Array.from({ length: 14 }, (_, index) => dateOf(Date.UTC(2025, 8 + index, 1)).slice(0, 7));
/** From this month on dues are lower, as decided. */
const LOWER_DUES = { from: '2026-08', amount: 34_000 };
/** Days from letting an applicant in to the first contribution: by then members have decided. */
const DECIDED_AFTER = 14;
const BOOKKEEPER = 'amara';

const active = ({ world }: Story, who: string): boolean =>
  world.state(who).members.get(world.member(who))?.status === 'active';

export function scheduleBooks(story: Story): void {
  for (const { who, joins, decided } of PEOPLE) {
    const amount = OPENING[who];
    if (amount === undefined) continue;
    story.timeline.at(midnight(joins) + (decided === true ? DECIDED_AFTER : 1) * DAY + 18 * HOUR, () =>
      post(story.world, who, money(story, who, amount), 'Opening contribution'),
    );
  }
  for (const month of MONTHS) scheduleMonth(story, month);
  scheduleOnce(story);
}

function scheduleMonth(story: Story, month: string): void {
  const { timeline, world, random } = story;
  const first = midnight(`${month}-01`);
  const at = (day: number, run: () => Promise<unknown>) =>
    timeline.at(first + (day - 1) * DAY + random.between(7 * 60, 21 * 60) * 60_000, run);
  // Nobody buys before the first contributions are in.
  const start = month === MONTHS[0] ? 8 : 1;
  const days = (count: number, run: () => Promise<unknown>) => {
    for (let i = 0; i < count; i++) at(start + Math.floor((i * (28 - start)) / count) + random.between(0, 3), run);
  };

  for (const { who, type, joins } of PEOPLE) {
    if (type !== 'resident' || joins.slice(0, 7) >= month) continue;
    const amount = month >= LOWER_DUES.from ? LOWER_DUES.amount : DUES;
    at(random.between(1, 5), async () => {
      if (active(story, who)) await post(world, who, money(story, who, amount), `Dues for ${month}`);
    });
  }
  if (month > '2025-09') scheduleBills(story, month, at);
  days(8, () => buyFor(story, random.pick(FOOD), 'food'));
  days(random.between(2, 4), () => {
    const [category, ...habit] = random.pick(UPKEEP);
    return buyFor(story, habit, category);
  });
  if (month >= '2025-12') days(random.between(3, 5), () => sell(story));
  days(random.between(11, 13), () => work(story));
  if (random.between(0, 2) > 0) at(random.between(3, 26), () => give(story));
  at(26, () => bankCash(story));
  at(27, () => payBack(story));
}

function scheduleBills(story: Story, month: string, at: (day: number, run: () => Promise<unknown>) => void): void {
  const { world, proposals, random } = story;
  const owned = month > PURCHASE.on.slice(0, 7);
  const bill = (category: string, memo: string, amount: number) => () =>
    post(
      world,
      BOOKKEEPER,
      draftEntry({
        what: 'expense',
        category,
        from: 'bank',
        allowance: proposals.get(owned ? 'costs-own' : 'running-costs')!,
        unit: UNIT,
        amount,
      }),
      `${memo}, ${month}`,
    );
  if (!owned) at(3, bill('rent', 'Rent', 145_000));
  for (const [category, memo, low, high] of BILLS)
    at(random.between(6, 20), bill(category, memo, random.between(low, high)));
}

function scheduleOnce(story: Story): void {
  const { world, timeline, proposals } = story;
  const at = (date: string, run: () => Promise<unknown>) => timeline.at(midnight(date) + 13 * HOUR, run);
  for (const { on, by, proposal, category, memo, amount } of PAYMENTS)
    at(on, () => {
      const allowance = proposals.get(proposal)!;
      return post(
        world,
        by,
        draftEntry({ what: 'expense', category, from: 'bank', allowance, unit: UNIT, amount }),
        memo,
      );
    });
  PETRA_PARTS.forEach((on, index) =>
    at(on, () => {
      const [from, to, allowance] = ['bank', `member:${world.member('petra')}`, proposals.get('petra-back')!];
      const draft = draftEntry({ what: 'transfer', from, to, allowance, unit: UNIT, amount: OPENING['petra']! / 3 });
      return post(world, BOOKKEEPER, draft, `Back to Petra, part ${index + 1} of 3`);
    }),
  );
  at(PUMP.on, () => post(world, PUMP.by, expense('repairs', 'bank', PUMP.amount), PUMP.memo));
  at(PARENTS.on, () =>
    post(
      world,
      'ines',
      draftEntry({ what: 'income', category: 'gifts', into: 'bank', unit: UNIT, amount: PARENTS.amount }),
      PARENTS.memo,
    ),
  );
  at(SLIP.on, () => slip(story));
}

/** A wrong entry, its reversal, and the right one. */
async function slip({ world }: Story): Promise<void> {
  const { by, memo, wrong, right, undone } = SLIP;
  const id = await post(world, by, expense('tools', 'bank', wrong), memo);
  const entry = world.state(by).entries.get(id)!;
  await post(world, by, draftReversal(entry), undone);
  await post(world, by, expense('tools', 'bank', right), memo);
}

const expense = (category: string, from: 'bank' | { readonly member: string }, amount: number): EntryDraft =>
  draftEntry({ what: 'expense', category, from, unit: UNIT, amount });

const money = ({ world }: Story, who: string, amount: number): EntryDraft =>
  draftEntry({ what: 'money', member: world.member(who), into: 'bank', unit: UNIT, amount });

/** One of the residents buys something small, mostly from the house's money, at times from their own. */
async function buyFor(story: Story, [memo, low, high]: Habit, category: string): Promise<void> {
  const { world, random } = story;
  const who = here(
    story,
    PEOPLE.filter(({ type }) => type === 'resident').map((person) => person.who),
  );
  const from = random.between(0, 4) === 0 ? { member: world.member(who) } : 'bank';
  await post(world, who, expense(category, from, random.between(low, high)), memo);
}

async function sell(story: Story): Promise<void> {
  const { world, random } = story;
  const [memo, low, high] = random.pick(SALES);
  const into = random.pick(['bank', 'cash', 'cash'] as const);
  const amount = Math.round(random.between(low, high) / 100) * 100;
  await post(
    world,
    here(story, ['yuki', 'ines']),
    draftEntry({ what: 'income', category: 'sales', into, unit: UNIT, amount }),
    memo,
  );
}

async function work(story: Story): Promise<void> {
  const { world, random } = story;
  const [who, memo, low, high] = pickOf(story, WORK);
  const draft = draftEntry({
    what: 'hours',
    member: world.member(who),
    amount: Math.round(random.between(low, high) / 25) * 25,
  });
  const label = SECOND_DEVICE.label;
  const onPhone = who === SECOND_DEVICE.who && dateOf(world.now) > SECOND_DEVICE.on;
  await post(world, who, draft, memo, onPhone ? label : undefined);
}

async function give(story: Story): Promise<void> {
  const [who, memo, low, high] = pickOf(story, IN_KIND);
  const amount = Math.round(story.random.between(low, high) / 500) * 500;
  const draft = draftEntry({ what: 'in-kind', member: story.world.member(who), unit: UNIT, amount });
  await post(story.world, who, draft, memo);
}

/** What is in the cash box beyond a little change goes to the bank. */
async function bankCash({ world }: Story): Promise<void> {
  const cash = world.state(BOOKKEEPER).balances.get(`cash|${UNIT}`)?.amount ?? 0;
  const amount = cash - 4_000;
  if (amount <= 0) return;
  const draft = draftEntry({ what: 'transfer', from: 'cash', to: 'bank', unit: UNIT, amount });
  await post(world, BOOKKEEPER, draft, 'Cash box to the bank');
}

/** Whoever paid from their own pocket gets it back at the end of the month. */
async function payBack({ world }: Story): Promise<void> {
  for (const { account, unit, amount } of [...world.state(BOOKKEEPER).balances.values()]) {
    if (!account.startsWith('owed:') || amount >= 0) continue;
    const draft = draftEntry({ what: 'transfer', from: 'bank', to: account, unit, amount: -amount });
    await post(world, BOOKKEEPER, draft, 'Paid back what you laid out');
  }
}

/** One of these who is a member now. */
function here(story: Story, whom: readonly string[]): string {
  return story.random.pick(whom.filter((who) => story.world.knows(who) && active(story, who)));
}

function pickOf<T extends readonly [who: string, ...rest: unknown[]]>(story: Story, of: readonly T[]): T {
  return story.random.pick(of.filter(([who]) => story.world.knows(who) && active(story, who)));
}
