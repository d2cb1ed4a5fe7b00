import { decode } from 'cborg';
import { certifies } from '../../../shared/network/certificates';
import { Network } from '../../../shared/network/network';
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

/** P3's floor: milliseconds of the CBOR library alone over the same bytes. */
export function bareDecode(events: readonly Uint8Array[]): number {
  const start = performance.now();
  for (const bytes of events) decode(bytes.subarray(SIGNATURE_BYTES));
  return performance.now() - start;
}

/** P3: what a start consists of, from trusted bytes in memory to the folded state. */
export function startParts(history: History): StartParts {
  let start = performance.now();
  const lap = (): number => {
    const took = performance.now() - start;
    start = performance.now();
    return took;
  };
  const events = history.events.map(({ bytes }) => decodeEvent(bytes, true));
  const decoded = lap();
  const record = new RecordSet(history.network, certifies);
  for (const event of events) record.add(event);
  const recorded = lap();
  const network = new Network(record);
  network.add(record.all());
  network.settle();
  return { decode: decoded, record: recorded, fold: lap() };
}
