import type { Replica } from '../../shared/replica/replica';
import { type BrokenRule, brokenRules } from '../../shared/seal/broken-rules';
import type { ProvenSeal } from '../../shared/seal/chain';
import { type Vote, Votes, isVote } from '../../shared/seal/votes';

/** What the seals say of somebody honest, if anything: `isHonest` is asked of devices, and `forks` of what two by one member prove. */
export function blamed(
  { record, seals }: Replica,
  isHonest: (device: string) => boolean,
  noted: (kind: string) => void,
): string | undefined {
  for (const { kind, height, events } of seals.brokenRules()) {
    const devices = new Set(events.map((id) => record.get(id)!.device));
    if (![...devices].every(isHonest)) noted(kind);
    // Who revokes a lost device that votes on before it hears of that is one voter with two voices.
    else if (devices.size > 1) noted('two voices');
    else return `${kind} at height ${height} by ${[...devices].join().slice(0, 8)}`;
  }
  return undefined;
}

/**
 * How many sealers the evidence names for two seals of one height that two peers hold, and how many it has to: all that two quorums have in
 * common. What the two have together is what anyone can be shown.
 */
export function namedFor(
  { height, previous, quorum, members }: ProvenSeal,
  replicas: readonly Replica[],
): {
  readonly named: number;
  readonly least: number;
} {
  const votes = new Map<string, { readonly vote: Vote; readonly replica: Replica }>();
  for (const replica of replicas)
    for (const vote of replica.record.all())
      if (isVote(vote) && vote.payload.height === height && vote.payload.previous === previous)
        if (replica.seals.isBySealer(vote) === true && !votes.has(vote.id)) votes.set(vote.id, { vote, replica });
  const found: BrokenRule[] = brokenRules(
    new Votes([...votes.values()].map(({ vote }) => vote)),
    quorum,
    (ancestor, entry) => {
      const { record } = votes.get(entry.id)!.replica;
      const known = record.get(ancestor.id);
      return known !== undefined && record.before(known, entry);
    },
  );
  return { named: new Set(found.map(({ member }) => member)).size, least: 2 * quorum - members.length };
}
