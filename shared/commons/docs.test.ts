import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import * as Y from 'yjs';
import type { PeerholdError } from '../errors';
import { Docs } from './docs';
import { docStoreConformance } from './doc-store.conformance';
import { MAX_DOC_BYTES, MAX_UPDATE } from './limits';
import { MemoryDocStore } from './memory-store';
import type { DocStore, StoredUpdate } from './ports';

const ANNA = 'a'.repeat(64);
const BEN = 'b'.repeat(64);
const clock = { now: () => 0, setTimer: (_delay: number, run: () => void) => (queueMicrotask(run), () => undefined) };

docStoreConformance('memory', () => Promise.resolve({ store: new MemoryDocStore() }));

const open = (
  store: DocStore = new MemoryDocStore(),
  more: { onDamaged?: (doc: string, index: number) => void } = {},
) => Docs.open({ store, clock, ...more });

/** A writer as a screen is one: edits of its own document as updates. */
function writer(member: string) {
  const doc = new Y.Doc({ gc: false });
  const updates: StoredUpdate[] = [];
  let time = 0;
  doc.on('update', (bytes: Uint8Array, origin: unknown) => {
    if (origin !== 'remote') updates.push({ bytes, member, time: (time += 1_000) });
  });
  const text = doc.getText('t');
  return { doc, text, updates, later: (ms: number) => (time += ms) };
}

const textOf = (update: Uint8Array) => {
  const doc = new Y.Doc();
  Y.applyUpdate(doc, update);
  return doc.getText('t').toString();
};

describe('Docs', () => {
  it('has after a restart what was applied before it', async () => {
    const store = new MemoryDocStore();
    const { text, updates } = writer(ANNA);
    text.insert(0, 'hello');
    text.delete(0, 1);
    const docs = await open(store);
    for (const update of updates) expect(await docs.apply('page:1', update, 'screen')).toBe('changed');
    await docs.close();
    const again = await open(store);
    expect(again.ids()).toEqual(['page:1']);
    expect(textOf(await again.state('page:1'))).toBe('ello');
  });

  it('tells a change once, after it is stored, and nothing for one it had', async () => {
    const told: unknown[] = [];
    const store = new MemoryDocStore();
    const docs = await open(store);
    docs.changes.add(({ doc, from }) => told.push([doc, from]));
    const { text, updates } = writer(ANNA);
    text.insert(0, 'x');
    await docs.apply('page:1', updates[0]!, 'neighbour');
    expect(await docs.apply('page:1', updates[0]!, 'other')).toBe('unchanged');
    expect(told).toEqual([['page:1', 'neighbour']]);
    expect(await store.load('page:1')).toHaveLength(1);
  });

  it('groups a member’s changes within ten minutes and shows the document as it was after each group', async () => {
    const docs = await open();
    const { text, updates, later } = writer(ANNA);
    text.insert(0, 'a');
    text.insert(1, 'b');
    later(11 * 60_000);
    text.insert(2, 'c');
    for (const update of updates) await docs.apply('page:1', update, null);
    await docs.apply('page:1', { ...updates[0]!, member: BEN }, null);
    const history = await docs.history('page:1');
    expect(history.map(({ index, member }) => [index, member])).toEqual([
      [1, ANNA],
      [2, ANNA],
    ]);
    expect(textOf(await docs.at('page:1', 1))).toBe('ab');
    expect(textOf(await docs.at('page:1', 2))).toBe('abc');
    await expect(docs.at('page:1', 3)).rejects.toMatchObject({ code: 'doc-change-unknown' });
  });

  it('sets a damaged stored update aside, names it, and loads the rest', async () => {
    const store = new MemoryDocStore();
    const a = writer(ANNA);
    const b = writer(BEN);
    a.text.insert(0, 'kept ');
    b.text.insert(0, 'too ');
    await store.append('page:1', [a.updates[0]!]);
    await store.append('page:1', [{ bytes: Uint8Array.of(1, 255, 3, 7), member: null, time: 0 }]);
    await store.append('page:1', [b.updates[0]!]);
    const damaged: unknown[] = [];
    const docs = await open(store, { onDamaged: (doc, index) => damaged.push([doc, index]) });
    const text = textOf(await docs.state('page:1'));
    expect(text).toContain('kept ');
    expect(text).toContain('too ');
    expect(damaged).toEqual([['page:1', 1]]);
  });

  it('keeps a change whose write fails and stores it when it can', async () => {
    const memory = new MemoryDocStore();
    let failures = 3;
    const store: DocStore = {
      load: (doc) => memory.load(doc),
      list: () => memory.list(),
      append: (doc, updates) => (failures-- > 0 ? Promise.reject(new Error('full')) : memory.append(doc, updates)),
    };
    const errors: string[] = [];
    const docs = await Docs.open({ store, clock, onStoreError: (doc) => errors.push(doc) });
    const { text, updates } = writer(ANNA);
    text.insert(0, 'x');
    await docs.apply('page:1', updates[0]!, null);
    expect(errors).toEqual(['page:1', 'page:1', 'page:1']);
    expect(await memory.load('page:1')).toHaveLength(1);
  });

  it('writes at once what waits together, in order, and tells of each', async () => {
    const memory = new MemoryDocStore();
    const written: number[] = [];
    const store: DocStore = {
      load: (doc) => memory.load(doc),
      list: () => memory.list(),
      append: async (doc, updates) => {
        // A disk takes its time.
        await new Promise((resolve) => setTimeout(resolve, 1));
        written.push(updates.length);
        await memory.append(doc, updates);
      },
    };
    const docs = await open(store);
    const told: number[] = [];
    docs.changes.add(({ update }) => void told.push(update.time));
    const { text, updates } = writer(ANNA);
    for (let index = 0; index < 20; index++) text.insert(index, 'x');
    await Promise.all(updates.map(({ bytes }, time) => docs.apply('page:1', { bytes, member: ANNA, time }, null)));
    expect(written.reduce((sum, count) => sum + count)).toBe(20);
    expect(written.length).toBeLessThan(20);
    const times = Array.from({ length: 20 }, (_, index) => index);
    expect(told).toEqual(times);
    expect((await memory.load('page:1')).map(({ time }) => time)).toEqual(times);
  });

  it('takes no more than a document may have, however much comes at once', async () => {
    const docs = await open();
    const { text, updates } = writer(ANNA);
    const many = Math.ceil(MAX_DOC_BYTES / MAX_UPDATE) + 1;
    const words = 'x'.repeat(MAX_UPDATE - 1_024);
    for (let index = 0; index < many; index++) text.insert(text.length, words);
    const results = await Promise.allSettled(updates.map((update) => docs.apply('page:1', update, null)));
    const refused = results.filter((result) => result.status === 'rejected');
    expect(refused.map((result) => (result.reason as PeerholdError).code)).toEqual(['doc-full']);
  });

  describe('takes another version of a document in the place of its own', () => {
    const version = (words: string, member: string): StoredUpdate[] => {
      const { doc, text, updates } = writer(member);
      doc.clientID = 7;
      text.insert(0, words);
      return updates;
    };

    it('for good, and keeps the one that was here in the history', async () => {
      const store = new MemoryDocStore();
      const docs = await open(store);
      for (const update of version('one', ANNA)) await docs.apply('page:1', update, 'A');
      await docs.adopt('page:1', version('two', BEN));
      for (const each of [docs, await open(store)]) {
        expect(textOf(await each.state('page:1'))).toBe('two');
        const history = await each.history('page:1');
        expect(history.map(({ member }) => member)).toEqual([ANNA, BEN]);
        const texts = await Promise.all(history.map(async ({ index }) => textOf(await each.at('page:1', index))));
        expect(texts).toEqual(['one', 'two']);
        // Nobody is sent what was replaced.
        expect((await each.missing('page:1', new Uint8Array())).map(({ member }) => member)).toEqual([BEN]);
      }
    });

    it('without losing what is written while it does', async () => {
      const docs = await open();
      for (const update of version('one', ANNA)) await docs.apply('page:1', update, 'A');
      const mine = writer(ANNA);
      Y.applyUpdate(mine.doc, await docs.state('page:1'), 'remote');
      mine.text.insert(3, ' more');
      const adopted = docs.adopt('page:1', version('two', BEN));
      await docs.apply('page:1', mine.updates[0]!, 'screen');
      await adopted;
      expect(textOf(await docs.state('page:1'))).toBe('two more');
    });

    it('or stays with its own where the version is incomplete, empty, garbage, or can not be stored', async () => {
      const store = new MemoryDocStore();
      const docs = await open(store);
      for (const update of version('one', ANNA)) await docs.apply('page:1', update, 'A');
      const { text, updates } = writer(BEN);
      text.insert(0, 'first ');
      text.insert(6, 'second');
      const bytes = new Uint8Array([1, 2, 3]);
      await expect(docs.adopt('page:1', updates.slice(1))).rejects.toThrow('doc-version-incomplete');
      await expect(docs.adopt('page:1', [])).rejects.toThrow('doc-version-incomplete');
      await expect(docs.adopt('page:1', [{ bytes, member: null, time: 0 }])).rejects.toThrow('doc-update-malformed');
      store.append = () => Promise.reject(new Error('full'));
      await expect(docs.adopt('page:1', updates)).rejects.toThrow('full');
      expect(textOf(await docs.state('page:1'))).toBe('one');
      expect(textOf(await (await open(store)).state('page:1'))).toBe('one');
    });
  });

  it('says that a change builds on missing ones, and has it once they come', async () => {
    const docs = await open();
    const { text, updates } = writer(ANNA);
    text.insert(0, 'a');
    text.insert(1, 'b');
    expect(await docs.apply('page:1', updates[1]!, null)).toBe('incomplete');
    expect(textOf(await docs.state('page:1'))).toBe('');
    expect(await docs.apply('page:1', updates[0]!, null)).toBe('changed');
    expect(textOf(await docs.state('page:1'))).toBe('ab');
  });

  it('refuses names, documents in documents and oversize with a code, and applies nothing', async () => {
    const docs = await open();
    const { doc, text, updates } = writer(ANNA);
    text.insert(0, 'x');
    await expect(docs.apply('../etc', updates[0]!, null)).rejects.toMatchObject({ code: 'doc-id-invalid' });
    doc.getMap('m').set('sub', new Y.Doc());
    await expect(docs.apply('page:1', updates[1]!, null)).rejects.toMatchObject({ code: 'doc-update-malformed' });
    const large = { bytes: new Uint8Array(9 * 1024 * 1024), member: null, time: 0 };
    await expect(docs.apply('page:1', large, null)).rejects.toMatchObject({ code: 'doc-update-too-large' });
    expect(docs.ids()).toEqual([]);
  });

  it('refuses nesting that would overflow a stack later', async () => {
    const docs = await open();
    const { doc, updates } = writer(ANNA);
    let deep: unknown = 1;
    for (let i = 0; i < 200; i++) deep = [deep];
    doc.getMap('m').set('deep', deep);
    await expect(docs.apply('page:1', updates[0]!, null)).rejects.toMatchObject({ code: 'doc-update-malformed' });
  });

  it('never throws anything but a code on garbage, and keeps working', async () => {
    const { text, updates } = writer(ANNA);
    text.insert(0, 'hello world');
    text.format(0, 5, { bold: true });
    text.delete(3, 2);
    await fc.assert(
      fc.asyncProperty(
        fc.array(
          fc.oneof(
            fc.uint8Array({ maxLength: 60 }),
            fc
              .tuple(fc.nat(updates.length - 1), fc.nat(80), fc.nat(255))
              .map(([which, at, value]) => updates[which]!.bytes.map((byte, index) => (index === at ? value : byte))),
          ),
          { maxLength: 8 },
        ),
        async (all) => {
          const store = new MemoryDocStore();
          const docs = await open(store);
          for (const bytes of all) {
            // What waited for changes that are not here may be let go with a bad one: it is asked for again.
            const before = await docs.print('page:1');
            try {
              await docs.apply('page:1', { bytes, member: null, time: 0 }, null);
            } catch (error) {
              expect(error).toMatchObject({ code: expect.stringMatching(/^doc-/) });
              expect(await docs.print('page:1')).toEqual(before);
            }
          }
          // What is in memory is what is stored.
          const again = await open(store);
          expect(await again.print('page:1')).toEqual(await docs.print('page:1'));
        },
      ),
      { numRuns: 150 },
    );
  });

  it('lets a document be looked at without keeping it, and does not look at one that is too large', async () => {
    const store = new MemoryDocStore();
    let loads = 0;
    const counting: DocStore = {
      list: () => store.list(),
      append: (...given) => store.append(...given),
      load: (doc) => ((loads += 1), store.load(doc)),
    };
    const { text, updates } = writer(ANNA);
    text.insert(0, 'some text');
    await (await open(store)).apply('page:a', updates[0]!, null);
    const docs = await open(counting);
    const read = (doc: Y.Doc) => doc.getText('t').toString();
    for (let time = 0; time < 2; time++) expect(await docs.glance('page:a', 1_000, read)).toBe('some text');
    expect(await docs.glance('page:a', 10, read)).toBeNull();
    expect(await docs.glance('page:b', 10, read)).toBe('');
    expect(loads).toBe(4);
    const release = docs.hold('page:a');
    for (let time = 0; time < 2; time++) expect(await docs.glance('page:a', 1_000, read)).toBe('some text');
    expect(await docs.glance('page:a', 10, read)).toBeNull();
    expect(loads).toBe(5);
    release();
  });

  it('keeps bounded many documents in memory and loads the others again', async () => {
    const docs = await open();
    const all = Array.from({ length: 80 }, (_, index) => writer(index % 2 === 0 ? ANNA : BEN));
    for (const [index, { text, updates }] of all.entries()) {
      text.insert(0, `text ${index}`);
      await docs.apply(`page:${index}`, updates[0]!, null);
    }
    for (const index of all.keys()) expect(textOf(await docs.state(`page:${index}`))).toBe(`text ${index}`);
  });
});
