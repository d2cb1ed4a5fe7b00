import type { Facts } from './facts';

/** "Leaving" of docs/protocol.md: what is noted of whoever a seal is the first to have gone. */
export function settleLeaving(facts: Facts, height: number): void {
  const { protocols, suspended } = facts.versions.get(facts.version)!;
  const spec = protocols.find(({ kind, id }) => kind === 'leaving' && !suspended.includes(id));
  const asked = spec?.kind === 'leaving' ? spec.params : undefined;
  for (const member of facts.members.values()) {
    if (member.gone !== undefined || !['left', 'removed'].includes(member.status)) continue;
    member.gone = height;
    if (asked === undefined) continue;
    const own = [...facts.pledges.values()].filter((pledge) => pledge.member === member.id);
    if (asked.pledges === 'lapse') for (const pledge of own) if (pledge.status === 'stands') pledge.status = 'lapsed';
    const due = own.filter(({ status }) => status === 'due').map(({ id }) => id);
    const debts = [...facts.balances].flatMap(([key, amount]) => {
      const [account, unit] = key.split('|') as [string, string];
      return account === `owed:${member.id}` && amount > 0 ? [{ unit, amount }] : [];
    });
    const pledges = asked.settle.includes('pledges') ? due.sort() : [];
    const left = asked.settle.includes('debts') ? debts.sort((a, b) => (a.unit < b.unit ? -1 : 1)) : [];
    if (pledges.length + left.length > 0) member.unsettled = { pledges, debts: left };
  }
}
