import { MAX_EXTERNAL_URL_LENGTH } from './contract';

const MAILTO = /^mailto:[^\s@?<>"]+@[^\s@?<>"]+(\?[^\s<>"]*)?$/i;
const HTTPS = /^https:\/\/[A-Za-z0-9.-]+(:\d{1,5})?([/?#][^\s<>"\\^`{|}]*)?$/i;

/**
 * Whether an address may be handed to the operating system: `https:` with a plain host and without credentials, or
 * `mailto:` with one address. Written without `URL`, which not every runtime of this folder has; whoever opens it parses
 * it again with the runtime's own parser.
 */
export function isSafeExternalUrl(url: unknown): url is string {
  return typeof url === 'string' && url.length <= MAX_EXTERNAL_URL_LENGTH && (HTTPS.test(url) || MAILTO.test(url));
}
