import { app, BrowserWindow, dialog, session, shell, type Session } from 'electron';
import { createHash } from 'node:crypto';
import { open, readFile, rename, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { errorCode, PeerholdError } from '../../shared/errors';
import { BRIDGE_CALLS } from '../../shared/ipc/channels';
import type { FetchedVersion, NewestVersion } from '../../shared/ipc/contract';
import { fromBase64Url } from '../../shared/record/bytes';
import * as shape from '../../shared/record/shape';
import {
  isNewer,
  MAX_STATEMENT_BYTES,
  type PackageForm,
  readRelease,
  type Release,
  type ReleasedPackage,
} from '../../shared/updates/release';
import { handleCall } from './ipc';

/** How long a statement may take, and a package may keep silent, in ms. */
const PATIENCE_MS = 30_000;
/** Of a signature in base64url, with an end of line. */
const MAX_SIGNATURE_BYTES = 100;

/** Where new versions of this package are told of, and whose word on them counts: written into it when it was made. */
interface UpdatePlace {
  /** An https address that ends in `/`. */
  readonly url: string;
  /** Hex of an Ed25519 key. */
  readonly key: string;
}
const isPlace: shape.Shape<UpdatePlace> = shape.object({ url: shape.text(400), key: shape.id });

async function placeOf(): Promise<UpdatePlace | undefined> {
  try {
    const metadata = JSON.parse(await readFile(join(app.getAppPath(), 'package.json'), 'utf8')) as {
      updates?: unknown;
    };
    const { updates } = metadata;
    return isPlace(updates) && /^https:\/\/[^?#]+\/$/.test(updates.url) ? updates : undefined;
  } catch {
    return undefined;
  }
}

/** The form that this copy of the app was installed from, so that the new one takes its place. */
function ownForm(): PackageForm | undefined {
  if (process.platform === 'darwin') return 'dmg';
  if (process.platform === 'win32') return 'exe';
  if (process.platform !== 'linux') return undefined;
  return process.env.APPIMAGE === undefined ? 'deb' : 'AppImage';
}

const ownPackage = ({ packages }: Release): ReleasedPackage | undefined =>
  packages.find(
    ({ system, processor, form }) => system === process.platform && processor === process.arch && form === ownForm(),
  );

/** Calls back with each piece of what lies at an address; rejects with `update-unreachable`, and `update-wrong` beyond `most` bytes. */
async function fetchFrom(
  from: Session,
  url: string,
  most: number,
  take: (piece: Uint8Array) => void | Promise<void>,
): Promise<void> {
  const ending = new AbortController();
  let timer = setTimeout(() => ending.abort(), PATIENCE_MS);
  try {
    // Nothing goes along: no cookie, no name, no version.
    const options = {
      credentials: 'omit',
      cache: 'no-store',
      referrerPolicy: 'no-referrer',
      signal: ending.signal,
    } as const;
    const { ok, body } = await from.fetch(url, options);
    if (!ok || body === null) throw new PeerholdError('update-unreachable');
    let bytes = 0;
    for await (const piece of body) {
      clearTimeout(timer);
      timer = setTimeout(() => ending.abort(), PATIENCE_MS);
      bytes += piece.length;
      if (bytes > most) throw new PeerholdError('update-wrong');
      await take(piece);
    }
  } catch (error) {
    throw error instanceof PeerholdError ? error : new PeerholdError('update-unreachable', {}, { cause: error });
  } finally {
    clearTimeout(timer);
    ending.abort();
  }
}

/** Looks for a new version when the person asks, and at no other time. */
class Updates {
  /** A session of its own, in memory: the page's may go nowhere but to peers. */
  #session: Session | undefined;

  async look(): Promise<NewestVersion> {
    const place = await placeOf();
    if (place === undefined) return { kind: 'not-offered' };
    const release = await this.#release(place);
    if (!isNewer(release, app.getVersion())) return { kind: 'newest' };
    const { version, notes } = release;
    return { kind: 'newer', version, notes, bytes: ownPackage(release)?.bytes ?? null };
  }

  /** Fetches the package of what is newest now to where the person says. Nothing stays of one that is not what was signed. */
  async fetch(window: BrowserWindow): Promise<FetchedVersion> {
    const place = await placeOf();
    if (place === undefined) throw new PeerholdError('update-unreachable');
    const release = await this.#release(place);
    const wanted = ownPackage(release);
    if (!isNewer(release, app.getVersion()) || wanted === undefined) throw new PeerholdError('update-none');
    const { canceled, filePath } = await dialog.showSaveDialog(window, { defaultPath: wanted.name });
    if (canceled || filePath === '') return { kind: 'cancelled' };
    await this.#store(place, wanted, filePath);
    shell.showItemInFolder(filePath);
    return { kind: 'fetched', path: filePath };
  }

  async #release({ url, key }: UpdatePlace): Promise<Release> {
    const statement = await this.#small(new URL('release.json', url).href, MAX_STATEMENT_BYTES);
    const text = await this.#small(new URL('release.json.sig', url).href, MAX_SIGNATURE_BYTES);
    const signature = fromBase64Url(Buffer.from(text).toString('latin1').trim()) ?? new Uint8Array();
    return readRelease(statement, signature, key);
  }

  async #small(url: string, most: number): Promise<Uint8Array> {
    const pieces: Uint8Array[] = [];
    await fetchFrom(this.#from(), url, most, (piece) => void pieces.push(piece));
    return Buffer.concat(pieces);
  }

  async #store({ url }: UpdatePlace, { name, bytes, hash }: ReleasedPackage, path: string): Promise<void> {
    const temporary = `${path}.part`;
    const file = await open(temporary, 'w');
    try {
      const sum = createHash('sha256');
      let length = 0;
      await fetchFrom(this.#from(), new URL(name, url).href, bytes, async (piece) => {
        sum.update(piece);
        length += piece.length;
        await file.write(piece);
      });
      if (length !== bytes || sum.digest('hex') !== hash) throw new PeerholdError('update-wrong');
      await file.sync();
      await file.close();
      await rename(temporary, path);
    } catch (error) {
      await file.close().catch(() => undefined);
      await rm(temporary, { force: true });
      throw error;
    }
  }

  #from(): Session {
    this.#session ??= session.fromPartition('updates', { cache: false });
    return this.#session;
  }
}

/** Answers the page's questions about new versions. What fails is told by its code, which would not cross as an error. */
export function setupUpdates(): void {
  const updates = new Updates();
  const failed = (error: unknown) => ({ kind: 'failed', code: errorCode(error) }) as const;
  handleCall(BRIDGE_CALLS.lookForUpdate, shape.tuple(), () => updates.look().catch(failed));
  handleCall(BRIDGE_CALLS.fetchUpdate, shape.tuple(), (_none, { sender }) => {
    const window = BrowserWindow.fromWebContents(sender);
    return window === null ? ({ kind: 'cancelled' } as const) : updates.fetch(window).catch(failed);
  });
}
