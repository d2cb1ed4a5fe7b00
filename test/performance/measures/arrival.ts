import { checkEvent } from '../../../shared/network/check';
import { signEvent } from '../../../shared/record/compose';
import { decodeEvent, type SignedEvent } from '../../../shared/record/event';
import { Replica } from '../../../shared/replica/replica';
import { testSigner } from '../../kit/group';
import { type History, firstOf } from '../history-file';

/** Events that arrive one by one after the history; the history's file holds as many more. */
export const ARRIVALS = 1_000;
/** How many events before the newest the one made offline had seen. */
export const AGO = 100;
const LATE = 100;
/** The first calls run before the engine has compiled them. */
const WARM_UP = 100;

/** Milliseconds, one for each event. */
export interface Arrivals {
  /** Until the state is new. */
  readonly alone: readonly number[];
  /** The same with the signature checked before. */
  readonly checked: readonly number[];
  /** Of events made offline, `AGO` events ago. */
  readonly late: readonly number[];
}

/** P2: one event arrives after `size` of the history's. */
export async function arrivals(history: History, size: number): Promise<Arrivals> {
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
  return { alone: alone.slice(WARM_UP), checked: checked.slice(WARM_UP), late };
}

/** A replica that has taken in all of the history at once. */
export function replicaOf({ network, events }: History): Replica {
  const replica = new Replica(network);
  replica.receive({ events: events.map(({ bytes }) => decodeEvent(bytes)), texts: [] });
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
