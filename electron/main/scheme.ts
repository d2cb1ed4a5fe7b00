import { protocol, type Session } from 'electron';
import { ServedFiles } from '../../node/web/files';
import { SECURITY_HEADERS } from '../../node/web/headers';
import { APP_SCHEME } from '../../shared/ipc/channels';
import { isAppUrl } from './page';

/** Before the app is ready: makes the app's scheme a secure origin with storage, workers and fetch. */
export function registerScheme(): void {
  protocol.registerSchemesAsPrivileged([
    { scheme: APP_SCHEME, privileges: { standard: true, secure: true, supportFetchAPI: true, codeCache: true } },
  ]);
}

function refuse(status: number): Response {
  return new Response(null, { status, headers: SECURITY_HEADERS });
}

/** Serves the built renderer, and only it, under the app's scheme; `file:` is answered with a refusal. */
export async function setupScheme(session: Session, rendererDirectory: string): Promise<void> {
  const files = await ServedFiles.list(rendererDirectory);
  session.protocol.handle(APP_SCHEME, async ({ url, method }) => {
    if (!isAppUrl(url)) return refuse(403);
    if (method !== 'GET') return refuse(405);
    const file = await files.read(new URL(url).pathname);
    if (file === undefined) return refuse(404);
    return new Response(file.bytes, { headers: { ...SECURITY_HEADERS, 'Content-Type': file.type } });
  });
  session.protocol.handle('file', () => refuse(403));
}
