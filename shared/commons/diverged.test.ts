import fc from 'fast-check';
import { expect, it } from 'vitest';
import * as Y from 'yjs';
import { DocNetwork, settle, type } from '../../test/kit/doc-network';

/** Two replicas who were given different words under one number. */
async function divergent(words: readonly [string, string]): Promise<DocNetwork> {
  const network = await DocNetwork.of(2);
  for (const [which, text] of words.entries()) {
    const liar = new Y.Doc();
    liar.clientID = 7;
    liar.getText('t').insert(0, text);
    const bytes = Y.encodeStateAsUpdate(liar);
    await network.replicas[which]!.docs.apply('page:1', { bytes, member: null, time: 0 }, null);
  }
  network.connectAll();
  await network.heal();
  return network;
}

it('names a document in which two peers were given different content under one number, and with whom', async () => {
  const network = await divergent(['one', 'two']);
  const [a, b] = network.replicas;
  expect(a!.sync.diverged).toEqual(new Map([['page:1', new Set(['B'])]]));
  expect(b!.sync.diverged).toEqual(new Map([['page:1', new Set(['A'])]]));
  a!.sync.disconnected('B');
  expect(a!.sync.diverged.size).toBe(0);
});

/** Lets all arrive until a promise has settled. */
async function whileDelivering<T>(network: DocNetwork, promise: Promise<T>): Promise<T> {
  const progress = { isSettled: false };
  const marked = promise.finally(() => (progress.isSettled = true));
  marked.catch(() => undefined);
  while (!progress.isSettled) {
    await settle();
    const flight = network.flights.shift();
    if (flight !== undefined) await network.deliver(flight);
  }
  return marked;
}

it('lets one take the other’s version, with what it wrote meanwhile on top, and both are equal again', async () => {
  const network = await divergent(['one', 'two']);
  const [a, b] = network.replicas;
  await network.edit(0, 'page:1', (doc) => doc.getText('t').insert(doc.getText('t').length, ' and mine'));
  const theirs = await whileDelivering(network, a!.sync.fetch('B', 'page:1'));
  expect(await network.texts('page:1')).toEqual(['one and mine', 'two and mine']);
  const copies: string[] = [];
  a!.docs.replaced.add((doc) => copies.push(doc));
  await a!.docs.adopt('page:1', theirs);
  expect(copies).toEqual(['page:1']);
  a!.sync.compare();
  await network.heal();
  expect(await network.texts('page:1')).toEqual(['two and mine', 'two and mine']);
  expect([a!.sync.diverged.size, b!.sync.diverged.size]).toEqual([0, 0]);
  // They go on as one, in both directions.
  await network.edit(0, 'page:1', type(0, 'A: '));
  await network.edit(1, 'page:1', type(0, 'B: '));
  await network.heal();
  const [one, other] = await network.texts('page:1');
  expect(one).toBe(other);
  expect([a!.sync.diverged.size, b!.sync.diverged.size]).toEqual([0, 0]);
});

it('brings equal content whatever the two had been given, and loses nothing that others wrote', async () => {
  const word = fc.string({ minLength: 1, maxLength: 12 });
  await fc.assert(
    fc.asyncProperty(word, word, fc.array(fc.tuple(fc.nat(1), word), { maxLength: 6 }), async (one, two, edits) => {
      fc.pre(one !== two && one.length === two.length);
      const network = await divergent([one, two]);
      for (const [who, text] of edits) await network.edit(who, 'page:1', type(1_000, text));
      await network.heal();
      const [a] = network.replicas;
      const theirs = await whileDelivering(network, a!.sync.fetch('B', 'page:1'));
      await a!.docs.adopt('page:1', theirs);
      a!.sync.compare();
      await network.heal();
      const [mine, others] = await network.texts('page:1');
      expect(mine).toBe(others);
      for (const [, text] of edits) expect(mine).toContain(text);
      expect(network.replicas.every(({ sync }) => sync.diverged.size === 0)).toBe(true);
    }),
    { numRuns: 40 },
  );
});

it('fetches a version only from who is there, once at a time, and gives up on who does not answer', async () => {
  const network = await divergent(['one', 'two']);
  const [a] = network.replicas;
  await expect(a!.sync.fetch('C', 'page:1')).rejects.toThrow('channel.lost');
  const slow = a!.sync.fetch('B', 'page:1');
  await expect(a!.sync.fetch('B', 'page:1')).rejects.toThrow('doc-version-busy');
  network.flights = [];
  network.clock.advance(10_000);
  await expect(slow).rejects.toThrow('doc-version-missing');
  const cut = a!.sync.fetch('B', 'page:1');
  a!.sync.disconnected('B');
  await expect(cut).rejects.toThrow('channel.lost');
});
