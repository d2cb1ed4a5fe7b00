import type { Member } from '../network/membership/model';
import type { State } from '../network/state';
import { clockOf } from '../record/ancestry';
import type { Entry } from '../record/entry';
import type { RecordSet } from '../record/record';

/** What is here to tell from. */
export interface Hearsay {
  readonly state: State;
  readonly record: RecordSet;
  /** This device. */
  readonly own: string;
  /** How many of this device's events another device has said that it has. */
  readonly heard: (device: string) => number;
}

/**
 * By lane, how many entries every device of a member is known to have: what it signed tells what it had seen, and whoever has one of
 * this device's events has all that came before it. They may have more; nothing that they lack is counted, so that what is left out can
 * not be missed by any of them. A keeper is not their having it.
 */
export function knownTo({ devices }: Pick<Member, 'devices'>, hearsay: Hearsay): readonly number[] {
  const { state, own } = hearsay;
  const counted = devices.filter((device) => {
    const row = state.devices.get(device);
    return row?.status === 'active' && row.role !== 'keeper' && device !== own;
  });
  const [first = [], ...others] = counted.map((device) => knownToDevice(device, hearsay));
  return others.reduce<readonly number[]>(
    (common, each) => common.map((count, lane) => Math.min(count, each[lane] ?? 0)),
    first,
  );
}

function knownToDevice(device: string, { record, own, heard }: Hearsay): readonly number[] {
  const counts: number[] = [];
  const seen = [...record.tips().filter((tip) => tip.device === device), ...ownUpTo(heard(device), own, record)];
  for (const entry of seen)
    clockOf(entry, record).forEach((count, lane) => (counts[lane] = Math.max(counts[lane] ?? 0, count)));
  return Array.from(counts, (count) => count ?? 0);
}

/** This device's event of that number; none where its chain has branches, of which the number does not say which. */
function ownUpTo(count: number, own: string, record: RecordSet): Entry[] {
  const [tip, ...branches] = record.tips().filter(({ device }) => device === own);
  if (branches.length > 0) return [];
  let entry = tip;
  while (entry !== undefined && entry.place >= count)
    entry = entry.previous === null ? undefined : record.get(entry.previous);
  return entry === undefined ? [] : [entry];
}
