import type { App, CommandLine, LoginItemSettings } from 'electron';
import { Events, PreventableEvent, strict } from './strict';
import { world } from './world';

export const appEvents = new Events('app', [
  'activate',
  'before-quit',
  'open-url',
  'second-instance',
  'web-contents-created',
  'will-quit',
  'window-all-closed',
]);

/** Electron has it only there, or does nothing elsewhere. */
function onlyOn(call: string, ...platforms: readonly NodeJS.Platform[]): void {
  if (!platforms.includes(process.platform)) throw new Error(`${call} is not of ${process.platform}`);
}

const commandLine = strict<CommandLine>('app.commandLine', {
  appendSwitch: (name, value = '') => {
    world.callBeforeReady(`app.commandLine.appendSwitch ${name}`);
    world.switches.set(name, value);
  },
});

export const app: App = strict<App>('app', {
  commandLine,
  get isPackaged() {
    return world.packaged;
  },
  getPreferredSystemLanguages: () => ['xx-XX', 'en-GB'],
  name: 'Peerhold',
  setAppUserModelId: (id) => {
    onlyOn('app.setAppUserModelId', 'win32');
    world.appUserModelId = id;
  },
  setAsDefaultProtocolClient: (scheme) => {
    world.schemes.push(scheme);
    return true;
  },
  setBadgeCount: (count = 0) => {
    onlyOn('app.setBadgeCount', 'darwin', 'linux');
    world.badge = count;
    return true;
  },
  setLoginItemSettings: (settings) => {
    onlyOn('app.setLoginItemSettings', 'darwin', 'win32');
    if (process.platform !== 'win32' && (settings.args !== undefined || settings.name !== undefined))
      throw new Error('only Windows has arguments and a name of a login item');
    world.loginItems.push(settings);
  },
  getLoginItemSettings: () => {
    onlyOn('app.getLoginItemSettings', 'darwin', 'win32');
    return strict<LoginItemSettings>('LoginItemSettings', {
      openAtLogin: world.loginItems.at(-1)?.openAtLogin ?? false,
      wasOpenedAtLogin: false,
      status: 'not-registered',
      ...world.loginItem,
    });
  },
  getVersion: () => world.version,
  getAppPath: () => world.appPath,
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
    world.beforeReady();
    world.isReady = true;
  },
  quit: () => {
    const event = new PreventableEvent();
    appEvents.emit('before-quit', event);
    if (!event.prevented && world.closeWindows()) world.ended ??= 'quit';
  },
  exit: () => {
    world.ended = 'exit';
  },
  on: (name: string, listener: (...args: never[]) => unknown) => {
    appEvents.add(name, listener);
    return app;
  },
});
