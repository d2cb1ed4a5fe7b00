import { app, session } from 'electron';
import { join } from 'node:path';
import { parseStartArguments } from '../../node/profile/arguments';
import { SettingsFile } from '../../node/profile/settings';
import { setupBridge } from './bridge';
import { setupDeepLinks } from './deep-links';
import { setupDesktop } from './desktop';
import { StartAtLogin } from './desktop/login';
import { setupKeys } from './keys';
import { setupNavigation } from './navigation';
import { setupProfile } from './profile';
import { setupRecovery } from './recovery';
import { registerScheme, setupScheme } from './scheme';
import { setupSessionSecurity } from './session-security';
import { setupSignalling } from './signalling';
import { isFirstInstance, setupSecondInstance } from './single-instance';
import { setupSwitches } from './switches';
import { setupUpdates } from './updates';
import { openWindow, showPage } from './window';

async function start(): Promise<void> {
  const args = parseStartArguments(process.argv.slice(app.isPackaged ? 1 : 2));
  const profile = setupProfile(args);
  if (!isFirstInstance()) return app.quit();
  setupSwitches();
  registerScheme();
  const links = setupDeepLinks(args.deepLink);
  setupSecondInstance(links);
  setupNavigation();
  app.on('window-all-closed', () => app.quit());
  await app.whenReady();
  setupSessionSecurity(session.defaultSession);
  await setupScheme(session.defaultSession, join(import.meta.dirname, '..', '..', 'renderer'));
  const settings = new SettingsFile(profile);
  const { window: last, background } = await settings.load();
  setupBridge(profile, await setupSignalling(settings));
  setupKeys(profile);
  setupUpdates();
  const login = new StartAtLogin(profile);
  const shown = !(background && login.wasStarted(args.background));
  const window = openWindow(session.defaultSession, { last, shown });
  setupDesktop(window, settings, login);
  setupRecovery(window);
  links.attach(window);
  await showPage(window);
}

start().catch((error: unknown) => {
  process.stderr.write(`${String(error)}\n`);
  app.exit(1);
});
