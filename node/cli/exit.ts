/** Exit codes, which scripts may rely on. */
export const EXIT = {
  done: 0,
  /** The question was answered, and the answer is no: something is wrong with what was verified, or not all was reached. */
  no: 1,
  /** The command line itself is wrong. */
  usage: 2,
  /** The rules or the agreement refuse it, or what it names does not exist. */
  refused: 3,
  /** Nobody could be reached in time. */
  unreached: 4,
  /** The disk or the profile can not be used. */
  storage: 5,
  /** The network goes by rules that this version does not know. */
  outdated: 6,
  internal: 70,
} as const;

const UNREACHED: ReadonlySet<string> = new Set([
  'nobody-reachable',
  'device-link-unanswered',
  'by-hand-unreached',
  'by-hand-no-address',
  'join-interrupted',
  'webrtc-missing',
  'not-synced',
  'not-sealed',
  'file-not-fetched',
]);

/** The exit code for an error's code. */
export function exitOf(code: string): number {
  if (code === 'internal') return EXIT.internal;
  if (code === 'app-too-old') return EXIT.outdated;
  // A name that can be no profile's is a mistake in the line as well.
  if (code.startsWith('cli-') || code === 'node.profile-name') return EXIT.usage;
  if (UNREACHED.has(code)) return EXIT.unreached;
  if (/^(storage|profile|node[.])/.test(code)) return EXIT.storage;
  return EXIT.refused;
}
