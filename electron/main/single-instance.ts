import { app } from 'electron';
import { parseStartArguments } from '../../node/profile/arguments';
import type { DeepLinks } from './deep-links';
import { showWindow } from './window';

/** True for the first app of a profile. The lock lies in the profile's folder, so profiles run side by side. */
export function isFirstInstance(): boolean {
  return app.requestSingleInstanceLock();
}

/** A second start shows the first one's window and passes its link on. */
export function setupSecondInstance(links: DeepLinks): void {
  app.on('second-instance', (_event, argv) => {
    links.take(parseStartArguments(argv.slice(1)).deepLink);
    showWindow();
  });
}
