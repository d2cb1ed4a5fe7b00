const HUES = 8;

/** One of eight colours for a member, the same on every screen. */
export function hueOf(member: string): number {
  const value = parseInt(member.slice(0, 8), 16);
  return Number.isNaN(value) ? 0 : value % HUES;
}
