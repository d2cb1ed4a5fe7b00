/**
 * What the renderer may ask of the shell around it, be it Electron or the browser fallback. Everything else that a page
 * needs it does itself. Calls reject with an `Error`; its text is for logs.
 */
export interface ShellInfo {
  readonly shell: 'electron' | 'browser';
  /** Operating system as Node names it: `linux`, `darwin`, `win32`. */
  readonly platform: string;
  /** Version of the app. */
  readonly version: string;
  /** Name of the profile whose data this window shows. */
  readonly profile: string;
  /** WebSocket addresses of this app's own signalling server: loopback first, then those on the LAN while it is open. */
  readonly signalling: readonly string[];
  /** Whether signalling is open on the LAN. Remembered over restarts: the person consented until they close it. */
  readonly lanOpen: boolean;
}

export interface LanAddresses {
  /** `ws://` addresses of signalling servers on the LAN; empty when the machine has no network. */
  readonly addresses: readonly string[];
}

export interface Bridge {
  info(): Promise<ShellInfo>;
  /** Opens signalling on the LAN; only after the person consented. Opening what is open only returns the addresses. */
  openLan(): Promise<LanAddresses>;
  closeLan(): Promise<void>;
  /** Meeting places of others that are announced on the LAN now. The shell looks for them for as long as it is asked, at least once a minute. */
  lanPlaces(): Promise<LanAddresses>;
  /**
   * Calls back for every deep link that the app is opened with, as `peerhold://...` text that has passed
   * `parseDeepLink`. The link that started the app comes right after the first subscription. Returns the unsubscriber.
   */
  onDeepLink(callback: (url: string) => void): () => void;
  /** Opens an `https:` or `mailto:` address outside the app; rejects for every other one. */
  openExternal(url: string): Promise<void>;
  /** Lets the person save bytes under a suggested name. False when they cancelled. */
  saveFile(name: string, bytes: Uint8Array): Promise<boolean>;
}

/** Most bytes that one `saveFile` takes: 512 MiB. */
export const MAX_SAVE_BYTES = 512 * 1024 * 1024;

/** Longest address that `openExternal` takes, in UTF-16 units. */
export const MAX_EXTERNAL_URL_LENGTH = 4096;
