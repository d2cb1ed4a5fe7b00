import { type Facts, type PublicationFact, may } from './facts';
import { type Happening, follows } from './happening';

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
export function publish(facts: Facts, it: Happening): boolean {
  if (!isPublisher(facts, it.member)) return false;
  put(facts, it, it.payload.page, true);
  return true;
}

/** What is put forward; whatever takes the page back and was not seen does so here too. */
export function put(facts: Facts, it: Happening, page: string, alone: boolean): void {
  const withdrawals = new Set(ofPage(facts, page).flatMap((one) => [...one.withdrawals]));
  for (const id of withdrawals) if (it.past.has(id)) withdrawals.delete(id);
  const status = withdrawals.size > 0 ? 'withdrawn' : 'waiting';
  facts.publications.set(it.id, { id: it.id, page, by: it.member, alone, status, withdrawals });
}

/** `knew`: whether an event had come about for who signed `it`. */
export function withdraw(facts: Facts, it: Happening, knew: (id: string) => boolean): boolean {
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
  if (!everybody && !own && !publishers.includes(type) && !may(facts, it.member, 'vote')) return false;
  if (meant.length === 0) return false;
  for (const one of rows) {
    one.withdrawals.add(it.id);
    if (one.status === 'waiting' || one.status === 'public') one.status = 'withdrawn';
  }
  return true;
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
