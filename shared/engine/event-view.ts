import { toHex } from '../record/bytes';
import { signatureOf } from '../record/event';
import { type Entry, UNSEALED } from '../record/entry';
import { PeerholdError } from '../errors';
import type { Replica } from '../replica/replica';
import type { EventView } from './contract';

/** An event as screens show it; `outside` where a seal had ended its author before any cut had it. */
export function viewOf(entry: Entry, outside = false): EventView {
  const { id, type, device, member, sequence, previous, parents, time, rules, payload, bytes } = entry;
  const signature = toHex(signatureOf(entry));
  return {
    id,
    type,
    device,
    member,
    sequence,
    previous,
    parents,
    time,
    rules,
    payload,
    bytes: bytes.length,
    signature,
    seal: entry.seal === UNSEALED ? null : entry.seal,
    outside,
  };
}

/** Throws `event-unknown`. */
export function viewById(replica: Replica, id: string): EventView {
  const entry = replica.record.get(id);
  if (entry === undefined) throw new PeerholdError('event-unknown');
  return viewOf(entry, replica.isOutside(entry));
}

/** Events newest first, at most 1,000 of them. */
export function pageOf({ order }: Replica, offset: number, limit: number): { total: number; events: EventView[] } {
  const end = Math.max(0, order.length - offset);
  const start = Math.max(0, end - Math.min(limit, 1_000));
  const events = order.slice(start, end).reverse();
  return { total: order.length, events: events.map((entry) => viewOf(entry)) };
}

/** What apps sign by themselves: nobody did anything. */
const byItself = (type: string): boolean => type.startsWith('seal.') || type === 'device.receives';

/** The newest events that people made. */
export function newestOf({ order }: Replica, limit: number): EventView[] {
  const found: EventView[] = [];
  for (let index = order.length - 1; index >= 0 && found.length < limit; index--) {
    const entry = order[index]!;
    if (!byItself(entry.type)) found.push(viewOf(entry));
  }
  return found;
}
