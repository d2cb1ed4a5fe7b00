import { MAX_DEEP_LINK_LENGTH, formatDeepLink, parseDeepLink } from '../../../shared/ipc/deep-link';

/**
 * Finds the invite in what a person pasted: the link itself, the app's address with it behind `#/join/`, the bare payload, or any of
 * these with spaces, quotes or line breaks that a mail program put in. Null when there is none.
 */
export function payloadIn(pasted: string): string | null {
  if (pasted.length > 4 * MAX_DEEP_LINK_LENGTH) return null;
  const plain = pasted.replace(/[\s"'<>\u200b\ufeff]/g, '');
  const payload = /(?:peerhold:\/\/join\/|#\/join\/)([A-Za-z0-9._~-]+)/i.exec(plain)?.[1] ?? plain;
  return parseDeepLink(formatDeepLink({ action: 'join', payload }))?.payload ?? null;
}

/** The invite link of a route's parameter, as the engine reads it. */
export const linkOf = (payload: string): string => formatDeepLink({ action: 'join', payload });
