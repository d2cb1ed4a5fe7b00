import { type History, sizeOf } from '../history-file';
import { heldReplica } from '../measures/memory';
import type { Row } from '../report';
import { memoryRow } from '../rows';

/** P7: memory of a whole replica against the events' own bytes. Needs `--expose-gc`. */
export async function memoryInNode(history: History): Promise<Row> {
  const used = async (): Promise<number> => {
    // The memory of byte arrays is given back a moment after the collection that found them unused.
    for (let round = 0; round < 3; round++) {
      globalThis.gc?.();
      await new Promise((resolve) => setTimeout(resolve, 50));
    }
    const { heapUsed, arrayBuffers } = process.memoryUsage();
    return heapUsed + arrayBuffers;
  };
  const before = await used();
  const replica = heldReplica(history);
  const grown = (await used()) - before;
  return memoryRow('Node', replica.record.size, grown, sizeOf(history, false));
}
