/**
 * Every name that crosses between the shell and the renderer, in one place. The desktop shell uses them as IPC channels,
 * the browser fallback as paths of its loopback host API (`/host/<name>`).
 */
export const BRIDGE_CALLS = {
  info: 'info',
  keyGuard: 'key-guard',
  openLan: 'open-lan',
  closeLan: 'close-lan',
  lanPlaces: 'lan-places',
  openExternal: 'open-external',
  saveFile: 'save-file',
  savePdf: 'save-pdf',
  lookForUpdate: 'look-for-update',
  fetchUpdate: 'fetch-update',
  habits: 'habits',
  setBackground: 'set-background',
  setStartAtLogin: 'set-start-at-login',
  notify: 'notify',
  setBadge: 'set-badge',
} as const;

export type BridgeCall = (typeof BRIDGE_CALLS)[keyof typeof BRIDGE_CALLS];

/** Pushed by the desktop shell to its page: one deep link, as text. */
export const DEEP_LINK_CHANNEL = 'deep-link';

/** Sent by the page when it listens for deep links, so that a link that started the app is not lost. */
export const DEEP_LINK_READY_CHANNEL = 'deep-link-ready';

/** Pushed by the desktop shell to its page: one `ShellEvent`. */
export const SHELL_EVENT_CHANNEL = 'shell-event';

/** Prefix of the fallback's host API. */
export const HOST_API_PREFIX = '/host/';

/** Unauthenticated, says only which app and profile answers: lets a second start find the first. */
export const HOST_HELLO = 'hello';

/** Carries the token that the served page was given. */
export const HOST_TOKEN_HEADER = 'x-peerhold-token';

/** `<meta name>` under which the served page finds its token. */
export const HOST_TOKEN_META = 'peerhold-token';

/** Where the signalling server answers, on loopback and on the LAN. */
export const SIGNALLING_PATH = '/signal';

/** The desktop app's own origin. */
export const APP_SCHEME = 'app';
export const APP_HOST = 'peerhold';
export const APP_ORIGIN = `${APP_SCHEME}://${APP_HOST}`;

/** Name of the bridge on the page's global object. */
export const BRIDGE_GLOBAL = 'peerhold';
