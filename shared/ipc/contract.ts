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

/** What the shell does for the person beside showing the page. Null: not to be had here. */
export interface Habits {
  /** It goes on syncing after its window is closed, with a sign in the system's tray. */
  readonly background: boolean | null;
  /** It starts when the person logs in. */
  readonly startAtLogin: boolean | null;
  /** Whether the system shows its notifications; `ask`: the person has to be asked first. */
  readonly notifications: 'yes' | 'no' | 'ask';
  /** Whether its icon can say how much needs the person. */
  readonly badge: boolean;
}

/** One notification of the system's. */
export interface Notice {
  readonly title: string;
  readonly body: string;
  /** What it is about; a newer one of the same tag takes its place. */
  readonly tag: string;
}

/** What the shell tells its page unasked. */
export type ShellEvent =
  /** The machine goes to sleep, or has woken. */
  | { readonly kind: 'power'; readonly awake: boolean }
  /** The person chose the settings in the application's menu. */
  | { readonly kind: 'settings' }
  /** The person opened a notice. */
  | { readonly kind: 'notice'; readonly tag: string };

/** What keeps the keys that this profile makes. */
export type KeyGuard =
  /** The system's keychain: they lie locked by this secret, of 32 bytes. */
  | { readonly kind: 'keychain'; readonly secret: Uint8Array }
  /** The keychain has such a secret, and does not give it now. */
  | { readonly kind: 'locked' }
  /** There is no keychain, or none that locks anything. */
  | { readonly kind: 'none' };

/** What was found of new versions, when the person asked. */
export type NewestVersion =
  /** This copy does not know where to look, or it is no package. */
  | { readonly kind: 'not-offered' }
  | { readonly kind: 'newest' }
  /** `notes`: plain text of its makers. `bytes`: of the package for this system; null where there is none. */
  | { readonly kind: 'newer'; readonly version: string; readonly notes: string; readonly bytes: number | null }
  | { readonly kind: 'failed'; readonly code: string };

export type FetchedVersion =
  | { readonly kind: 'fetched'; readonly path: string }
  | { readonly kind: 'cancelled' }
  | { readonly kind: 'failed'; readonly code: string };

export interface Bridge {
  info(): Promise<ShellInfo>;
  /** Answered once each time the page is loaded, to whoever asks first: the start. Later it rejects. */
  keyGuard(): Promise<KeyGuard>;
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
  /** Lets the person save the screen, as its style sheet for paper shows it, as a PDF. False when they cancelled. Rejects in a browser, which has its print dialog. */
  savePdf(name: string): Promise<boolean>;
  /** Asks whoever made this package whether there is a newer one; nothing goes along. Only when the person wants it. */
  lookForUpdate(): Promise<NewestVersion>;
  /** Fetches the newest package to where the person says, and shows it there; it is signed, and theirs to install. */
  fetchUpdate(): Promise<FetchedVersion>;
  habits(): Promise<Habits>;
  setBackground(isOn: boolean): Promise<void>;
  setStartAtLogin(isOn: boolean): Promise<void>;
  /** Shows a notification, where the system does; the shell shows six a minute at most. */
  notify(notice: Notice): Promise<void>;
  /** How many things need the person, 0 to 9,999, on the app's icon; nothing where it has none. */
  setBadge(count: number): Promise<void>;
  /** Calls back for what the shell tells unasked. Returns the unsubscriber. */
  onShellEvent(callback: (event: ShellEvent) => void): () => void;
}

/** Longest title, text and tag of a notice, in UTF-16 units. */
export const NOTICE_LENGTHS = { title: 120, body: 400, tag: 64 } as const;
export const MAX_BADGE = 9999;

/** Most bytes that one `saveFile` takes: 512 MiB. */
export const MAX_SAVE_BYTES = 512 * 1024 * 1024;

/** Longest address that `openExternal` takes, in UTF-16 units. */
export const MAX_EXTERNAL_URL_LENGTH = 4096;
