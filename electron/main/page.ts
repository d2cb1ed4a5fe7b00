import { APP_HOST, APP_ORIGIN, APP_SCHEME } from '../../shared/ipc/channels';

/** The address of the app's page. */
export const PAGE_URL = `${APP_ORIGIN}/`;

/** Whether an address belongs to the app itself. */
export function isAppUrl(text: string): boolean {
  if (!URL.canParse(text)) return false;
  const { protocol, host, username, password } = new URL(text);
  return protocol === `${APP_SCHEME}:` && host === APP_HOST && username === '' && password === '';
}

/** Whether an address is the app's one page, at whatever hash route. */
export function isPageUrl(text: string): boolean {
  if (!isAppUrl(text)) return false;
  const { pathname, search } = new URL(text);
  return (pathname === '/' || pathname === '/index.html') && search === '';
}
