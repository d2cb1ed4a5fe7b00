import type { Clause } from '../../../shared/network/why';
import { type Facts, type PublicationFact, type Refusal, may } from './facts';
import { type Happening, follows } from './happening';
import { clauseOf, isInForce, no } from './refusal';

/** "Publication" of docs/protocol.md. Without a protocol of it nobody acts alone, and everybody takes back. */
function terms(facts: Facts): { readonly publishers: readonly string[]; readonly everybody: boolean } {
  const { protocols, suspended } = facts.versions.get(facts.version)!;
  for (const spec of protocols)
    if (spec.kind === 'publication' && !suspended.includes(spec.id))
      return { publishers: spec.params.publishers, everybody: spec.params.withdraw === 'members' };
  return { publishers: [], everybody: true };
}

function isPublisher(facts: Facts, member: string): boolean {
  const row = facts.members.get(member);
  return row?.status === 'active' && terms(facts).publishers.includes(row.type);
}

const ofPage = (facts: Facts, page: string): PublicationFact[] =>
  [...facts.publications.values()].filter((one) => one.page === page);

/** A page is made public by one member. */
export function publish(facts: Facts, it: Happening): Refusal | undefined {
  if (!isPublisher(facts, it.member)) return no('publishing-decided', clauseHere(facts));
  put(facts, it, it.payload.page, true);
  return undefined;
}

/** Of publication; where it is not in force, of how members decide. */
function clauseHere(facts: Facts): Clause | undefined {
  const own = clauseOf(facts, 'publication');
  return own && isInForce(facts, own) ? own : clauseOf(facts, 'decisions');
}

/** What is put forward; whatever takes the page back and was not seen does so here too. */
export function put(facts: Facts, it: Happening, page: string, alone: boolean): void {
  const withdrawals = new Set(ofPage(facts, page).flatMap((one) => [...one.withdrawals]));
  for (const id of withdrawals) if (it.past.has(id)) withdrawals.delete(id);
  const status = withdrawals.size > 0 ? 'withdrawn' : 'waiting';
  facts.publications.set(it.id, { id: it.id, page, by: it.member, alone, status, withdrawals });
}

/** `knew`: whether an event had come about for who signed `it`. */
export function withdraw(facts: Facts, it: Happening, knew: (id: string) => boolean): Refusal | undefined {
  const rows = ofPage(facts, it.payload.page);
  const meant = rows.filter(
    ({ id, status, sealed, withdrawals }) =>
      ['waiting', 'public', 'withdrawn'].includes(status) &&
      (sealed !== undefined || knew(id)) &&
      ![...withdrawals].some((one) => it.past.has(one)),
  );
  const { publishers, everybody } = terms(facts);
  const { type } = facts.members.get(it.member)!;
  const own = meant.some(({ by }) => by === it.member);
  if (meant.length === 0) return no('page-not-public', clauseHere(facts));
  if (!everybody && !own && !publishers.includes(type) && !may(facts, it.member, 'vote'))
    return no('withdrawing-not-entitled', clauseHere(facts));
  for (const one of rows) {
    one.withdrawals.add(it.id);
    if (one.status === 'waiting' || one.status === 'public') one.status = 'withdrawn';
  }
  return undefined;
}

/** A seal settles what has been put forward. */
export function settle(facts: Facts, byId: ReadonlyMap<string, Happening>, height: number): void {
  const at = ({ id }: PublicationFact): Happening => byId.get(id)!;
  const after = (a: PublicationFact, b: PublicationFact): boolean => follows(at(a), at(b));
  for (const page of new Set([...facts.publications.values()].map((one) => one.page))) {
    const rows = ofPage(facts, page);
    for (const one of rows)
      if (one.status === 'waiting' && one.alone && !isPublisher(facts, one.by)) one.status = 'lapsed';
    const wanted = rows.filter(({ status }) => status === 'waiting');
    const now = rows.find(({ status }) => status === 'public');
    const newest = wanted.filter(
      (one) => ![...wanted, ...(now === undefined ? [] : [now])].some((other) => after(other, one)),
    );
    for (const one of wanted) one.status = 'replaced';
    for (const one of newest) one.status = newest.length > 1 ? 'clashing' : 'public';
    if (newest.length === 1 && now !== undefined) now.status = 'replaced';
    for (const one of rows) one.sealed ??= height;
  }
}
