import type { NetworkSnapshot } from './network-store';
import { useNetwork } from './network';

/** Why this device can sign nothing more: others know more of it than it does, it signed two histories, or it was revoked. */
export type Stopped = 'behind' | 'forked' | 'revoked';

export function stoppedIn({ state, status }: Pick<NetworkSnapshot, 'state' | 'status'>): Stopped | null {
  const device = state.devices.get(status.me?.device ?? '');
  if (device?.status === 'revoked') return 'revoked';
  if (device?.status === 'frozen' || status.problem?.code === 'device-forked') return 'forked';
  return status.problem?.code === 'device-behind' ? 'behind' : null;
}

/** Null while this device may sign. */
export function useStopped(): Stopped | null {
  return stoppedIn(useNetwork());
}
