import type { Entry } from '../../record/entry';
import type { Proposal } from '../decisions/model';
import type { Restoration } from '../certificates';
import type { Past } from '../rule';
import type { State } from '../state';
import type { Tables } from '../tables';

/** Whether a member is still there to be restored, and the device nobody's. */
export function canRestore(tables: Tables, { member, device }: Restoration): boolean {
  return tables.get('members', member)?.status === 'active' && tables.get('devices', device) === undefined;
}

/**
 * By the seal that fixes the decision: the device is the member's, and each that they had until then is revoked. What those sign outside its
 * cut counts for nothing. Says whether it could be: in the same cut the member may have left or been removed, or the device let in.
 */
export function restore(tables: Tables, { id, why }: Proposal, effect: Restoration): boolean {
  if (!canRestore(tables, effect)) return false;
  const { member, device } = effect;
  const row = tables.get('members', member)!;
  for (const own of row.devices) {
    const lost = tables.get('devices', own)!;
    if (lost.status === 'active')
      tables.set('devices', own, {
        ...lost,
        status: 'revoked',
        why: { ...lost.why, events: [...lost.why.events, id] },
      });
  }
  tables.set('members', member, { ...row, devices: [...row.devices, device] });
  tables.set('devices', device, { id: device, member, label: '', status: 'active', why });
  return true;
}

/**
 * Whether an entry's chain goes by a proposal to restore its member that no seal before the entry fixed. Anybody can propose a key of their
 * own: until the members have decided, and a seal has that, it speaks for nobody.
 */
export function isUnrestored(tables: Tables, past: Pick<Past, 'certificateOf'>, entry: Entry): boolean {
  if (past.certificateOf(entry)?.type !== 'proposal.open') return false;
  const device = tables.get('devices', entry.device);
  if (device?.member !== entry.member) return true;
  const decision = tables.get('proposals', device.why.events[0]!);
  return decision !== undefined && !(decision.sealed !== undefined && decision.sealed < entry.seal);
}

/** What is being decided about a member, or was and has no seal yet: that another device is to be theirs in place of all they have. */
export function restorationsOf({ proposals }: Pick<State, 'proposals'>, member: string): readonly Proposal[] {
  return [...proposals.values()].filter(
    ({ effect, status, sealed }) =>
      effect.kind === 'restore' &&
      effect.member === member &&
      (status === 'open' || (status === 'adopted' && sealed === undefined)),
  );
}
