import type { Session, WebContents } from 'electron';
import { isAppUrl } from './page';

/** What the page needs: copying an invite, storage that is not evicted, and peers on this machine and its network. */
const ALLOWED_PERMISSIONS: ReadonlySet<string> = new Set([
  'clipboard-sanitized-write',
  'persistent-storage',
  'local-network',
  'local-network-access',
  'loopback-network',
]);

/** Everything else of the network stays shut to the page: peers are reached over sockets and WebRTC. */
const ALLOWED_SCHEMES: ReadonlySet<string> = new Set(['app:', 'ws:', 'wss:', 'blob:', 'data:', 'devtools:']);

function isAllowed(contents: WebContents | null, permission: string, origin: string, isMainFrame: boolean): boolean {
  return contents !== null && isMainFrame && isAppUrl(origin) && ALLOWED_PERMISSIONS.has(permission);
}

/** Denies by default: permissions, devices, downloads, and requests to anything but the app and its peers. */
export function setupSessionSecurity(session: Session): void {
  session.setPermissionRequestHandler((contents, permission, callback, details) => {
    callback(isAllowed(contents, permission, details.requestingUrl, details.isMainFrame));
  });
  session.setPermissionCheckHandler((contents, permission, origin, details) =>
    isAllowed(contents, permission, origin, details.isMainFrame),
  );
  session.setDevicePermissionHandler(() => false);
  session.on('will-download', (event) => event.preventDefault());
  session.webRequest.onBeforeRequest((details, callback) => {
    const scheme = URL.canParse(details.url) ? new URL(details.url).protocol : '';
    callback({ cancel: !ALLOWED_SCHEMES.has(scheme) });
  });
}
