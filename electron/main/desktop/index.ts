import { app, type BrowserWindow } from 'electron';
import type { SettingsFile } from '../../../node/profile/settings';
import { BRIDGE_CALLS } from '../../../shared/ipc/channels';
import { type Habits, MAX_BADGE, NOTICE_LENGTHS } from '../../../shared/ipc/contract';
import * as shape from '../../../shared/record/shape';
import { handleCall } from '../ipc';
import { showWindow } from '../window';
import { Attention } from './attention';
import { Background } from './background';
import { setupContextMenu } from './context-menu';
import type { StartAtLogin } from './login';
import { setupMenu } from './menu';
import { setupPower } from './power';
import { ShellEvents } from './shell-events';
import { setupWindowState } from './window-state';

const choice = shape.tuple(shape.boolean);
const count = shape.tuple(shape.integer(0, MAX_BADGE));
const notice = shape.tuple(
  shape.object({
    title: shape.text(NOTICE_LENGTHS.title),
    body: shape.text(NOTICE_LENGTHS.body),
    tag: shape.text(NOTICE_LENGTHS.tag),
  }),
);

/** What people expect of an app on a desktop, around its one window. */
export function setupDesktop(window: BrowserWindow, settings: SettingsFile, login: StartAtLogin): void {
  // Windows shows no notification of an app without one; the same as in its package.
  if (process.platform === 'win32') app.setAppUserModelId('org.peerhold.Peerhold');
  const events = new ShellEvents(window);
  const background = new Background(window, settings);
  const attention = new Attention(window, events);
  setupWindowState(window, settings);
  setupContextMenu(window);
  setupPower(events);
  setupMenu(() => {
    showWindow();
    events.tell({ kind: 'settings' });
  });
  // A click on the app in the dock of macOS.
  app.on('activate', showWindow);

  handleCall(BRIDGE_CALLS.habits, shape.tuple(), async (): Promise<Habits> => ({
    background: background.isOn,
    startAtLogin: await login.isOn(),
    notifications: attention.canNotify ? 'yes' : 'no',
    badge: true,
  }));
  handleCall(BRIDGE_CALLS.setBackground, choice, ([isOn]) => background.set(isOn));
  handleCall(BRIDGE_CALLS.setStartAtLogin, choice, ([isOn]) => login.set(isOn));
  handleCall(BRIDGE_CALLS.notify, notice, ([given]) => attention.notify(given));
  handleCall(BRIDGE_CALLS.setBadge, count, ([given]) => attention.setBadge(given));
}
