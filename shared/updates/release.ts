import { PeerholdError } from '../errors';
import { concat, utf8 } from '../record/bytes';
import * as shape from '../record/shape';
import { verify } from '../record/signature';

/** Longest statement that is read: 64 KiB. */
export const MAX_STATEMENT_BYTES = 64 * 1024;
/** Largest package: 512 MiB. */
const MAX_PACKAGE_BYTES = 512 * 1024 * 1024;
const MAX_NOTES_LENGTH = 20_000;
const MAX_PACKAGES = 16;

/** What is signed begins with this, so that no other signature of the same key is one of a release. */
const LABEL = utf8('peerhold/release/1\0');

const SYSTEMS = ['linux', 'darwin', 'win32'] as const;
const PROCESSORS = ['x64', 'arm64'] as const;
const FORMS = ['deb', 'AppImage', 'dmg', 'exe'] as const;
export type PackageForm = (typeof FORMS)[number];

/** One file of a release that a person can install. */
export interface ReleasedPackage {
  /** A plain name, beside the statement. */
  readonly name: string;
  /** As Node names them. */
  readonly system: (typeof SYSTEMS)[number];
  readonly processor: (typeof PROCESSORS)[number];
  readonly form: PackageForm;
  readonly bytes: number;
  /** SHA-256, in hex. */
  readonly hash: string;
}

/** What the makers of a version say of it, signed. */
export interface Release {
  readonly version: string;
  /** What is new, as plain text. */
  readonly notes: string;
  readonly packages: readonly ReleasedPackage[];
}

const VERSION = /^(0|[1-9]\d{0,5})\.(0|[1-9]\d{0,5})\.(0|[1-9]\d{0,5})$/;
const NAME = /^[A-Za-z0-9][A-Za-z0-9._-]{0,99}$/;

const isRelease: shape.Shape<Release> = shape.object({
  version: shape.text(24),
  notes: shape.text(MAX_NOTES_LENGTH),
  packages: shape.list(
    shape.object({
      name: shape.text(100),
      system: shape.oneOf(...SYSTEMS),
      processor: shape.oneOf(...PROCESSORS),
      form: shape.oneOf(...FORMS),
      bytes: shape.integer(1, MAX_PACKAGE_BYTES),
      hash: shape.text(64),
    }),
    MAX_PACKAGES,
  ),
});

/** What a release's key signs. */
export const releaseMessage = (statement: Uint8Array): Uint8Array => concat(LABEL, statement);

/**
 * Reads a statement that was fetched from anywhere: nothing of it is looked at before its signature is found good.
 * @param statement the bytes of the file, UTF-8 and JSON
 * @param key hex of the Ed25519 key whose holder may say what a version is
 * @throws PeerholdError `update-unsigned` where the key did not sign these bytes, `update-malformed` where they say nothing that is known.
 */
export async function readRelease(statement: Uint8Array, signature: Uint8Array, key: string): Promise<Release> {
  if (statement.length > MAX_STATEMENT_BYTES) throw new PeerholdError('update-malformed');
  if (!(await verify(key, releaseMessage(statement), signature))) throw new PeerholdError('update-unsigned');
  const release = parsed(statement);
  const isPlain =
    isRelease(release) &&
    VERSION.test(release.version) &&
    release.packages.every(({ name, hash }) => NAME.test(name) && /^[0-9a-f]{64}$/.test(hash));
  if (!isPlain) throw new PeerholdError('update-malformed');
  return release;
}

interface TextDecoder {
  decode(bytes: Uint8Array): string;
}
const { TextDecoder: Decoder } = globalThis as unknown as {
  TextDecoder: new (encoding: 'utf-8', options: { readonly fatal: true }) => TextDecoder;
};

function parsed(statement: Uint8Array): unknown {
  try {
    return JSON.parse(new Decoder('utf-8', { fatal: true }).decode(statement));
  } catch {
    return undefined;
  }
}

/** Whether a release is newer than a version: never the same, never an older one, and nothing beside what is no version. */
export function isNewer({ version }: Release, than: string): boolean {
  const [mine, theirs] = [VERSION.exec(than), VERSION.exec(version)];
  if (mine === null || theirs === null) return false;
  for (const part of [1, 2, 3]) {
    const difference = Number(theirs[part]) - Number(mine[part]);
    if (difference !== 0) return difference > 0;
  }
  return false;
}
