/** What somebody has of what is divided by, and the height of the seal that has them; none has them: infinite. */
export interface Claim {
  readonly member: string;
  readonly has: number;
  readonly sealed: number;
}

/** "Resources and shares" of docs/protocol.md: whole units, one by one to the best claims, and none to some of those whose claims are the same. */
export function divide(units: number, claims: readonly Claim[]): ReadonlyMap<string, number> {
  const all = claims.reduce((sum, { has }) => sum + has, 0);
  const given = new Map(claims.map(({ member, has }) => [member, (units * has - ((units * has) % all)) / all]));
  let left = [...given.values()].reduce((sum, own) => sum - own, units);
  const rest = ({ has }: Claim): number => (units * has) % all;
  const waiting = new Set(claims);
  while (left > 0 && waiting.size > 0) {
    const most = Math.max(...[...waiting].map(rest));
    const best = [...waiting].filter((one) => rest(one) === most);
    const first = Math.min(...best.map(({ sealed }) => sealed));
    const same = best.filter(({ sealed }) => sealed === first);
    if (same.length > left) break;
    for (const one of same) {
      given.set(one.member, given.get(one.member)! + 1);
      waiting.delete(one);
    }
    left -= same.length;
  }
  return new Map([...given].filter(([, own]) => own > 0));
}
