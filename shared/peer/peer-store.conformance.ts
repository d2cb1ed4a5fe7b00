import { sha256 } from '@noble/hashes/sha2.js';
import { afterEach, describe, expect, it } from 'vitest';
import { docStoreConformance } from '../commons/doc-store.conformance';
import { fileStoreConformance } from '../files/file-store.conformance';
import { concat, toHex } from '../record/bytes';
import { type DetachedText, MAX_TEXT, type TextRef, refOf } from '../record/text';
import type { PeerStore } from './store';

/** What a store's test gives: a fresh store, a way to close and open the same one again, and one to throw it away. */
export interface PeerStoreUnderTest {
  readonly store: PeerStore;
  /** The same data as after a restart of the app. */
  readonly reopen: () => Promise<PeerStore>;
  readonly destroy?: () => Promise<void>;
}

const AUTHOR = 'a5'.repeat(32);

const event = (seed: number, length = 300): Uint8Array =>
  Uint8Array.from({ length }, (_, index) => (seed * 31 + index * 7 + (seed >> 8)) & 255);
const text = (words: string): DetachedText => ({
  author: AUTHOR,
  salt: new Uint8Array(16).fill(words.length),
  text: words,
});
const digestOf = (events: readonly Uint8Array[]): string => toHex(sha256(concat(...events)));
const numbers = (count: number): number[] => Array.from({ length: count }, (_, index) => index);

/** Everything that is kept, without the borders of batches, which mean nothing. */
async function kept(store: PeerStore): Promise<{ events: Uint8Array[]; texts: Map<TextRef, string> }> {
  const batches = await store.load(() => expect.unreachable('nothing is damaged'));
  const texts = batches.flatMap((batch) => batch.texts);
  const named = new Map(texts.map((one) => [refOf(one), one.text]));
  expect(named.size).toBe(texts.length);
  return { events: batches.flatMap((batch) => [...batch.events]), texts: named };
}

const named = (...texts: readonly DetachedText[]): Map<TextRef, string> =>
  new Map(texts.map((one) => [refOf(one), one.text]));

/** The tests that every `PeerStore` passes, its documents and files included; call it in a test file of the adapter. */
export function peerStoreConformance(name: string, make: () => Promise<PeerStoreUnderTest>): void {
  docStoreConformance(name, async () => {
    const { store, reopen, destroy } = await make();
    return {
      store: store.docs,
      reopen: async () => (await reopen()).docs,
      ...(destroy === undefined ? {} : { destroy }),
    };
  });
  fileStoreConformance(name, async () => {
    const { store, reopen, destroy } = await make();
    return {
      store: store.files,
      reopen: async () => (await reopen()).files,
      ...(destroy === undefined ? {} : { destroy }),
    };
  });

  describe(`PeerStore: ${name}`, () => {
    let open: PeerStoreUnderTest[] = [];
    const fresh = async () => {
      const made = await make();
      open.push(made);
      return made;
    };
    afterEach(async () => {
      for (const made of open) await made.destroy?.();
      open = [];
    });

    it('knows nothing at first', async () => {
      const { store } = await fresh();
      expect(await store.load()).toEqual([]);
      expect(await store.recall('delivery')).toBeUndefined();
    });

    it('gives events back in the order they were appended, each as it was', async () => {
      const { store } = await fresh();
      await store.append({ events: [event(1), event(2)], texts: [] });
      await store.append({ events: [event(3, 1)], texts: [] });
      await store.append({ events: [event(0), event(4, 60_000)], texts: [] });
      expect((await kept(store)).events).toEqual([event(1), event(2), event(3, 1), event(0), event(4, 60_000)]);
    });

    it('keeps texts with their events, once each however often they came', async () => {
      const { store } = await fresh();
      await store.append({ events: [event(1)], texts: [text('Ana'), text('')] });
      await store.append({ events: [event(2)], texts: [text('Ben'), text('Ana')] });
      expect((await kept(store)).texts).toEqual(named(text('Ana'), text(''), text('Ben')));
    });

    it('keeps texts that come after their events, or before any event', async () => {
      const { store } = await fresh();
      await store.append({ events: [], texts: [text('early')] });
      expect((await kept(store)).texts).toEqual(named(text('early')));
      await store.append({ events: [event(1)], texts: [] });
      await store.append({ events: [], texts: [text('late')] });
      expect(await kept(store)).toEqual({ events: [event(1)], texts: named(text('early'), text('late')) });
    });

    it('leaves no trace of an empty batch', async () => {
      const { store } = await fresh();
      await store.append({ events: [], texts: [] });
      expect(await store.load()).toEqual([]);
    });

    it('erases texts for good, and nothing else', async () => {
      const { store, reopen } = await fresh();
      await store.append({ events: [event(1)], texts: [text('stays'), text('goes')] });
      await store.append({ events: [event(2)], texts: [text('goes too')] });
      await store.erase([refOf(text('goes')), refOf(text('goes too')), refOf(text('was never here'))]);
      await store.erase([]);
      const rest = { events: [event(1), event(2)], texts: named(text('stays')) };
      expect(await kept(store)).toEqual(rest);
      expect(await kept(await reopen())).toEqual(rest);
    });

    it('remembers facts by key, the newest of each', async () => {
      const { store, reopen } = await fresh();
      await store.remember('count', 1);
      await store.remember('heard', new Map([['device', { has: 3, at: 5 }]]));
      await store.remember('count', 2);
      const check = async (one: PeerStore): Promise<void> => {
        expect(await one.recall('count')).toBe(2);
        expect(await one.recall('heard')).toEqual(new Map([['device', { has: 3, at: 5 }]]));
        expect(await one.recall('other')).toBeUndefined();
      };
      await check(store);
      await check(await reopen());
    });

    it('is not changed by what its caller does with the bytes afterwards', async () => {
      const { store } = await fresh();
      const mine = event(1);
      const appending = store.append({ events: [mine], texts: [] });
      mine.fill(0);
      await appending;
      expect((await kept(store)).events).toEqual([event(1)]);
    });

    it('takes thousands of events and the longest text in one batch', async () => {
      const { store, reopen } = await fresh();
      const events = numbers(5_000).map((seed) => event(seed));
      const long = text('ß'.repeat(MAX_TEXT));
      await store.append({ events, texts: [long] });
      const again = await kept(await reopen());
      expect(again.events.length).toBe(events.length);
      expect(digestOf(again.events)).toBe(digestOf(events));
      expect(again.texts).toEqual(named(long));
    });

    it('keeps the order of appends that do not wait for each other', async () => {
      const { store } = await fresh();
      await Promise.all(
        numbers(60).map((seed) => store.append({ events: [event(seed)], texts: [text(`text ${seed}`)] })),
      );
      const { events, texts } = await kept(store);
      expect(events).toEqual(numbers(60).map((seed) => event(seed)));
      expect(texts.size).toBe(60);
    });

    it('keeps nothing of an append that fails, and goes on', async () => {
      const { store, reopen } = await fresh();
      await store.append({ events: [event(1)], texts: [text('before')] });
      // A text without an author has no name under which to keep it.
      const nameless = { ...text('nameless'), author: 'nobody' };
      await expect(store.append({ events: [event(2)], texts: [text('beside'), nameless] })).rejects.toThrow();
      await store.append({ events: [event(3)], texts: [] });
      const rest = { events: [event(1), event(3)], texts: named(text('before')) };
      expect(await kept(store)).toEqual(rest);
      expect(await kept(await reopen())).toEqual(rest);
    });

    it('has after a restart everything that was appended before it, and goes on', async () => {
      const { store, reopen } = await fresh();
      await store.append({ events: [event(1)], texts: [text('one')] });
      await store.docs.append('commons', [{ bytes: event(9), member: null, time: 9 }]);
      const again = await reopen();
      await again.append({ events: [event(2)], texts: [text('two')] });
      const third = await reopen();
      expect(await kept(third)).toEqual({ events: [event(1), event(2)], texts: named(text('one'), text('two')) });
      expect(await third.docs.load('commons')).toEqual([{ bytes: event(9), member: null, time: 9 }]);
    });
  });
}
