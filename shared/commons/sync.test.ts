import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type * as Y from 'yjs';
import { DocNetwork, memberCalled, settle, type } from '../../test/kit/doc-network';
import { Docs } from './docs';
import { MemoryDocStore } from './memory-store';
import { decodeMessage, encodeMessage } from './messages';
import { DocSync } from './sync';

const erase = (at: number, length: number) => (doc: Y.Doc) => {
  const target = doc.getText('t');
  const start = Math.min(at, target.length);
  target.delete(start, Math.min(length, target.length - start));
};

type Step =
  | { do: 'type' | 'erase' | 'bold'; who: number; doc: number; at: number }
  | { do: 'deliver' | 'lose' | 'repeat'; which: number };
const step: fc.Arbitrary<Step> = fc.oneof(
  fc.record({
    do: fc.constantFrom('type' as const, 'erase' as const, 'bold' as const),
    who: fc.nat(3),
    doc: fc.nat(2),
    at: fc.nat(20),
  }),
  fc.record({ do: fc.constantFrom('deliver' as const, 'lose' as const, 'repeat' as const), which: fc.nat(40) }),
);

async function play(network: DocNetwork, steps: readonly Step[]): Promise<void> {
  for (const [index, one] of steps.entries()) {
    if ('who' in one) {
      const change = {
        type: type(one.at, `w${index} `),
        erase: erase(one.at, 4),
        bold: (doc: Y.Doc) => doc.getText('t').format(0, Math.min(one.at, doc.getText('t').length), { bold: true }),
      }[one.do];
      await network.edit(one.who, `page:${one.doc}`, change);
      continue;
    }
    if (network.flights.length === 0) continue;
    const at = one.which % network.flights.length;
    const flight = network.flights[at]!;
    if (one.do !== 'repeat') network.flights.splice(at, 1);
    if (one.do !== 'lose') await network.deliver(flight);
  }
}

describe('DocSync', () => {
  it('any order, loss and repetition of messages between two to four replicas ends with equal documents', async () => {
    await fc.assert(
      fc.asyncProperty(fc.integer({ min: 2, max: 4 }), fc.array(step, { maxLength: 40 }), async (count, steps) => {
        const network = await DocNetwork.of(count);
        network.connectAll();
        await play(network, steps);
        await network.heal();
        const prints = await Promise.all(
          network.replicas.map(async ({ docs }) =>
            Promise.all(docs.ids().map(async (id) => [id, await docs.print(id)])),
          ),
        );
        for (const print of prints) expect(print).toEqual(prints[0]);
        for (const doc of ['page:0', 'page:1', 'page:2']) expect(new Set(await network.texts(doc)).size).toBe(1);
        expect(network.replicas.flatMap(({ refused, sync }) => [...refused, ...sync.diverged])).toEqual([]);
      }),
      { numRuns: 60 },
    );
  });

  it('merges what two wrote while apart, and keeps who wrote what', async () => {
    const network = await DocNetwork.of(2);
    await network.edit(0, 'page:1', type(0, 'from A. '));
    await network.edit(1, 'page:1', type(0, 'from B. '));
    network.connectAll();
    await network.heal();
    const texts = await network.texts('page:1');
    expect(texts[0]).toBe(texts[1]);
    expect(texts[0]).toContain('from A. ');
    expect(texts[0]).toContain('from B. ');
    for (const { docs } of network.replicas)
      expect(new Set((await docs.history('page:1')).map((change) => change.member))).toEqual(
        new Set([memberCalled('A'), memberCalled('B')]),
      );
  });

  it('passes a change on at once, along a chain of neighbours and never back to where it came from', async () => {
    const network = await DocNetwork.of(3);
    const [a, b, c] = network.replicas;
    for (const [one, other] of [
      [a!, b!],
      [b!, c!],
    ] as const) {
      one.sync.connected(other.name);
      other.sync.connected(one.name);
    }
    await settle();
    while (network.flights.length > 0) await network.deliver(network.flights.shift()!);
    await network.edit(0, 'page:1', type(0, 'live'));
    const sent: string[] = [];
    while (network.flights.length > 0) {
      const flight = network.flights.shift()!;
      sent.push(flight.from + flight.to);
      await network.deliver(flight);
    }
    expect(await network.texts('page:1')).toEqual(['live', 'live', 'live']);
    expect(sent).toEqual(['AB', 'BC']);
  });

  it('asks one of several neighbours who know the same', async () => {
    const network = await DocNetwork.of(4);
    await network.edit(0, 'page:1', type(0, 'x'.repeat(5_000)));
    network.connectAll();
    await network.heal();
    const late = await Docs.open({ store: new MemoryDocStore(), clock: network.clock });
    const received: number[] = [];
    const sync = new DocSync({
      docs: late,
      clock: network.clock,
      send: (to, bytes) => network.flights.push({ from: 'E', to, bytes }),
    });
    network.replicas.push({ name: 'E', docs: late, sync, screen: new Map(), refused: [] });
    const receive = sync.receive.bind(sync);
    sync.receive = (peer, bytes) => {
      if (decodeMessage(bytes).kind === 'updates') received.push(bytes.length);
      return receive(peer, bytes);
    };
    for (const { name, sync: other } of network.replicas.slice(0, 4)) {
      sync.connected(name);
      other.connected('E');
    }
    await network.heal();
    expect(new Set(await network.texts('page:1')).size).toBe(1);
    expect(received).toHaveLength(1);
  });

  it('sends nothing but digests between replicas that are equal', async () => {
    const network = await DocNetwork.of(2);
    network.connectAll();
    for (let i = 0; i < 30; i++) await network.edit(0, `page:${i}`, type(0, 'same'));
    await network.heal();
    network.sent = 0;
    await network.heal();
    expect(network.sent).toBe(12);
  });

  it('asks again only from time to time while what one has written can not be stored, and so can not be sent', async () => {
    class FullDisk extends MemoryDocStore {
      isFull = false;
      override append(...given: Parameters<MemoryDocStore['append']>): Promise<void> {
        return this.isFull ? new Promise(() => undefined) : super.append(...given);
      }
    }
    const disk = new FullDisk();
    const network = await DocNetwork.of(2, (name) => (name === 'A' ? disk : new MemoryDocStore()));
    network.connectAll();
    await network.edit(0, 'page:1', type(0, 'stored. '));
    await network.heal();
    disk.isFull = true;
    void network.edit(0, 'page:1', type(0, 'not stored. '));
    await settle();
    network.sent = 0;
    network.clock.advance(30_000);
    await settle();
    for (let count = 0; count < 100 && network.flights.length > 0; count++)
      await network.deliver(network.flights.shift()!);
    expect(network.flights).toEqual([]);
    expect(network.sent).toBeLessThan(20);
  });

  it('garbage from a neighbour changes nothing and is refused with a code', async () => {
    const network = await DocNetwork.of(2);
    network.connectAll();
    await network.edit(0, 'page:1', type(0, 'safe'));
    await network.heal();
    const [a] = network.replicas;
    const before = await network.prints();
    await fc.assert(
      fc.asyncProperty(fc.uint8Array({ maxLength: 200 }), async (bytes) => {
        a!.refused.length = 0;
        await a!.sync.receive('B', Uint8Array.of(3, ...bytes));
        await a!.sync.receive('B', bytes);
        for (const code of a!.refused) expect(code).toMatch(/^docs?-/);
      }),
      { numRuns: 200 },
    );
    expect(await network.prints()).toEqual(before);
  });

  it('counts and lengths that nothing backs are refused before memory is reserved', () => {
    for (const bytes of [
      Uint8Array.of(1, 255, 255, 255, 255, 15),
      Uint8Array.of(2, 7, 99, 111, 109, 109, 111, 110, 115, 255, 255, 255, 7),
      Uint8Array.of(3, 7, 99, 111, 109, 109, 111, 110, 115, 0, 255, 31),
      Uint8Array.of(9),
      new Uint8Array(0),
    ])
      expect(() => decodeMessage(bytes)).toThrow('docs-message-malformed');
  });

  it('messages come back from their bytes as they were', () => {
    const updates = [{ bytes: Uint8Array.of(1, 2), member: memberCalled('A'), time: 5 }];
    const print = { known: new Uint8Array(16).fill(1), content: new Uint8Array(16).fill(2) };
    for (const message of [
      { kind: 'digest', digest: new Uint8Array(32).fill(3) },
      { kind: 'compare', docs: [{ id: 'page:1', print }] },
      { kind: 'ask', doc: 'commons', known: Uint8Array.of(9) },
      { kind: 'updates', doc: 'commons', answer: 2, updates },
    ] as const)
      expect(decodeMessage(encodeMessage(message))).toEqual(message);
  });
});
