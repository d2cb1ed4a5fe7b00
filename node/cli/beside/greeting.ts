import { createHash, createHmac, randomBytes, timingSafeEqual } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import type { Lines } from './lines';

const NAME = 'peerhold-beside';
/** Of what follows the greeting. The first words of it are the same in every version. */
const VERSION = '1';
const SECRET = '[0-9a-f]{64}';
const HELLO = new RegExp(`^${NAME} (\\S+) (\\S+) (${SECRET})$`);
const ANSWER = new RegExp(`^${NAME} (\\S+) (\\S+) (${SECRET}) (${SECRET})$`);

/** Who greets: what both know that can read the profile, and which program it is. */
export interface Greeter {
  readonly lines: Lines;
  readonly say: (line: string) => void;
  readonly key: Buffer;
  readonly build: string;
}

/** A digest of the program that runs: both ends have to be the same one, since one runs what was typed for the other. */
export async function ownBuild(): Promise<string> {
  return createHash('sha256')
    .update(await readFile(new URL(import.meta.url)))
    .digest('hex');
}

/** The holder's side; resolves with whether it is a caller of the same program who can read the profile. */
export async function greetCaller({ lines, say, key, build }: Greeter): Promise<boolean> {
  const hello = HELLO.exec((await lines.next()) ?? '');
  if (hello === null) return false;
  const [, version, theirs, nonce = ''] = hello;
  const own = randomBytes(32).toString('hex');
  say(`${NAME} ${VERSION} ${build} ${own} ${proof(key, 'holder', nonce, own)}\n`);
  if (version !== VERSION || theirs !== build) return false;
  return equal((await lines.next()) ?? '', proof(key, 'caller', nonce, own));
}

/** The caller's side: `other` where the holder is another version of the program, `nobody` where it is not the holder of this profile. */
export async function greetHolder({ lines, say, key, build }: Greeter): Promise<'same' | 'other' | 'nobody'> {
  const own = randomBytes(32).toString('hex');
  say(`${NAME} ${VERSION} ${build} ${own}\n`);
  const line = (await lines.next()) ?? '';
  const answer = ANSWER.exec(line);
  if (answer === null) return line.startsWith(`${NAME} `) ? 'other' : 'nobody';
  const [, version, theirs, nonce = '', shown = ''] = answer;
  if (version !== VERSION || theirs !== build) return 'other';
  // Nothing of the command before this: on Windows anybody may have taken the name of the pipe.
  if (!equal(shown, proof(key, 'holder', own, nonce))) return 'nobody';
  say(`${proof(key, 'caller', own, nonce)}\n`);
  return 'same';
}

/** That one knows the key: of this greeting and this role, so that nobody can send it back or again. */
function proof(key: Buffer, role: 'holder' | 'caller', caller: string, holder: string): string {
  return createHmac('sha256', key).update(`${NAME} ${VERSION} ${role} ${caller} ${holder}`).digest('hex');
}

function equal(one: string, other: string): boolean {
  const [a, b] = [Buffer.from(one), Buffer.from(other)];
  return a.length === b.length && timingSafeEqual(a, b);
}
