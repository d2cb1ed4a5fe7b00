import type { Facts, ProposalFact } from './facts';
import { type Happening, follows } from './happening';

/** The newest version, going back from the one in force, that a seal has or that `saw` says had come about. */
export function agreedBy({ version: now, versions, proposals }: Facts, saw: (version: string) => boolean): string {
  let version = now;
  for (;;) {
    const base = versions.get(version)?.base ?? null;
    if (base === null || proposals.get(version)!.sealed !== undefined || saw(version)) return version;
    version = base;
  }
}

/** Whether a member leaves by `end`, or revokes the device, as whom or by which `it` was signed. */
export function isEnd(end: Happening, it: Happening): boolean {
  if (end === it || end.member !== it.member) return false;
  return end.type === 'member.leave' || (end.type === 'device.revoke' && end.payload.device === it.device);
}

/** Whether an end of its author is one for `it`: had not seen it; or, where it ends somebody itself, was seen by it. */
export function isAgainst(end: Happening, it: Happening): boolean {
  const isEnding = it.type === 'member.leave' || it.type === 'device.revoke';
  return isEnding ? follows(it, end) : !follows(end, it);
}

/** Whether the author of a ballot, a closing or a withdrawal has a say in that. */
export function isEntitled(proposal: ProposalFact, it: Happening): boolean {
  if (it.type === 'proposal.withdraw') return it.member === proposal.by;
  const blocks = it.type === 'ballot.cast' && it.payload.choice === 'block';
  return proposal.electorate.includes(it.member) && (!blocks || proposal.blockers.includes(it.member));
}

/** The code of who has none. */
export function notEntitled({ electorate }: ProposalFact, { type, member }: Happening): string {
  if (type === 'proposal.withdraw') return 'not-proposer';
  return electorate.includes(member) ? 'may-not-block' : 'not-in-electorate';
}
