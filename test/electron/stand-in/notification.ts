import type { Notification as ElectronNotification, NotificationConstructorOptions } from 'electron';
import type { StandInNotification } from './shown';
import { Events, strict } from './strict';
import { world } from './world';

export class Notification {
  static isSupported(): boolean {
    return world.canNotify;
  }

  constructor(options: NotificationConstructorOptions) {
    world.callWhenReady('new Notification');
    for (const key of Object.keys(options))
      if (key !== 'title' && key !== 'body') throw new Error(`a notification's ${key} is not in the stand-in`);
    const shown: StandInNotification = {
      title: options.title ?? '',
      body: options.body ?? '',
      events: new Events('Notification', ['click', 'close']),
      closed: false,
    };
    const notification: ElectronNotification = strict<ElectronNotification>('Notification', {
      show: () => {
        if (!world.canNotify) throw new Error('notifications are not supported');
        world.notifications.push(shown);
      },
      close: () => {
        shown.closed = true;
        shown.events.emit('close');
      },
      on: (name: string, listener: (...args: never[]) => unknown) => {
        shown.events.add(name, listener);
        return notification;
      },
    });
    return notification;
  }
}
