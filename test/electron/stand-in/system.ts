import type { Clipboard, Display, PowerMonitor, Screen } from 'electron';
import { Events, strict } from './strict';
import { world } from './world';

export const powerEvents = new Events('powerMonitor', ['suspend', 'resume']);

export const powerMonitor: PowerMonitor = strict<PowerMonitor>('powerMonitor', {
  on: (name: string, listener: (...args: never[]) => unknown) => {
    powerEvents.add(name, listener);
    return powerMonitor;
  },
});

export const screen = strict<Screen>('screen', {
  getAllDisplays: () => {
    world.callWhenReady('screen.getAllDisplays');
    return world.screens.map((workArea) => strict<Display>('Display', { workArea }));
  },
});

export const clipboard = strict<Clipboard>('clipboard', {
  writeText: async (text) => {
    world.copied.push(text);
  },
});
