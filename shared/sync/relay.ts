/** The neighbours that a neighbour has said it has; undefined before. */
export type Near = ReadonlySet<string> | undefined;

interface Sent {
  readonly id: string;
  /** The device that signed it. */
  readonly device: string;
}

/**
 * Whether this peer passes an event on to a neighbour, having had it from another, `from`. `near`: what each of its own neighbours has said.
 * Not where the author sends it there, or one of the author's neighbours does, or `from` itself; and if several of the neighbours of `from` could, one of them
 * alone, in turns that follow from the event's id. (The idea is that of multipoint relays, RFC 3626, section 4.1, for one event at a time.)
 * Whoever is left out because somebody lied or was cut off is found by the next `have`.
 */
export function relays(
  { id, device }: Sent,
  me: string,
  to: string,
  from: string,
  near: ReadonlyMap<string, Near>,
): boolean {
  const theirs = near.get(to);
  const sources = near.get(from);
  if (theirs === undefined || sources === undefined) return true;
  if (theirs.has(device) || sources.has(to)) return false;
  const own = distance(id, me);
  for (const other of sources) if (other !== me && theirs.has(other) && distance(id, other) < own) return false;
  // Two steps from the author: one of its neighbours has it and the same duty.
  if (from !== device)
    for (const [other, its] of near) if (theirs.has(other) && its?.has(device) === true) return false;
  return true;
}

/** How far two ids are apart, as Kademlia measures it, by their first 32 bits. */
function distance(event: string, device: string): number {
  return (parseInt(event.slice(0, 8), 16) ^ parseInt(device.slice(0, 8), 16)) >>> 0;
}
