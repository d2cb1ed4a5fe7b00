import type { App, CommandLine } from 'electron';
import { Events, strict } from './strict';
import { world } from './world';

export const appEvents = new Events('app', [
  'open-url',
  'second-instance',
  'web-contents-created',
  'will-quit',
  'window-all-closed',
]);

const commandLine = strict<CommandLine>('app.commandLine', {
  appendSwitch: (name, value = '') => {
    world.callBeforeReady(`app.commandLine.appendSwitch ${name}`);
    world.switches.set(name, value);
  },
});

export const app: App = strict<App>('app', {
  commandLine,
  isPackaged: false,
  getVersion: () => '0.0.0-test',
  setPath: (name, path) => {
    world.callBeforeReady(`app.setPath ${name}`);
    world.paths.set(name, path);
  },
  enableSandbox: () => world.callBeforeReady('app.enableSandbox'),
  requestSingleInstanceLock: () => {
    world.callBeforeReady('app.requestSingleInstanceLock');
    return world.lock;
  },
  whenReady: async () => {
    // Everything that Electron wants before it is ready has to be done in the turn that main starts in.
    await Promise.resolve();
    world.isReady = true;
  },
  quit: () => {
    world.ended ??= 'quit';
  },
  exit: () => {
    world.ended = 'exit';
  },
  on: (name: string, listener: (...args: never[]) => unknown) => {
    appEvents.add(name, listener);
    return app;
  },
});
