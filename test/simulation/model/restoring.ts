import type { Effect } from '../../../shared/network/decisions/model';
import type { Facts, ProposalFact } from './facts';
import type { Happening } from './happening';

type Restoration = Extract<Effect, { kind: 'restore' }>;

export function canRestore(facts: Facts, { member, device }: Restoration): boolean {
  return facts.members.get(member)?.status === 'active' && !facts.devices.has(device);
}

/** The end of a section: the device is the member's, in the place of all that they had. */
export function restore(facts: Facts, proposal: ProposalFact, effect: Restoration): void {
  if (!canRestore(facts, effect)) {
    proposal.status = 'superseded';
    return;
  }
  const member = facts.members.get(effect.member)!;
  for (const own of member.devices) {
    const device = facts.devices.get(own)!;
    if (device.status === 'active') device.status = 'revoked';
  }
  member.devices.push(effect.device);
  const made = { member: member.id, status: 'active' as const, forked: false, restoredBy: proposal.id };
  facts.devices.set(effect.device, made);
}

/** Other adopted decisions about the same member or device that no seal before the proposal has, and one of them that was not known. */
export function rivalsOf(
  facts: Facts,
  { id: own }: ProposalFact,
  restoration: Restoration,
  at: (id: string) => Happening,
  knewOf: (one: ProposalFact) => boolean,
): { readonly unknown: ProposalFact | undefined; readonly others: number } {
  if (!canRestore(facts, restoration)) return { unknown: undefined, others: 0 };
  const { member, device } = restoration;
  const { seal } = at(own);
  const others = [...facts.proposals.values()].filter(
    ({ id, status, effect, sealed }) =>
      id !== own &&
      status === 'adopted' &&
      effect.kind === 'restore' &&
      (effect.member === member || effect.device === device) &&
      !(sealed !== undefined && sealed < seal),
  );
  const isOther = ({ effect }: ProposalFact): boolean =>
    effect.kind === 'restore' && (effect.member !== member || effect.device !== device);
  const unknown = others
    .filter((one) => isOther(one) && one.sealed === undefined && !knewOf(one))
    .sort((a, b) => (a.id < b.id ? -1 : 1))[0];
  return { unknown, others: others.length };
}

/** Whether its chain goes by a decision to restore its member that is not sealed before it. */
export function isUnrestored(facts: Facts, at: (id: string) => Happening, it: Happening): boolean {
  if (it.certificate === undefined || at(it.certificate).type !== 'proposal.open') return false;
  const device = facts.devices.get(it.device);
  if (device?.member !== it.member) return true;
  const decision = facts.proposals.get(device.restoredBy ?? '');
  return decision !== undefined && !(decision.sealed! < it.seal);
}
