import { utf8 } from '../../shared/record/bytes';
import { deviceKeyFromSeed, signerOf } from '../../shared/record/signature';
import { isNewer, readRelease, releaseMessage } from '../../shared/updates/release';
import type { Target } from './target';

const maker = signerOf(await deviceKeyFromSeed(new Uint8Array(32).fill(6)));
const one = {
  name: 'peerhold_0.2.0_amd64.deb',
  system: 'linux',
  processor: 'x64',
  form: 'deb',
  bytes: 90_000_000,
  hash: 'ab'.repeat(32),
};

/** What is said of a new version, signed whatever it says: otherwise nothing would get beyond the signature. */
export const RELEASES: Target = {
  name: 'statements of releases',
  samples: [
    {
      version: '0.2.0',
      notes: 'Mended: “the roof”.',
      packages: [one, { ...one, name: 'p.dmg', system: 'darwin', form: 'dmg' }],
    },
    { version: '10.0.1', notes: '', packages: [] },
  ].map((release) => utf8(JSON.stringify(release))),
  async read(bytes) {
    const release = await readRelease(bytes, await maker.sign(releaseMessage(bytes)), maker.device);
    isNewer(release, '0.1.0');
    // The name becomes the end of an address and of a path.
    for (const { name } of release.packages)
      if (name.includes('/') || name.includes('\\') || name.startsWith('.')) throw new Error(`taken: ${name}`);
    return true;
  },
};
