import type { MenuItemConstructorOptions } from 'electron';
import type { Events } from './strict';

/** A sign in the tray as the tests see it. */
export interface StandInTray {
  readonly events: Events<'click'>;
  hint: string;
  items: readonly MenuItemConstructorOptions[];
  destroyed: boolean;
}

/** A notification as the tests see it. */
export interface StandInNotification {
  readonly title: string;
  readonly body: string;
  readonly events: Events<'click' | 'close'>;
  closed: boolean;
}
