import { toHex } from '../record/bytes';
import { signatureOf } from '../record/event';
import { type Entry, UNSEALED } from '../record/entry';
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
