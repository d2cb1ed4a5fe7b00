import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type Near, relays } from './relay';

const id = fc.stringMatching(/^[0-9a-f]{64}$/);
const ids = fc.uniqueArray(id, { minLength: 3, maxLength: 30 });

/** Peers in a line, so that they hang together, and what else chance joins. */
function joined(peers: readonly string[], chance: () => number, density: number): Map<string, Set<string>> {
  const near = new Map(peers.map((peer) => [peer, new Set<string>()]));
  const join = (a: string, b: string): void => void (near.get(a)!.add(b), near.get(b)!.add(a));
  for (let index = 1; index < peers.length; index++) join(peers[index - 1]!, peers[index]!);
  for (const a of peers) for (const b of peers) if (a < b && chance() < density) join(a, b);
  return near;
}

/** Carries an event from its author to all whom it reaches; `late` says which of the messages under way arrives next. */
function spread(event: string, author: string, near: ReadonlyMap<string, Set<string>>, late: (of: number) => number) {
  const has = new Set([author]);
  let sent = 0;
  const due: [from: string, to: string][] = [...near.get(author)!].map((to) => [author, to]);
  while (due.length > 0) {
    const [[from, me]] = due.splice(late(due.length), 1) as [[string, string]];
    sent += 1;
    if (has.has(me)) continue;
    has.add(me);
    const known = new Map<string, Near>([...near.get(me)!].map((one) => [one, near.get(one)]));
    for (const to of near.get(me)!)
      if (to !== from && relays({ id: event, device: author }, me, to, from, known)) due.push([me, to]);
  }
  return { reached: has.size, sent };
}

describe('passing on', () => {
  it('reaches everybody in any connected network, in whatever order messages arrive', () => {
    fc.assert(
      fc.property(
        ids,
        id,
        fc.double({ min: 0, max: 0.6, noNaN: true }),
        fc.infiniteStream(fc.double({ min: 0, max: 0.999, noNaN: true })),
        (peers, event, density, stream) => {
          const chance = (): number => stream.next().value;
          const near = joined(peers, chance, density);
          const { reached, sent } = spread(event, peers[0]!, near, (of) => Math.floor(chance() * of));
          expect(reached).toBe(peers.length);
          expect(sent).toBeGreaterThanOrEqual(peers.length - 1);
        },
      ),
      { numRuns: 1_000 },
    );
  });

  it('sends nothing twice where all are joined to all', () => {
    const peers = Array.from({ length: 9 }, (_, index) => index.toString(16).repeat(64));
    const all = new Map(peers.map((peer) => [peer, new Set(peers.filter((other) => other !== peer))]));
    expect(spread('ab'.repeat(32), peers[0]!, all, () => 0)).toEqual({ reached: 9, sent: 8 });
  });

  it('is everybody’s while nobody knows who is near', () => {
    const [event, me, to, from] = ['a', 'b', 'c', 'd'].map((digit) => digit.repeat(64)) as [
      string,
      string,
      string,
      string,
    ];
    const sent = { id: event, device: from };
    expect(relays(sent, me, to, from, new Map([[to, new Set([from])]]))).toBe(true);
    expect(relays(sent, me, to, from, new Map([[from, new Set([to])]]))).toBe(true);
    expect(
      relays(
        sent,
        me,
        to,
        from,
        new Map([
          [to, new Set([from])],
          [from, new Set<string>()],
        ]),
      ),
    ).toBe(false);
  });

  it('goes in turns', () => {
    const [from, one, two, to] = ['1', '3', 'c', 'f'].map((digit) => digit.repeat(64)) as [
      string,
      string,
      string,
      string,
    ];
    const near = new Map([
      [from, new Set([one, two])],
      [to, new Set([one, two])],
    ]);
    const turn = (event: string): boolean[] =>
      [one, two].map((me) => relays({ id: event.repeat(64), device: from }, me, to, from, near));
    expect(turn('2')).toEqual([true, false]);
    expect(turn('d')).toEqual([false, true]);
  });
});
