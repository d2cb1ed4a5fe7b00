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

const mayUse = (contents: WebContents | null, origin: string, isMainFrame: boolean): boolean =>
  contents !== null && isMainFrame && isAppUrl(origin);

/** The camera, by which codes are read from other screens; never with sound. The page asks when the person presses its button. */
const isCameraAlone = (permission: string, details: object): boolean =>
  permission === 'media' &&
  'mediaTypes' in details &&
  Array.isArray(details.mediaTypes) &&
  details.mediaTypes.length === 1 &&
  details.mediaTypes[0] === 'video';

/** Denies by default: permissions, devices, downloads, and requests to anything but the app and its peers. */
export function setupSessionSecurity(session: Session): void {
  session.setPermissionRequestHandler((contents, permission, callback, details) => {
    const isGranted = ALLOWED_PERMISSIONS.has(permission) || isCameraAlone(permission, details);
    callback(isGranted && mayUse(contents, details.requestingUrl, details.isMainFrame));
  });
  session.setPermissionCheckHandler((contents, permission, origin, details) => {
    // Before it asks for the camera, Chromium checks media without saying which.
    const isCamera = permission === 'media' && [undefined, 'video'].includes(details.mediaType);
    return (ALLOWED_PERMISSIONS.has(permission) || isCamera) && mayUse(contents, origin, details.isMainFrame);
  });
  session.setDevicePermissionHandler(() => false);
  session.on('will-download', (event) => event.preventDefault());
  session.webRequest.onBeforeRequest((details, callback) => {
    const scheme = URL.canParse(details.url) ? new URL(details.url).protocol : '';
    callback({ cancel: !ALLOWED_SCHEMES.has(scheme) });
  });
}
