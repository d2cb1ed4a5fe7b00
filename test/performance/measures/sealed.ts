import type { Peer } from '../../../shared/peer/peer';

/** The value of the newest seal, once the founder's peer has made one of all that it has: it does so by itself, alone. */
export async function firstSeal(peer: Peer): Promise<string> {
  await when(peer, () => peer.replica.seals.seals.length > 0);
  return peer.replica.seals.seals.at(-1)!.value;
}

/** Resolves when a peer that joined from a seal has checked the signatures behind it. */
export function allChecked(peer: Peer): Promise<void> {
  return when(peer, () => peer.historyCheck === null);
}

function when(peer: Peer, condition: () => boolean): Promise<void> {
  return new Promise((resolve, reject) => {
    const look = (): void => {
      if (peer.problem !== null) reject(new Error(peer.problem));
      else if (condition()) resolve();
    };
    peer.events.status.add(look);
    look();
  });
}
