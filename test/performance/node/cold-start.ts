import { MemoryStore } from '../../../shared/peer/memory-store';
import { Peer } from '../../../shared/peer/peer';
import { randomBytes } from '../../../shared/record/signature';
import { testSigner } from '../../kit/group';
import { type History, batchesOf } from '../history-file';
import { type StartParts, bareDecode, firstStart, startParts } from '../measures/cold-start';
import type { Row } from '../report';
import { startRows } from '../rows';

const around = {
  clock: { now: () => performance.now(), setTimer: () => () => undefined },
  random: randomBytes,
  now: () => Date.now(),
};

/** P3 in Node: from bytes in memory to a usable peer, and its parts. Floor: cborg's decode of the same bytes. */
export async function coldStartInNode(history: History, runs: number): Promise<Row[]> {
  const opens: number[] = [];
  const floors: number[] = [];
  const parts: StartParts[] = [];
  const signer = await testSigner(history.people[0]!.name);
  for (let run = 0; run < runs; run++) {
    const store = new MemoryStore();
    for (const batch of batchesOf(history, false)) await store.append(batch);
    await firstStart(store);
    globalThis.gc?.();
    const start = performance.now();
    const peer = await Peer.open(history.network, signer, store, around);
    opens.push(performance.now() - start);
    await peer.close();
    globalThis.gc?.();
    floors.push(bareDecode(history.events.map(({ bytes }) => bytes)));
    globalThis.gc?.();
    parts.push(startParts(history));
  }
  return startRows('Node', 'bytes in memory', history.events.length, { opens, floors, parts });
}
