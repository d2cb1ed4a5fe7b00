import { APP_ORIGIN } from '../../shared/ipc/channels';

const LOOPBACK = /^http:\/\/(127\.0\.0\.1|localhost|\[::1\]):\d{1,5}$/;

/**
 * Whether a WebSocket request may come from where it says: the desktop app, a page served from loopback (the browser
 * fallback, of any peer), or a program that is no browser and names no origin. A web site that someone happens to visit
 * is none of these, so it can not use the signalling of those who visit it.
 */
export function isAllowedOrigin(origin: string | undefined): boolean {
  return origin === undefined || origin === APP_ORIGIN || LOOPBACK.test(origin);
}
