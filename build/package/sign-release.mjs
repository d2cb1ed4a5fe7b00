// Says what a release is, and signs it: writes release.json and release.json.sig beside the packages in a folder. The app believes nothing
// else of a new version. `node sign-release.mjs FOLDER VERSION`, with what is new on standard input, and the key in PEERHOLD_RELEASE_KEY: a
// seed of 32 bytes in hex. `--new-key` makes one. Only Node's own modules, so that nothing of others is near the key.
import { createHash, createPrivateKey, createPublicKey, randomBytes, sign } from 'node:crypto';
import { readFileSync, readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

/** As in shared/updates/release.ts. */
const LABEL = 'peerhold/release/1\0';
/** RFC 8410's wrapping of a seed, and of a public key. */
const PKCS8 = '302e020100300506032b657004220420';
const SPKI_BYTES = 12;
/** How electron-builder names systems and processors, and how Node does. */
const NAME = /^Peerhold-(\d+\.\d+\.\d+)-(linux|mac|win)-(x64|x86_64|amd64|arm64|aarch64)\.(deb|AppImage|dmg|exe)$/;
const SYSTEMS = { linux: 'linux', mac: 'darwin', win: 'win32' };

/** @param {string} seed hex */
function keysOf(seed) {
  if (!/^[0-9a-f]{64}$/.test(seed)) throw new Error('PEERHOLD_RELEASE_KEY has to be 64 digits of hex');
  const secret = createPrivateKey({ key: Buffer.from(PKCS8 + seed, 'hex'), format: 'der', type: 'pkcs8' });
  const open = createPublicKey(secret).export({ format: 'der', type: 'spki' }).subarray(SPKI_BYTES).toString('hex');
  return { secret, open };
}

/**
 * @param {string} folder
 * @param {string} version
 */
function packagesIn(folder, version) {
  return readdirSync(folder)
    .sort()
    .flatMap((name) => {
      const [, of, system, processor, form] = NAME.exec(name) ?? [];
      if (of === undefined) return [];
      if (of !== version) throw new Error(`${name} is not of version ${version}`);
      const bytes = readFileSync(join(folder, name));
      return {
        name,
        system: SYSTEMS[/** @type {keyof typeof SYSTEMS} */ (system)],
        processor: /arm64|aarch64/.test(processor ?? '') ? 'arm64' : 'x64',
        form,
        bytes: bytes.length,
        hash: createHash('sha256').update(bytes).digest('hex'),
      };
    });
}

const [first, version = ''] = process.argv.slice(2);
if (first === '--new-key') {
  const seed = randomBytes(32).toString('hex');
  console.log(`secret, for PEERHOLD_RELEASE_KEY: ${seed}\npublic, for PEERHOLD_UPDATES_KEY: ${keysOf(seed).open}`);
} else {
  if (first === undefined || !/^\d+\.\d+\.\d+$/.test(version)) throw new Error('FOLDER VERSION are needed');
  const { secret, open } = keysOf(process.env.PEERHOLD_RELEASE_KEY ?? '');
  const packages = packagesIn(first, version);
  if (packages.length === 0) throw new Error('no package of this version is there');
  const statement = Buffer.from(JSON.stringify({ version, notes: readFileSync(0, 'utf8').trim(), packages }));
  const signature = sign(null, Buffer.concat([Buffer.from(LABEL), statement]), secret);
  writeFileSync(join(first, 'release.json'), statement);
  writeFileSync(join(first, 'release.json.sig'), `${signature.toString('base64url')}\n`);
  console.log(`${packages.length} packages of ${version}, signed by ${open}`);
}
