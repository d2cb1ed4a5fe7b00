import type { Allowance } from '../ledger/model';
import { decisionOf } from '../ledger/payments';
import type { State } from '../state';

/** A part that a distribution gave, and what of it is not paid yet; minor units. */
export interface GivenPart {
  readonly part: Allowance & { readonly member: string };
  readonly decision: string;
  readonly open: number;
}

/** The parts that a decision gave, in the order in which their members joined; none until a seal has fixed it. */
export function partsIn({ allowances, members }: Pick<State, 'allowances' | 'members'>, decision: string): GivenPart[] {
  const number = ({ part }: GivenPart): number => members.get(part.member)!.number;
  return given(allowances.values())
    .filter((one) => one.decision === decision)
    .sort((a, b) => number(a) - number(b));
}

/** What distributions gave a member, what is open first, then the newest. */
export function partsFor(
  { allowances, proposals }: Pick<State, 'allowances' | 'proposals'>,
  member: string,
): GivenPart[] {
  const height = ({ decision }: GivenPart): number => proposals.get(decision)!.sealed!;
  return given(allowances.values())
    .filter(({ part }) => part.member === member)
    .sort(
      (a, b) => Number(b.open > 0) - Number(a.open > 0) || height(b) - height(a) || (a.decision < b.decision ? -1 : 1),
    );
}

function given(allowances: Iterable<Allowance>): GivenPart[] {
  return [...allowances].flatMap((row) => {
    const { member } = row;
    if (member === undefined) return [];
    return [{ part: { ...row, member }, decision: decisionOf(row.id), open: Math.max(0, row.amount - row.spent) }];
  });
}
