/**
 * A plain browser does not know the app's own scheme, so its pages stand under a loopback name: a secure origin as well,
 * with nothing behind it but the stand-in.
 */
const STAND_IN_ORIGIN = 'http://peerhold.localhost';
const APP_ORIGIN = 'app://peerhold';

/** What the browser is told for an address of main's. */
export function toBrowser(url: string): string {
  return url.startsWith(`${APP_ORIGIN}/`) ? STAND_IN_ORIGIN + url.slice(APP_ORIGIN.length) : url;
}

/** What main is told for an address of the browser's. */
export function toMain(url: string): string {
  return url.startsWith(`${STAND_IN_ORIGIN}/`) ? APP_ORIGIN + url.slice(STAND_IN_ORIGIN.length) : url;
}
