import { describe, expect, it } from 'vitest';
import { forge } from '../../test/kit/forge';
import { type Person, group } from '../../test/kit/group';
import { Replica } from '../replica/replica';
import type { SignedEvent } from './event';

const note = (payload: unknown) => ({ type: 'note', payload });
const give = (to: Person | Replica, ...events: SignedEvent[]) =>
  ('replica' in to ? to.replica : to).receive({ events, texts: [] });

/** Events of one device and sequence, none of which knows of another. */
const branches = (by: Person, count: number): Promise<SignedEvent[]> =>
  Promise.all(Array.from({ length: count }, (_, index) => forge(by, note(index))));

/** An event of the signer's chain that follows another, and cites nothing else. */
const after = (by: Person, event: SignedEvent, payload: unknown) =>
  forge(by, { ...note(payload), sequence: event.sequence + 1, previous: event.id, parents: [] });

describe('forks in the record', () => {
  it('same sequence with different content to two peers: proved wherever the branches meet', async () => {
    const [ana, ben, cleo] = (await group(['ana', 'ben', 'cleo'])) as [Person, Person, Person];
    const [one, other] = (await branches(ben, 2)) as [SignedEvent, SignedEvent];
    give(ana, one);
    give(cleo, other);
    for (const { replica } of [ana, cleo]) expect(replica.record.forks().size).toBe(0);
    await ana.act('member.describe', { name: { text: 'Ana' } });
    await cleo.pull(ana);
    await ana.pull(cleo);
    const ids = [one.id, other.id].sort();
    for (const { replica } of [ana, cleo]) {
      const proof = replica.record.forks().get(ben.signer.device)!;
      expect(proof.map((entry) => entry.id)).toEqual(ids);
      expect(replica.record.siblings(replica.record.get(one.id)!).map((entry) => entry.id)).toEqual(ids);
      expect([...replica.record.forks().keys()]).toEqual([ben.signer.device]);
    }
    const mine = ana.replica.record.tips().find((tip) => tip.device === ana.signer.device)!;
    expect(ana.replica.record.siblings(mine)).toEqual([mine]);
  });

  it('the proof is of the lowest forked number, in whatever order the branches come', async () => {
    const [ana, ben] = (await group(['ana', 'ben'])) as [Person, Person];
    const [one, other] = (await branches(ben, 2)) as [SignedEvent, SignedEvent];
    const late = [await after(ben, one, 'a'), await after(ben, one, 'b')];
    const seen = new Set<string>();
    for (const order of [
      [one, other, ...late],
      [one, ...late, other],
      [...late, one, other],
      [late[1]!, other, one, late[0]!],
    ]) {
      const replica = new Replica(ana.replica.id);
      replica.receive(await ana.batch());
      for (const event of order) give(replica, event);
      const [a, b] = replica.record.forks().get(ben.signer.device)!;
      // Where the higher fork came first, the lower one may be one branch too many; then it is the proof that is here.
      if (replica.record.has(one.id) && replica.record.has(other.id)) seen.add(`${a.id} ${b.id}`);
      expect(a.sequence).toBe(b.sequence);
    }
    expect([...seen]).toEqual([[one.id, other.id].sort().join(' ')]);
  });

  it('two first events of one device are a fork too', async () => {
    const [ana, ben] = (await group(['ana', 'ben'])) as [Person, Person];
    const first = (await branches(ben, 2)) as [SignedEvent, SignedEvent];
    expect(first.map(({ sequence }) => sequence)).toEqual([0, 0]);
    give(ana, ...first);
    expect(
      ana.replica.record
        .forks()
        .get(ben.signer.device)!
        .map(({ id }) => id),
    ).toEqual(first.map(({ id }) => id).sort());
  });
});

describe('a fork storm', () => {
  it('leaves one proof; what more comes, and what follows it, is refused and takes no room', async () => {
    const [ana, ben] = (await group(['ana', 'ben'])) as [Person, Person];
    const storm = await branches(ben, 60);
    const before = ana.replica.record.size;
    const codes = storm.map((event) => give(ana, event).refused.get(event.id));
    expect(codes.filter((code) => code === undefined)).toHaveLength(2);
    expect(new Set(codes)).toEqual(new Set([undefined, 'fork-storm']));
    for (const event of storm.slice(2, 12)) {
      const next = await after(ben, event, 'next');
      give(ana, next);
      expect(ana.replica.record.missing()).toEqual([event.id]);
      // Asked for, it comes again; nobody but the storming device built on it.
      give(ana, event);
      expect(ana.replica.record.missing()).toEqual([]);
    }
    expect(ana.replica.record.size).toBe(before + 2);
    expect(ana.replica.record.waiting).toBe(0);
    // The branches that are here may go on: that is no more than any device may write.
    const next = await after(ben, storm[0]!, 'next');
    expect(give(ana, next).refused.size).toBe(0);
    expect(ana.replica.record.has(next.id)).toBe(true);
  });

  it('keeps the branches that others built on, so that nobody honest loses an event', async () => {
    const [ana, ben, cleo] = (await group(['ana', 'ben', 'cleo'])) as [Person, Person, Person];
    const storm = await branches(ben, 6);
    const longer = await after(ben, storm[4]!, 'longer');
    give(ana, storm[0]!, storm[1]!);
    give(cleo, storm[4]!, storm[5]!, longer);
    const mine = await cleo.act('member.describe', { name: { text: 'Cleo' } });
    const built = cleo.replica.record.get(mine)!;
    expect(give(ana, storm[4]!).refused.get(storm[4]!.id)).toBe('fork-storm');
    give(ana, built);
    while (ana.replica.record.missing().length > 0) {
      const asked = ana.replica.record.missing().map((id) => cleo.replica.record.get(id)!);
      give(ana, ...asked);
    }
    for (const id of [mine, longer.id, storm[4]!.id, storm[5]!.id]) expect(ana.replica.record.has(id)).toBe(true);
    expect(ana.replica.record.has(storm[2]!.id)).toBe(false);
    expect(ana.replica.record.waiting).toBe(0);
    // The whole record again in its order of arrival, as from the disk: each branch stands before what makes it wanted.
    const again = new Replica(ana.replica.id);
    expect(again.receive(await ana.batch()).refused.size).toBe(0);
    expect(again.record.size).toBe(ana.replica.record.size);
  });

  it('in one batch with what built on it: taken in whatever the order', async () => {
    const [ana, ben, cleo] = (await group(['ana', 'ben', 'cleo'])) as [Person, Person, Person];
    const storm = await branches(ben, 4);
    give(cleo, storm[2]!, storm[3]!);
    await cleo.act('member.describe', { name: { text: 'Cleo' } });
    give(ana, storm[0]!, storm[1]!);
    await ana.act('member.describe', { name: { text: 'Ana' } });
    await ana.pull(cleo);
    await cleo.pull(ana);
    const ids = (person: Person): string[] =>
      person.replica.record
        .all()
        .map(({ id }) => id)
        .sort();
    expect(ids(ana)).toEqual(ids(cleo));
    expect(storm.every(({ id }) => ana.replica.record.has(id))).toBe(true);
    const proofs = [ana, cleo].map(({ replica }) =>
      replica.record
        .forks()
        .get(ben.signer.device)!
        .map(({ id }) => id),
    );
    expect(proofs[0]).toEqual(proofs[1]);
  });
});
