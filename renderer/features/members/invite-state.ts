import type { Invite } from '../../../shared/network/membership/model';
import { endOfInvite } from '../../../shared/network/membership/queries';

export type InviteState = 'open' | 'used' | 'expired' | 'revoked';

/** What has become of an invite, by this device's clock: the apps that admit judge the expiry, the record does not. */
export function inviteState(invite: Invite, now: number): InviteState {
  if (invite.revoked) return 'revoked';
  if (invite.used.length >= invite.uses) return 'used';
  return endOfInvite(invite) <= now ? 'expired' : 'open';
}
