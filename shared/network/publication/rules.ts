import type { Entry } from '../../record/entry';
import { versionInForce } from '../agreement/queries';
import { type Context, type Rules, refuse } from '../rule';
import { agreedFor, hadSeen } from '../standing';
import type { Tables } from '../tables';
import type { Why } from '../why';
import { publicationRuleIn, publishesAlone, takesBack } from './entitled';
import type { Publication, PublicationPayloads } from './model';

export const publicationRules: Rules<keyof PublicationPayloads> = {
  'page.publish': (context, event) => {
    const agreed = agreedFor(context, event);
    const { clause } = publicationRuleIn(versionInForce(agreed)!);
    if (!publishesAlone(agreed, event.member)) return refuse('publishing-decided', clause);
    putForward(context, context.past.get(event.id)!, event.payload, { events: [event.id], clause });
    return undefined;
  },

  'page.withdraw': (context, event) => {
    const { tables, past } = context;
    const agreed = agreedFor(context, event);
    const { clause } = publicationRuleIn(versionInForce(agreed)!);
    const here = past.get(event.id)!;
    const rows = rowsOf(tables, event.payload.page);
    const standing = rows.filter((row) => stoodFor(context, row, here));
    if (standing.length === 0) return refuse('page-not-public', clause);
    if (!takesBack(agreed, event.member, standing)) return refuse('withdrawing-not-entitled', clause);
    // None of them has seen it, or it would sort later; what does, and has not seen it, is taken back when it comes.
    for (const row of rows)
      tables.set('publications', row.id, {
        ...row,
        status: CAN_BE_WITHDRAWN.has(row.status) ? 'withdrawn' : row.status,
        withdrawals: [...row.withdrawals, event.id].sort(),
      });
    return undefined;
  },
};

const CAN_BE_WITHDRAWN: ReadonlySet<Publication['status']> = new Set(['waiting', 'public', 'withdrawn']);

/**
 * A text of a page is to be public from the next seal on. `origin`: the event that has it. A withdrawal which that had not seen takes it back,
 * wherever the two sort, sealed or not: of two who did not know of each other, the one who keeps a page from the world is right.
 */
export function putForward(
  { tables, past }: Context,
  origin: Entry,
  { page, title, text }: Pick<Publication, 'page' | 'title' | 'text'>,
  why: Why,
): void {
  const all = new Set(rowsOf(tables, page).flatMap((row) => row.withdrawals));
  const withdrawals = [...all].filter((id) => !past.before(past.get(id)!, origin)).sort();
  const { id, member: by, time } = origin;
  const status = withdrawals.length === 0 ? 'waiting' : 'withdrawn';
  tables.set('publications', id, { id, page, title, text, by, status, withdrawals, time, why });
}

/** At a seal, what no seal has settled: of each page the newest text becomes public, and stands until a newer one does. */
export function fixPublications({ tables, past }: Context, height: number): void {
  const fresh = [...tables.state.publications.values()].filter(({ sealed }) => sealed === undefined);
  for (const page of new Set(fresh.map((row) => row.page))) {
    const rows = rowsOf(tables, page);
    const settle = (row: Publication, status: Publication['status']): void =>
      tables.set('publications', row.id, { ...row, status, sealed: row.sealed ?? height });
    const isNewer = (a: Publication, b: Publication): boolean => past.precedes(past.get(b.id)!, past.get(a.id)!);
    const standing = rows.filter((row) => row.status === 'waiting' && stillMay(tables, row));
    const before = rows.find(({ status }) => status === 'public');
    const newest = standing.filter(
      (row) => !standing.some((other) => isNewer(other, row)) && (before === undefined || !isNewer(before, row)),
    );
    for (const row of rows) {
      if (row.sealed !== undefined) continue;
      if (row.status !== 'waiting') settle(row, row.status);
      else if (!standing.includes(row)) settle(row, 'lapsed');
      else if (!newest.includes(row)) settle(row, 'replaced');
      else settle(row, newest.length === 1 ? 'public' : 'clashing');
    }
    if (newest.length === 1 && before !== undefined) settle(before, 'replaced');
  }
}

/** By the agreement at the seal: where in its section somebody made a page public, and what was decided meanwhile, is no matter of the order. */
function stillMay(tables: Tables, { id, by }: Publication): boolean {
  return tables.get('proposals', id) !== undefined || publishesAlone(tables.state, by);
}

/** Whether who signed at `here` knew that it was made public, and not that it was taken back. */
function stoodFor(context: Context, row: Publication, here: Entry): boolean {
  const { past } = context;
  if (!CAN_BE_WITHDRAWN.has(row.status)) return false;
  if (row.withdrawals.some((id) => past.before(past.get(id)!, here))) return false;
  return row.sealed !== undefined || hadSeen(context, row.id, here);
}

/** In the table's own order, which depends on how it was filled: nothing may hang on it. */
function rowsOf({ state }: Tables, page: string): Publication[] {
  return [...state.publications.values()].filter((row) => row.page === page);
}
