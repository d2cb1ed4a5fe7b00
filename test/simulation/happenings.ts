import type { Proposal } from '../../shared/network/decisions/model';
import type { Action } from '../../shared/network/events';
import type { State } from '../../shared/network/state';
import { addDays } from '../../shared/network/use/days';
import type { Peer } from '../../shared/peer/peer';
import { addDevice, askToBeRestored, backUp, invite, restore } from './arrivals';
import { deed } from './deeds';
import { Liar } from './liar';
import { lie } from './lies';
import type { Scenario } from './scenario';
import type { Site } from './site';
import { DOCS } from './versions';

/** The next thing that happens. */
export async function happen(scenario: Scenario): Promise<void> {
  const { chance, trouble, sites, size, net, liarsWanted } = scenario;
  await chance.weighted<() => Promise<void> | void>([
    [() => act(scenario), 50],
    [() => actAtOnce(scenario), 4],
    [() => void scenario.someone()?.write(chance.pick(DOCS)), 6],
    [() => invite(scenario, true), sites.length < size ? 6 : 0],
    [() => further(scenario), sites.length < size + 2 ? 0.6 : 0],
    [() => lieOnce(scenario), liarsWanted > 0 ? 18 : 0],
    [() => awake(scenario)?.crash(), 2 * trouble],
    [() => crashAtWrite(scenario), 3 * trouble],
    [() => sleep(scenario), 1.5 * trouble],
    [() => breakWire(scenario), 5 * trouble],
    [() => split(scenario), 1.5 * trouble],
    [() => net.heal(), 1.5],
    [() => faultyDisk(scenario), 0.7 * trouble],
    [() => backUp(scenario), 1.5 * trouble],
    [() => restore(scenario), 1.5 * trouble],
    [() => loseDevice(scenario), 0.7 * trouble],
    [() => loseAll(scenario), 1.2 * trouble],
    [() => daysPass(scenario), 1.5],
    [() => renew(scenario), scenario.renews ? 12 : 0],
  ])();
}

function awake({ chance, sites }: Scenario): Site | undefined {
  return chance.maybe(sites.filter((site) => !site.lost && site.life.alive && !site.life.asleep));
}

function act(scenario: Scenario): void {
  const site = scenario.someone();
  const peer = site?.peer;
  const me = peer?.me ?? null;
  if (site === undefined || peer === undefined || me === null) return;
  const own = peer.replica.record.all().filter((entry) => entry.device === me.device);
  const action = deed({ ...me, state: peer.state, own, renews: scenario.renews }, scenario.chance);
  if (action === undefined) return;
  const isLeaving = action.type === 'member.announce' && action.payload.leaves;
  if (action.type === 'member.leave' || isLeaving) {
    const staying = [...peer.state.members.values()].filter(
      ({ status, leaving }) => status === 'active' && leaving === undefined,
    );
    if (scenario.members().length < 3 || staying.length < 3) return;
    // Or few of them would ever have booked what they will not use.
    for (const booking of bookings(peer.state, scenario.chance.within(0, 300))) site.act(booking);
    // Nor published what they may not any more once a seal has it.
    if (!isLeaving) site.act(page(me.member));
  }
  site.act(action);
}

/** Everybody does the same at one moment, so that nobody knows of the others: votes, spends, books or publishes the same. */
function actAtOnce(scenario: Scenario): void {
  const { chance } = scenario;
  const present = scenario.members().filter(({ up }) => up);
  const someTwice = new Set(present.map(({ peer }) => peer!.me!.member)).size < present.length;
  const isAmending = ({ status, effect }: Proposal): boolean => status === 'open' && 'base' in effect;
  // What two change that know nothing of each other clashes.
  const areTwo = present.some(({ peer }) => [...peer!.state.proposals.values()].filter(isAmending).length > 1);
  const either = chance.pick(['vote', 'spend', 'book', 'publish'] as const);
  const what = areTwo && chance.happens(0.7) ? 'vote' : someTwice && chance.happens(0.5) ? 'book' : either;
  const sameDates = chance.happens(0.6);
  for (const site of present) {
    const { state, me } = site.peer!;
    if (me === null) continue;
    const acts = {
      vote: () => votes(state, me.member, chance.happens(0.2) ? 'disagree' : 'agree'),
      spend: () => payments(state),
      book: () => bookings(state, sameDates ? 0 : chance.within(0, 60)),
      publish: () => [page(me.member)],
    };
    for (const action of acts[what]()) site.act(action);
  }
}

function payments(state: State): Action[] {
  const allowance = [...state.allowances.values()].find(
    (one) => one.resource === undefined && one.member === undefined,
  );
  if (allowance === undefined) return [];
  const { id, unit, amount } = allowance;
  const postings = [
    { account: 'expense:repairs', unit, amount },
    { account: 'bank', unit, amount: -amount },
  ];
  const memo = { text: 'paid' };
  return [{ type: 'entry.post', payload: { kind: 'expense', date: '2025-05-01', memo, postings, allowance: id } }];
}

/** One page, in words of each one's own. */
function page(member: string): Action {
  const text = { text: member.slice(0, 8) };
  return { type: 'page.publish', payload: { page: 'house', title: text, text } };
}

/** Twice what a member may have in a year, where another device of theirs does the same. */
function bookings(state: State, days: number): Action[] {
  const held = [...state.resources.values()].find(({ status }) => status === 'held');
  if (held === undefined) return [];
  const from = addDays('2025-03-01', days);
  return [{ type: 'use.book', payload: { resource: held.id, from, until: addDays(from, 7) } }];
}

function votes(state: State, member: string, choice: 'agree' | 'disagree'): Action[] {
  const asked = [...state.proposals.values()].filter(
    ({ status, electorate }) => status === 'open' && electorate.includes(member),
  );
  return asked.slice(0, 4).map(({ id }) => ({ type: 'ballot.cast', payload: { proposal: id, choice } }));
}

/** Somebody proposes newer rules, and everyone who is asked agrees, or few of them would ever come into force. */
function renew(scenario: Scenario): void {
  const isOpen = ({ state }: Peer): boolean =>
    [...state.proposals.values()].some(({ status, effect }) => status === 'open' && effect.kind === 'rules');
  const up = scenario.members().filter((site) => site.up);
  const site = scenario.chance.maybe(up);
  if (site === undefined) return;
  if (up.every(({ peer }) => !isOpen(peer!))) {
    const version = site.peer!.replica.rules + 1;
    const words = { title: { text: 'Newer rules' }, text: { text: '' }, deadline: 0 };
    return site.act({ type: 'proposal.open', payload: { ...words, effect: { kind: 'rules', version } } });
  }
  for (const each of up) {
    for (const { id, effect, status, electorate } of each.peer!.state.proposals.values())
      if (effect.kind === 'rules' && status === 'open' && electorate.includes(each.peer!.me!.member))
        each.act({ type: 'ballot.cast', payload: { proposal: id, choice: 'agree' } });
  }
}

async function further(scenario: Scenario): Promise<void> {
  const site = scenario.someone();
  if (site !== undefined) await addDevice(scenario, site);
}

/** A machine is gone for good, and another of its member's revokes it. */
function loseDevice(scenario: Scenario): void {
  const isOther = (one: Site, other: Site): boolean =>
    one !== other && one.peer!.me!.member === other.peer!.me!.member && !other.copied;
  const lost = scenario.someone((site) => !site.copied && scenario.members().some((other) => isOther(site, other)));
  const other = lost && scenario.someone((site) => isOther(lost, site));
  if (lost === undefined || other === undefined) return;
  const { device } = lost.signer;
  lost.lose();
  scenario.net.leave(lost);
  scenario.note('trouble: lost device');
  other.act({ type: 'device.revoke', payload: { device } });
}

/** All machines of a member are gone for good, or one is in other hands; on a new one they ask to be restored. */
async function loseAll(scenario: Scenario): Promise<void> {
  const { chance, ledger, liars, liarsWanted, net } = scenario;
  const lost = scenario.someone();
  if (lost === undefined) return;
  const { member } = lost.peer!.me!;
  const own = scenario.members().filter(({ peer }) => peer!.me!.member === member);
  const others = new Set(scenario.members().map(({ peer }) => peer!.me!.member)).size - 1;
  // Of three who seal all are needed, and nobody is ever restored.
  if (own.some(({ copied }) => copied) || others < (chance.happens(0.2) ? 1 : 3)) return;
  const isStolen = liars.length < liarsWanted && chance.happens(0.5);
  for (const [index, site] of own.entries()) {
    if (index === 0 && isStolen) await turn(scenario, site);
    else {
      site.lose();
      net.leave(site);
    }
  }
  scenario.note(`trouble: all devices ${isStolen ? 'stolen' : 'lost'}`);
  ledger.trace(`${lost.name} has lost all devices`);
  await askToBeRestored(scenario, member);
  for (let round = 0; round < 3; round++) {
    await scenario.world.pass(15_000);
    agreeToRestore(scenario);
  }
}

/** They are believed, or few of them would ever be restored. */
function agreeToRestore(scenario: Scenario): void {
  for (const site of scenario.members().filter(({ up }) => up))
    for (const { id, effect, status, electorate } of site.peer!.state.proposals.values())
      if (effect.kind === 'restore' && status === 'open' && electorate.includes(site.peer!.me!.member))
        site.act({ type: 'ballot.cast', payload: { proposal: id, choice: 'agree' } });
}

function crashAtWrite(scenario: Scenario): void {
  const site = awake(scenario);
  if (site === undefined) return;
  site.disk.crashIn = scenario.chance.within(0, 6);
  scenario.ledger.trace(`${site.name} will crash in ${site.disk.crashIn} writes`);
}

function sleep(scenario: Scenario): void {
  const site = awake(scenario);
  if (site === undefined) return;
  site.sleep(scenario.chance.pick([2_000, 30_000, 90_000]));
  scenario.note('trouble: sleep');
}

function breakWire(scenario: Scenario): void {
  if (scenario.net.breakOne()) scenario.note('trouble: broken wire');
}

function split(scenario: Scenario): void {
  scenario.net.partition();
  scenario.note('trouble: partition');
}

function daysPass(scenario: Scenario): void {
  const days = scenario.chance.pick([1, 8, 15]);
  scenario.ledger.calendar += days * 86_400_000;
  scenario.ledger.trace(`${days} days pass`);
  scenario.note('trouble: days pass');
}

function faultyDisk(scenario: Scenario): void {
  const site = awake(scenario);
  if (site === undefined) return;
  site.disk.faulty = site.disk.faulty > 0 ? 0 : scenario.chance.pick([1, 3, 10]);
  scenario.ledger.trace(`${site.name}: one write in ${site.disk.faulty} fails (0: none)`);
  if (site.disk.faulty > 0) scenario.note('trouble: failing disk');
}

async function lieOnce(scenario: Scenario): Promise<void> {
  const { chance, liars, liarsWanted } = scenario;
  if (liars.length < liarsWanted && (liars.length === 0 || chance.happens(0.1))) {
    // Whose key is on two machines has trouble enough.
    const victim = chance.maybe(scenario.members().filter(({ copied }) => !copied));
    if (victim !== undefined && scenario.members().length > 1) await turn(scenario, victim);
    return;
  }
  const liar = chance.maybe(liars);
  const told = liar === undefined ? undefined : await lie(liar);
  if (told !== undefined) scenario.note(`lie: ${told}`);
}

async function turn(scenario: Scenario, site: Site): Promise<void> {
  const { ledger, chance, network, world, net, liars } = scenario;
  ledger.trace(`${site.name} turns liar`);
  site.turned = true;
  site.lose();
  const liar = await Liar.take(site, network, world, chance.fork(`liar-${site.name}`), ledger);
  liars.push(liar);
  net.leave(site, liar);
}
