import { app } from 'electron';
import { DEFAULT_PROFILE, type Profile } from '../../../node/profile/profile';
import { autostartFile, isAutostarted, setAutostart } from './autostart';

/** Whether the app starts when the person logs in: the system keeps that, and may have its own screen for it. */
export class StartAtLogin {
  readonly #profile: Profile;

  constructor(profile: Profile) {
    this.#profile = profile;
  }

  /** Null where it can not be had: outside of a package; on macOS, which passes no arguments, for another profile than the first. */
  async isOn(): Promise<boolean | null> {
    if (!this.#isPossible) return null;
    if (process.platform === 'linux') return isAutostarted(this.#file);
    const { openAtLogin, status } = app.getLoginItemSettings({ args: this.#args });
    return openAtLogin || (process.platform === 'darwin' && status === 'requires-approval');
  }

  async set(isOn: boolean): Promise<void> {
    if (!this.#isPossible) return;
    if (process.platform === 'linux') {
      // An AppImage runs from a folder that is another one at each start.
      const program = process.env['APPIMAGE'] ?? process.execPath;
      return setAutostart(this.#file, isOn ? [program, ...this.#args] : undefined);
    }
    app.setLoginItemSettings({
      openAtLogin: isOn,
      ...(process.platform === 'win32' ? { args: this.#args, name: this.#name } : {}),
    });
  }

  /** Whether this start is one of those. */
  wasStarted(isInBackground: boolean): boolean {
    if (process.platform === 'darwin') return app.getLoginItemSettings().wasOpenedAtLogin;
    return isInBackground;
  }

  get #isPossible(): boolean {
    if (!app.isPackaged) return false;
    return process.platform !== 'darwin' || this.#profile.name === DEFAULT_PROFILE;
  }

  get #name(): string {
    return this.#profile.name === DEFAULT_PROFILE ? 'peerhold' : `peerhold-${this.#profile.name}`;
  }

  get #file(): string {
    return autostartFile(this.#name);
  }

  get #args(): string[] {
    const profile = this.#profile.name === DEFAULT_PROFILE ? [] : ['--profile', this.#profile.name];
    return [...profile, '--background'];
  }
}
