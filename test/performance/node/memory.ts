import { decodeEvent } from '../../../shared/record/event';
import { Replica } from '../../../shared/replica/replica';
import { type History, sizeOf } from '../history-file';
import { type Row, count, ratioRow } from '../report';

/** P7: memory of a whole replica, by event, against the events' own bytes. Needs `--expose-gc`. */
export async function memory(history: History): Promise<Row[]> {
  const size = history.events.length;
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
  const replica = new Replica(history.network);
  // Copies, so that the bytes count as they do in a peer that read them from its disk.
  replica.receive({ events: history.events.map(({ bytes }) => decodeEvent(bytes.slice(), true)), texts: [] });
  const bytes = ((await used()) - before) / replica.record.size;
  const own = sizeOf(history, false) / size;
  return [
    ratioRow(
      {
        figure: 'P7',
        what: `memory of an event, record and state of ${count(size)}`,
        ours: `${count(bytes)} bytes`,
        floor: `the event itself ${count(own)} bytes`,
        ratio: bytes / own,
      },
      3,
    ),
  ];
}
