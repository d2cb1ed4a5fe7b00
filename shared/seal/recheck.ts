import { sealersOf } from '../network/seals/sealers';
import type { Entry } from '../record/entry';
import type { Replica } from '../replica/replica';
import { type ProvenSeal, agreedTime } from './chain';
import { valueOf } from './value';
import { type Ready, isVote } from './votes';

/**
 * Asks once more, and of each part by itself, whether a seal that was found to hold does: its place in the chain, its value, its quorum, its
 * time and the state that it fixes. To be called just before it is applied, while the ground is that of the seal before.
 */
export function recheckSeal(
  seal: ProvenSeal,
  replica: Replica,
): { readonly wrong: readonly string[]; readonly signers: number } {
  const { record, seals } = replica;
  const { ground } = seals.current!;
  const { height, value, previous, round, time, digest, ready } = seal;
  const { quorum } = sealersOf(ground);
  const signers = new Set<string>();
  for (const id of seal.precommits) {
    const vote = record.get(id);
    if (vote === undefined || !isVote(vote) || vote.type !== 'seal.precommit') continue;
    if (seals.isBySealer(vote) === true && vote.payload.value === value && vote.payload.round === round)
      signers.add(vote.member);
  }
  const asked = ready.map((id) => record.get(id)).filter((entry) => entry !== undefined && isReady(entry));
  const holds = {
    'seal-chain': previous === ground.value && height === ground.height + 1,
    'seal-value': valueOf({ ...seal, network: record.network }) === value,
    'seal-quorum': signers.size >= quorum,
    'seal-time': agreedTime(ground, asked) === time,
    'seal-digest': replica.digestAt(height, time, ready) === digest,
  };
  const wrong = Object.entries(holds).flatMap(([code, is]) => (is ? [] : [code]));
  return { wrong, signers: signers.size };
}

function isReady(entry: Entry): entry is Ready {
  return isVote(entry) && entry.type === 'seal.ready';
}
