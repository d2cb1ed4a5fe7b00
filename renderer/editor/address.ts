import { linkAddress } from '../../shared/commons/text/schema';

/** What a person typed as a full address that a link may have; null: it is none. */
export function completedAddress(text: string): string | null {
  const address = text.trim();
  const whole = linkAddress(address);
  if (whole !== null || /^[a-z][a-z0-9+.-]*:/i.test(address)) return whole;
  if (/^[^\s@/]+@[^\s@/]+\.[^\s@/]+$/.test(address)) return linkAddress(`mailto:${address}`);
  return /^[^\s/]+\.[^\s/]+/.test(address) ? linkAddress(`https://${address}`) : null;
}
