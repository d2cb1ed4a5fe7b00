import { beforeAll, describe, expect, it } from 'vitest';
import { testSigner } from '../../test/kit/group';
import { signEvent } from '../record/compose';
import type { SignedEvent } from '../record/event';
import { TOGETHER, noteOf } from './known-ids';
import { MemoryStore } from './memory-store';
import { readRecord } from './stored-record';

const KEY = 'ids-0';
const idsOf = (events: readonly SignedEvent[]): string[] => events.map(({ id }) => id);

/** A chain with one event more than are noted together. */
let chain: SignedEvent[] = [];
beforeAll(async () => {
  const signer = await testSigner('ana');
  const made: SignedEvent[] = [];
  for (let sequence = 0; sequence <= TOGETHER; sequence++) {
    const body = { sequence, time: 0, rules: 1, type: 'a.test', payload: sequence, device: signer.device };
    const [founding, previous] = [made[0]?.id ?? null, made.at(-1)?.id ?? null];
    made.push(await signEvent({ ...body, network: founding, previous, parents: [] }, signer));
  }
  chain = made;
});

const bytes = (): Uint8Array[] => chain.map((event) => event.bytes);
const read = async (stored: readonly Uint8Array[], store: MemoryStore) => {
  const { events, damaged } = await readRecord(stored, store);
  return { ids: idsOf(events), damaged };
};
const noted = async (store: MemoryStore): Promise<void> => {
  await readRecord(bytes(), store);
  await expect.poll(() => store.recall(KEY)).toBeDefined();
};

describe('ids of stored events', () => {
  it('are noted at a start, and taken from the note at the next', async () => {
    const store = new MemoryStore();
    await noted(store);
    expect(await store.recall(KEY)).toEqual(await noteOf(bytes().slice(0, TOGETHER), idsOf(chain).slice(0, TOGETHER)));
    expect(await read(bytes(), store)).toEqual({ ids: idsOf(chain), damaged: false });
    // That it is the note from which they come: by a false one whose sum is right, the first event is another, which nobody signed.
    const false_ = ['ab'.repeat(32), ...idsOf(chain).slice(1, TOGETHER)];
    await store.remember(KEY, await noteOf(bytes().slice(0, TOGETHER), false_));
    expect(await read(bytes(), store)).toEqual({ ids: idsOf(chain).slice(1), damaged: true });
  });

  it('are worked out anew where the disk changed an event or the note, and the damage is seen as without one', async () => {
    const store = new MemoryStore();
    await noted(store);
    const stored = bytes();
    stored[7] = stored[7]!.with(stored[7]!.length - 1, 0x17);
    expect(await read(stored, store)).toEqual({ ids: idsOf(chain).toSpliced(7, 1), damaged: true });

    const { sum, ids } = await noteOf(bytes().slice(0, TOGETHER), idsOf(chain).slice(0, TOGETHER));
    for (const spoilt of [
      { sum, ids: ids.with(40, ids[40]! ^ 1) },
      { sum: sum.with(3, sum[3]! ^ 1), ids },
      'ids',
      null,
    ]) {
      await store.remember(KEY, spoilt);
      expect(await read(bytes(), store)).toEqual({ ids: idsOf(chain), damaged: false });
    }
  });

  it('are worked out anew where the disk lost an event before', async () => {
    const store = new MemoryStore();
    await noted(store);
    expect(await read(bytes().toSpliced(3, 1), store)).toEqual({ ids: idsOf(chain).toSpliced(3, 1), damaged: false });
  });
});
