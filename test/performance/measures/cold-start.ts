import { decode } from 'cborg';
import { certifies } from '../../../shared/network/certificates';
import { Network } from '../../../shared/network/network';
import type { PeerStore } from '../../../shared/peer/store';
import { readRecord } from '../../../shared/peer/stored-record';
import { decodeEvent } from '../../../shared/record/event';
import { RecordSet } from '../../../shared/record/record';
import type { History } from '../history-file';

const SIGNATURE_BYTES = 64;

/** Milliseconds. */
export interface StartParts {
  readonly decode: number;
  readonly record: number;
  readonly fold: number;
}

/** Milliseconds. */
const NOTING = 2_000;

/** The first start notes the ids of the events, beside all else; those after it are measured. */
export async function firstStart(store: PeerStore): Promise<void> {
  const batches = await store.load();
  await readRecord(
    batches.flatMap(({ events }) => events),
    store,
  );
  await new Promise((resolve) => setTimeout(resolve, NOTING));
}

/** P3's floor: milliseconds of the CBOR library alone over the same bytes. */
export function bareDecode(events: readonly Uint8Array[]): number {
  const start = performance.now();
  for (const bytes of events) decode(bytes.subarray(SIGNATURE_BYTES));
  return performance.now() - start;
}

/** P3: what a start consists of, from trusted bytes in memory, with their ids, to the folded state. */
export function startParts(history: History): StartParts {
  const ids = history.events.map(({ bytes }) => decodeEvent(bytes).id);
  let start = performance.now();
  const lap = (): number => {
    const took = performance.now() - start;
    start = performance.now();
    return took;
  };
  const events = history.events.map(({ bytes }, index) => decodeEvent(bytes, ids[index]));
  const decoded = lap();
  const record = new RecordSet(history.network, certifies);
  for (const event of events) record.add(event);
  const recorded = lap();
  const network = new Network(record);
  network.add(record.all());
  network.settle();
  return { decode: decoded, record: recorded, fold: lap() };
}
