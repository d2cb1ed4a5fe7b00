import type { Entry } from '../../record/entry';
import { type Refusal, refuse } from '../rule';
import type { Tables } from '../tables';
import type { Device } from './model';

/**
 * Puts the proof into the row of a device that signed two events of one sequence. To be called for each entry in the order of the
 * fold, after the entry's own rule and whatever that said; `siblings` are the record's entries of the same device and sequence. Only
 * those that are folded before the entry count, so that what a cut lacks is not in its state.
 */
export function noteFork(tables: Tables, siblings: readonly Entry[], entry: Entry): void {
  if (siblings.length < 2) return;
  const device = tables.get('devices', entry.device);
  if (device === undefined || device.fork !== undefined) return;
  const other = siblings.filter((sibling) => byFold(sibling, entry) < 0).sort(byFold)[0];
  if (other === undefined) return;
  const fork = other.id < entry.id ? ([other.id, entry.id] as const) : ([entry.id, other.id] as const);
  tables.set('devices', device.id, { ...device, fork });
}

/**
 * Freezes the devices whose proof is in; to be called when the last entry of a cut is folded. What they sign outside that cut has no
 * effect; what the cut holds of either branch was weighed as any two events that did not know of each other.
 */
export function freezeForked(tables: Tables): void {
  for (const device of [...tables.state.devices.values()]) {
    if (device.fork === undefined || device.status !== 'active') continue;
    tables.set('devices', device.id, { ...device, status: 'frozen' });
  }
}

/** Why what a device signs has no effect; undefined where it has. */
export function deviceRefusal(device: Device | undefined): Refusal | undefined {
  if (device?.status === 'active') return undefined;
  return device?.status === 'frozen' ? refuse('device-frozen', undefined, device.fork) : refuse('device-not-active');
}

/** The order of the fold: seal by seal, then by depth and id. */
function byFold(a: Entry, b: Entry): number {
  if (a.seal !== b.seal) return a.seal < b.seal ? -1 : 1;
  return a.depth - b.depth || (a.id < b.id ? -1 : 1);
}
