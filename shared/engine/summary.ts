import { activeMembers } from '../network/membership/queries';
import { NETWORK_KEY } from '../network/state';
import type { Peer } from '../peer/peer';
import type { NetworkSummary } from './contract';
import { isKeyOf, isStopped } from './devices';
import type { HeldNetwork, Installation } from './ports';

/** The list on the first screen, with what changed last at its top. */
export const listOf = (held: readonly HeldNetwork[]): readonly NetworkSummary[] =>
  held
    .map(({ id, name, sample, members, changed, refounds = null }) => ({
      id,
      name,
      sample,
      members,
      changed,
      refounds,
    }))
    .sort((a, b) => b.changed - a.changed);

/** Keeps what the list on the first screen shows of a network true to its open peer; resolves with whether it is another now. */
export async function summarise(installation: Installation, id: string, peer: Peer): Promise<boolean> {
  const held = await installation.network(id);
  const row = peer.state.network.get(NETWORK_KEY);
  // Another key may have taken the place of this peer's meanwhile.
  if (held === undefined || !isKeyOf(peer, held.key) || row === undefined) return false;
  const name = peer.replica.text(row.name) ?? held.name;
  const members = activeMembers(peer.state).length;
  const changed = peer.replica.newest?.time ?? held.changed;
  const stopped = isStopped(peer);
  const refounds = originOf(peer) ?? held.refounds;
  const same = held.name === name && held.members === members && (held.stopped === true) === stopped;
  if (same && held.changed === changed && held.refounds?.by === refounds?.by) return false;
  const seen = { name, members, changed, stopped, ...(refounds === undefined ? {} : { refounds }) };
  await installation.change(id, (now) => (isKeyOf(peer, now.key) ? { ...now, ...seen } : now));
  return true;
}

/** The network that this one goes on from, and who says so; undefined where it was founded anew, or the name is not here. */
function originOf({ state, replica }: Peer): HeldNetwork['refounds'] {
  const row = state.network.get(NETWORK_KEY);
  const founder = row === undefined ? undefined : state.members.get(row.founder);
  const by = founder === undefined ? null : replica.text(founder.name);
  return row?.refounds === undefined || by === null ? undefined : { network: row.refounds.network, by };
}
