import { divide } from './dividing';
import { type EntryFact, type Facts, type PledgeFact, type Refusal, type ResourceFact, may, paramsOf } from './facts';
import { type Happening, type Payload, follows } from './happening';
import { type Knowing, isPayable, pledgeWhy } from './pledging';
import { and, clauseOf, no } from './refusal';

type Lookup = (id: string) => Happening;

/** "Ledger" of docs/protocol.md. No balance of the simulation comes near the greatest. */
export function post(facts: Facts, it: Happening, knowing: Knowing): Refusal | undefined {
  const { at } = knowing;
  const { kind, postings, reverses, allowance, resource, pledge } = it.payload;
  if (!may(facts, it.member, 'post')) return no('not-entitled', clauseOf(facts, 'membership'));
  const fault = faultIn(facts, postings);
  if (fault !== undefined) return no(fault);
  if ((kind === 'reversal') !== (reverses !== undefined)) return no('reversal-malformed');
  const undone = reverses === undefined ? undefined : facts.entries.get(reverses);
  if (reverses !== undefined) {
    if (undone === undefined) return no('entry-unknown');
    if (undone.reversedBy !== undefined) return no('already-reversed', undefined, [undone.reversedBy]);
    if (undone.kind === 'reversal') return no('reversal-of-reversal', undefined, [undone.id]);
    if (!isMirror(postings, undone)) return no('reversal-not-whole', undefined, [undone.id]);
  }
  const paid = pledge === undefined ? undefined : facts.pledges.get(pledge);
  const towards = paid === undefined ? 0 : credited(postings, `member:${paid.member}`, paid.unit);
  if (pledge !== undefined) {
    if (paid === undefined || !isPayable(facts, it, paid, knowing)) return no('pledge-not-due');
    if (kind !== 'contribution' || towards <= 0) return no('pledge-not-paid', pledgeWhy(facts, paid).clause, [paid.id]);
  }

  for (const { account, unit, amount } of postings) {
    const key = `${account}|${unit}`;
    facts.balances.set(key, (facts.balances.get(key) ?? 0) + amount);
  }
  const entry: EntryFact = { id: it.id, kind, postings, ...authorised(facts, it), ...(pledge && { pledge }) };
  facts.entries.set(it.id, entry);
  if (undone !== undefined) {
    undone.reversedBy = it.id;
    if (undone.pledge !== undefined) {
      const row = facts.pledges.get(undone.pledge)!;
      pay(row, it, -credited(undone.postings, `member:${row.member}`, row.unit));
    }
    if (undone.allowance !== undefined) weighAllowance(facts, undone.allowance, at);
  }
  if (paid !== undefined) pay(paid, it, towards);
  if (entry.allowance !== undefined) {
    facts.allowances.get(entry.allowance)!.entries.push(it.id);
    weighAllowance(facts, entry.allowance, at);
  }
  const bought = resource === undefined ? undefined : facts.resources.get(resource);
  const debits = postings.some(({ account, amount }) => account === `resource:${resource}` && amount > 0);
  if (kind === 'purchase' && bought?.status === 'agreed' && allowance === bought.proposal && debits) {
    const why = and(bought.why, [it.id], clauseOf(facts, 'ownership', facts.here));
    Object.assign(bought, { status: 'held', purchase: it.id, why });
  }
  return undefined;
}

function faultIn(facts: Facts, postings: Payload['postings']): string | undefined {
  const keys = new Set<string>();
  const sums = new Map<string, number>();
  for (const { account, unit, amount } of postings) {
    if (amount === 0) return 'posting-zero';
    if (keys.has(`${account}|${unit}`)) return 'posting-twice';
    keys.add(`${account}|${unit}`);
    sums.set(unit, (sums.get(unit) ?? 0) + amount);
  }
  if ([...sums.values()].some((sum) => sum !== 0)) return 'entry-unbalanced';
  const isThere = ({ account }: Payload['postings'][number]): boolean => {
    const [group, owner] = account.split(':') as [string, string];
    if (group === 'resource') return facts.resources.has(owner);
    return !['member', 'owed'].includes(group) || facts.members.has(owner);
  };
  return postings.every(isThere) ? undefined : 'account-unknown';
}

function isMirror(postings: Payload['postings'], entry: EntryFact): boolean {
  const key = (one: Payload['postings'][number], sign: number) => `${one.account}|${one.unit}|${sign * one.amount}`;
  const mirror = new Set(postings.map((one) => key(one, -1)));
  return postings.length === entry.postings.length && entry.postings.every((one) => mirror.has(key(one, 1)));
}

function credited(postings: Payload['postings'], account: string, unit: string): number {
  const own = postings.find((one) => one.account === account && one.unit === unit);
  return own === undefined ? 0 : 0 - own.amount;
}

function pay(pledge: PledgeFact, { id }: Happening, amount: number): void {
  pledge.paid += amount;
  pledge.entries.push(id);
  if (['due', 'paid'].includes(pledge.status)) pledge.status = pledge.paid >= pledge.amount ? 'paid' : 'due';
}

/** What leaves bank and cash and what is newly owed to members, by unit. */
function payments(postings: Payload['postings']): Map<string, number> {
  const sums = new Map<string, number>();
  for (const { account, unit, amount } of postings) {
    if (account === 'bank' || account === 'cash' || account.startsWith('owed:'))
      sums.set(unit, (sums.get(unit) ?? 0) - amount);
  }
  return new Map([...sums].filter(([, amount]) => amount > 0));
}

function authorised(facts: Facts, { member, payload }: Happening): { status: string; allowance?: string } {
  const paid = payments(payload.postings);
  if (paid.size === 0 || payload.kind === 'reversal') return { status: 'not-needed' };
  const elsewhere = payload.postings.filter(({ account }) => !/^(bank|cash|owed:.*)$/.test(account));
  const payee = elsewhere.length === 1 ? elsewhere[0]!.account.replace('member:', '') : '';
  const cited = payload.allowance ?? '';
  const drawn = facts.allowances.has(cited) ? cited : `${cited}|${payee}`;
  const allowance = facts.allowances.get(drawn);
  const sameUnit = [...paid.keys()].every((unit) => unit === allowance?.unit);
  if (allowance !== undefined && sameUnit && [undefined, payload.resource].includes(allowance.resource))
    return { status: 'covered', allowance: drawn };
  const { unit: unitOf, free } = paramsOf(facts, 'spending');
  const within = [...paid].every(([unit, amount]) => unit === unitOf && free !== null && amount <= free);
  return { status: within && may(facts, member, 'spend') ? 'free' : 'breach' };
}

function weighAllowance(facts: Facts, id: string, at: Lookup): void {
  const { unit, amount: limit, entries } = facts.allowances.get(id)!;
  const amount = (entry: string): number => {
    const row = facts.entries.get(entry)!;
    return row.reversedBy === undefined ? (payments(row.postings).get(unit) ?? 0) : 0;
  };
  const sum = (list: readonly string[]): number => list.reduce((total, entry) => total + amount(entry), 0);
  for (const entry of entries) {
    const row = facts.entries.get(entry)!;
    if (row.reversedBy !== undefined) continue;
    const known = sum(entries.filter((other) => other === entry || follows(at(entry), at(other))));
    const possible = sum(entries.filter((other) => !follows(at(other), at(entry))));
    row.status = known > limit ? 'breach' : possible > limit ? 'contested' : 'covered';
  }
}

/** "Resources and shares": whose a thing is, from the seal on that has its payment. */
export function shareOut(facts: Facts, isFixed: (purchase: string) => boolean): void {
  for (const resource of facts.resources.values())
    if (resource.purchase !== undefined && isFixed(resource.purchase)) {
      resource.shares = share(facts, resource);
      resource.why = and(resource.why, [], clauseOf(facts, 'ownership'));
    }
}

function share(facts: Facts, { id, unit }: ResourceFact): ReadonlyMap<string, number> {
  const { basis, shares } = paramsOf(facts, 'ownership');
  const pledged = [...facts.pledges.values()].filter(
    ({ resource, status }) => resource === id && ['due', 'paid'].includes(status),
  );
  const claims = [...facts.members.values()].map((member) => {
    const balance = facts.balances.get(`member:${member.id}|${unit}`) ?? 0;
    const own = pledged.filter((one) => one.member === member.id).reduce((sum, { amount }) => sum + amount, 0);
    const has = basis === 'pledges' ? own : member.status !== 'active' ? 0 : basis === 'equal' ? 1 : 0 - balance;
    return { member: member.id, has, sealed: member.sealed ?? Infinity };
  });
  return divide(
    shares,
    claims.filter(({ has }) => has > 0),
  );
}
