import { powerMonitor } from 'electron';
import type { ShellEvents } from './shell-events';

/** Tells the page when the machine goes to sleep and wakes, so that sync ends in good order and begins again at once. */
export function setupPower(events: ShellEvents): void {
  powerMonitor.on('suspend', () => events.tell({ kind: 'power', awake: false }));
  powerMonitor.on('resume', () => events.tell({ kind: 'power', awake: true }));
}
