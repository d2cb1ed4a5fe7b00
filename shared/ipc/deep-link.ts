/** Longest deep link that is looked at, in UTF-16 units. */
export const MAX_DEEP_LINK_LENGTH = 8192;

export interface DeepLink {
  readonly action: 'join';
  /** Opaque here, unreserved characters only; the feature that the action belongs to reads it. */
  readonly payload: string;
}

const JOIN = /^peerhold:\/\/join\/([A-Za-z0-9._~-]+)$/;

/** Reads `peerhold://join/<payload>` and nothing else: any other text gives undefined. Never throws. */
export function parseDeepLink(text: unknown): DeepLink | undefined {
  if (typeof text !== 'string' || text.length > MAX_DEEP_LINK_LENGTH) return undefined;
  const payload = JOIN.exec(text)?.[1];
  return payload === undefined ? undefined : { action: 'join', payload };
}

/** The text of a deep link, as `parseDeepLink` reads it. */
export function formatDeepLink(link: DeepLink): string {
  return `peerhold://${link.action}/${link.payload}`;
}

/** The app's hash route for a deep link, used where the system browser is the shell: `#/join/<payload>`. */
export function deepLinkHash(link: DeepLink): string {
  return `#/${link.action}/${link.payload}`;
}

/** The deep link that a location hash stands for, if it is one. */
export function deepLinkOfHash(hash: string): DeepLink | undefined {
  return hash.startsWith('#/') ? parseDeepLink(`peerhold://${hash.slice(2)}`) : undefined;
}
