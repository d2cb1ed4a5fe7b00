import { checkEvent } from '../../../shared/network/check';
import { signEvent } from '../../../shared/record/compose';
import { decodeEvent, type SignedEvent } from '../../../shared/record/event';
import { Replica } from '../../../shared/replica/replica';
import { testSigner } from '../../kit/group';
import { type History, firstOf } from '../history-file';
import { type Row, median, ms, quantile, ratioRow } from '../report';

/** Events that arrive one by one after the history; the history's file holds as many more. */
export const ARRIVALS = 1_000;
/** How many events before the newest the one made offline had seen. */
const AGO = 100;
const LATE = 100;
/** The first calls run before the engine has compiled them. */
const WARM_UP = 100;

/** P2: one event arrives until the derived state is new, at several lengths of history. */
export async function arrival(history: History, sizes: readonly number[]): Promise<Row[]> {
  const rows: Row[] = [];
  const medians: number[] = [];
  for (const size of sizes) {
    const replica = replicaOf(firstOf(history, size));
    const alone: number[] = [];
    const checked: number[] = [];
    for (const { bytes } of history.events.slice(size, size + ARRIVALS)) {
      const start = performance.now();
      const event = await checkEvent(bytes);
      const verified = performance.now();
      replica.receive({ events: [event], texts: [] });
      const end = performance.now();
      checked.push(end - start);
      alone.push(end - verified);
    }
    const late: number[] = [];
    for (const event of await madeOffline(history, replica)) {
      const start = performance.now();
      replica.receive({ events: [event], texts: [] });
      late.push(performance.now() - start);
    }
    const [fold, whole] = [alone.slice(WARM_UP), checked.slice(WARM_UP)];
    medians.push(median(fold));
    const shown = (values: readonly number[]): string => `${ms(median(values))}, p99 ${ms(quantile(values, 0.99))}`;
    rows.push({
      figure: 'P2',
      what: `one event arrives, at ${size.toLocaleString('en-US')} events: state new`,
      ours: shown(fold),
      floor: `with its signature checked ${shown(whole)}`,
      target: '≤ 1 ms',
      met: median(whole) <= 1,
    });
    rows.push({
      figure: 'P2',
      what: `… and one made offline, ${AGO} events ago`,
      ours: shown(late),
      floor: '',
      target: '',
    });
  }
  if (sizes.length > 1) {
    const [first, last] = [medians[0]!, medians.at(-1)!];
    const what = `… flat from ${sizes[0]!.toLocaleString('en-US')} to ${sizes.at(-1)!.toLocaleString('en-US')} events`;
    rows.push(ratioRow({ figure: 'P2', what, ours: ms(last), floor: ms(first), ratio: last / first }, 2));
  }
  return rows;
}

function replicaOf({ network, events }: History): Replica {
  const replica = new Replica(network);
  replica.receive({ events: events.map(({ bytes }) => decodeEvent(bytes, true)), texts: [] });
  return replica;
}

/** Entries of the member who has written nothing yet, each made after seeing only what stood `AGO` events before the end. */
async function madeOffline({ network, people }: History, replica: Replica): Promise<SignedEvent[]> {
  const { name, member } = people.at(-1)!;
  const signer = await testSigner(name);
  const { order } = replica;
  const made: SignedEvent[] = [];
  for (let i = 0; i < LATE; i++) {
    const previous = made.at(-1);
    const seen = order[order.length - AGO - LATE + i]!.id;
    made.push(
      await signEvent(
        {
          network,
          device: signer.device,
          sequence: made.length,
          previous: previous?.id ?? null,
          parents: [...(previous === undefined ? [member] : []), seen].sort(),
          time: 0,
          rules: 1,
          type: 'entry.post',
          payload: {
            kind: 'expense',
            date: '2025-03-01',
            memo: member,
            postings: [
              { account: 'expense:food', unit: 'EUR', amount: 100 },
              { account: 'bank', unit: 'EUR', amount: -100 },
            ],
          },
        },
        signer,
      ),
    );
  }
  return made;
}
