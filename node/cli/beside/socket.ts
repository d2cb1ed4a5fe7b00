import { createHash, randomBytes } from 'node:crypto';
import { chmod, mkdtemp, readFile, rename, rm, symlink, writeFile } from 'node:fs/promises';
import { type Server, type Socket, createConnection } from 'node:net';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';

const SOCKET = 'commands.sock';
const KEY = 'commands.key';
/** Bytes: macOS takes 103, Linux 107. What is longer Node cuts off without a word. */
const MAX_PATH = 100;

export const newKey = (): Buffer => randomBytes(32);

/**
 * Listens in a folder, in the place of what a killed process has left there, for whoever can read the key from it. What this resolves with
 * ends that and leaves nothing behind; connections that are open stay. Rejects where the system refuses.
 */
export async function openDoor(server: Server, folder: string, key: Buffer): Promise<() => Promise<void>> {
  // Made where nobody else can enter, and moved when it is closed to others: no moment is left in which it stands open.
  const fresh = await mkdtemp(join(folder, 'commands-'));
  try {
    await writeFile(join(fresh, KEY), key.toString('hex'), { mode: 0o600, flag: 'wx' });
    if (process.platform === 'win32') await listening(server, pipeOf(key));
    else {
      await withinReach(fresh, (path) => listening(server, path));
      await chmod(join(fresh, SOCKET), 0o600);
      await rename(join(fresh, SOCKET), join(folder, SOCKET));
    }
    await rename(join(fresh, KEY), join(folder, KEY));
  } catch (error) {
    server.close();
    throw error;
  } finally {
    await rm(fresh, { recursive: true, force: true });
  }
  return async () => {
    server.close();
    await rm(join(folder, KEY), { force: true });
    await rm(join(folder, SOCKET), { force: true });
  };
}

/** Connects to whoever listens in a folder; undefined where nobody does. */
export async function knock(folder: string): Promise<{ readonly socket: Socket; readonly key: Buffer } | undefined> {
  try {
    const text = await readFile(join(folder, KEY), 'utf8');
    if (!/^[0-9a-f]{64}$/.test(text)) return undefined;
    const key = Buffer.from(text, 'hex');
    const socket =
      process.platform === 'win32'
        ? await connected(pipeOf(key))
        : await withinReach(folder, (path) => connected(path));
    return { socket, key };
  } catch {
    return undefined;
  }
}

/** Pipes of Windows have no folder, and one name space for all users. The name says nothing of the key. */
const pipeOf = (key: Buffer): string => String.raw`\\.\pipe\peerhold-` + createHash('sha256').update(key).digest('hex');

/**
 * Runs with a path of the socket in a folder that is short enough for the system: where the folder's own is not, by way of a link to it in
 * a new folder of temporary files that only this user can enter. Only that way is short; the socket itself is in the folder.
 */
async function withinReach<T>(folder: string, run: (path: string) => Promise<T>): Promise<T> {
  const straight = join(folder, SOCKET);
  if (Buffer.byteLength(straight) <= MAX_PATH) return run(straight);
  const temporary = Buffer.byteLength(tmpdir()) <= MAX_PATH / 2 ? tmpdir() : '/tmp';
  const way = await mkdtemp(join(temporary, 'ph-'));
  try {
    await symlink(resolve(folder), join(way, 'p'));
    return await run(join(way, 'p', SOCKET));
  } finally {
    await rm(way, { recursive: true, force: true });
  }
}

function listening(server: Server, path: string): Promise<void> {
  return new Promise((done, fail) => {
    server.once('error', fail);
    server.listen(path, () => {
      server.off('error', fail);
      done();
    });
  });
}

function connected(path: string): Promise<Socket> {
  return new Promise((done, fail) => {
    const socket = createConnection(path);
    socket.once('error', fail);
    socket.once('connect', () => {
      socket.off('error', fail);
      done(socket);
    });
  });
}
