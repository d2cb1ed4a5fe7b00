/** Where this person was last: kept on this device only, since it is nobody else's business. */
export interface Seen {
  /** An encoded Yjs snapshot. */
  readonly snapshot: Uint8Array;
  /** Index of the newest change then, as in the document's history. */
  readonly change: number;
  /** Milliseconds since 1970. */
  readonly time: number;
}

/** Documents of one network that are remembered; the longest unvisited go first. */
const MAX_SEEN = 300;
/** Bytes of one snapshot beyond which a document is not remembered: local storage is small. */
const MAX_SNAPSHOT = 20_000;

const keyOf = (network: string) => `peerhold-seen-${network}`;
type Stored = Record<string, { readonly snapshot: string; readonly change: number; readonly time: number }>;

export function readSeen(network: string, doc: string, storage: Storage = localStorage): Seen | null {
  const stored = load(network, storage)[doc];
  if (stored === undefined) return null;
  try {
    return { ...stored, snapshot: Uint8Array.from(atob(stored.snapshot), (char) => char.charCodeAt(0)) };
  } catch {
    return null;
  }
}

export function writeSeen(network: string, doc: string, seen: Seen, storage: Storage = localStorage): void {
  const all = load(network, storage);
  delete all[doc];
  if (seen.snapshot.length <= MAX_SNAPSHOT)
    all[doc] = { ...seen, snapshot: btoa(String.fromCharCode(...seen.snapshot)) };
  const kept = Object.entries(all)
    .toSorted(([, a], [, b]) => b.time - a.time)
    .slice(0, MAX_SEEN);
  try {
    storage.setItem(keyOf(network), JSON.stringify(Object.fromEntries(kept)));
  } catch {
    // A full store only means that the next visit does not say what is new.
  }
}

function load(network: string, storage: Storage): Stored {
  try {
    const value: unknown = JSON.parse(storage.getItem(keyOf(network)) ?? '{}');
    if (typeof value !== 'object' || value === null) return {};
    const entries = Object.entries(value).filter((entry): entry is [string, Stored[string]] => isStored(entry[1]));
    return Object.fromEntries(entries);
  } catch {
    return {};
  }
}

function isStored(value: unknown): value is Stored[string] {
  if (typeof value !== 'object' || value === null) return false;
  const { snapshot, change, time } = value as Record<string, unknown>;
  return typeof snapshot === 'string' && Number.isSafeInteger(change) && Number.isSafeInteger(time);
}
