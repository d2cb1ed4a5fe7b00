import { decode } from 'cborg';
import { certifies } from '../../../shared/network/certificates';
import { Network } from '../../../shared/network/network';
import { MemoryStore } from '../../../shared/peer/memory-store';
import { Peer } from '../../../shared/peer/peer';
import { randomBytes } from '../../../shared/record/signature';
import { decodeEvent } from '../../../shared/record/event';
import { RecordSet } from '../../../shared/record/record';
import { testSigner } from '../../kit/group';
import { type History, batchesOf } from '../history-file';
import { type Row, count, median, ms, ratioRow } from '../report';

const around = {
  clock: { now: () => performance.now(), setTimer: () => () => undefined },
  random: randomBytes,
  now: () => Date.now(),
};
const SIGNATURE_BYTES = 64;
/** Of the events a second that a full fold should do. */
const FOLD_TARGET = 300_000;

/** P3 in Node: from bytes in memory to a usable peer, and its parts. Floor: cborg's decode of the same bytes. */
export async function coldStartInNode(history: History, runs: number): Promise<Row[]> {
  const size = history.events.length;
  const times = {
    open: [] as number[],
    floor: [] as number[],
    decode: [] as number[],
    record: [] as number[],
    fold: [] as number[],
  };
  const signer = await testSigner(history.people[0]!.name);
  for (let run = 0; run < runs; run++) {
    const store = new MemoryStore();
    for (const batch of batchesOf(history, false)) await store.append(batch);
    globalThis.gc?.();
    let start = performance.now();
    const peer = await Peer.open(history.network, signer, store, around);
    times.open.push(performance.now() - start);
    await peer.close();
    globalThis.gc?.();
    start = performance.now();
    for (const { bytes } of history.events) decode(bytes.subarray(SIGNATURE_BYTES));
    times.floor.push(performance.now() - start);
    globalThis.gc?.();
    start = performance.now();
    const events = history.events.map(({ bytes }) => decodeEvent(bytes, true));
    times.decode.push(performance.now() - start);
    const record = new RecordSet(history.network, certifies);
    start = performance.now();
    for (const event of events) record.add(event);
    times.record.push(performance.now() - start);
    const network = new Network(record);
    start = performance.now();
    network.add(record.all());
    network.settle();
    times.fold.push(performance.now() - start);
  }
  const [open, floor] = [median(times.open), median(times.floor)];
  const rate = (size / median(times.fold)) * 1000;
  return [
    ratioRow(
      {
        figure: 'P3',
        what: `cold start of ${count(size)} events in Node, bytes in memory`,
        ours: `${ms(open)} (decode ${ms(median(times.decode))}, record ${ms(median(times.record))}, fold ${ms(median(times.fold))})`,
        floor: `bare decode ${ms(floor)}`,
        ratio: open / floor,
      },
      2,
    ),
    {
      figure: 'P3',
      what: `full fold of ${count(size)} events in Node`,
      ours: `${count(rate)} events/s`,
      floor: '',
      target: `≥ ${count(FOLD_TARGET)} events/s`,
      met: rate >= FOLD_TARGET,
    },
  ];
}
