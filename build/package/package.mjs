// npm run package: packages the built app for this system into out/package/made. `--dir` leaves it unpacked, for trying it.
// The release says what the sources do not know: PEERHOLD_HOMEPAGE, PEERHOLD_MAINTAINER and, if new versions are to be offered,
// PEERHOLD_UPDATES (a folder's https address) with PEERHOLD_UPDATES_KEY (hex, as sign-release.mjs prints it); PEERHOLD_SIGNED if a package without a
// signature is a failure. Keys for signing come by electron-builder's own variables.
import { join } from 'node:path';
import { ROOT } from '../paths.mjs';
import { ensureDependencies, run } from '../setup.mjs';
import { isBuilt } from '../stamp.mjs';

const {
  PEERHOLD_HOMEPAGE: homepage,
  PEERHOLD_MAINTAINER: maintainer,
  PEERHOLD_SIGNED: signed,
  PEERHOLD_UPDATES: url,
  PEERHOLD_UPDATES_KEY: key,
} = process.env;
if (!homepage || !maintainer) {
  console.error('PEERHOLD_HOMEPAGE and PEERHOLD_MAINTAINER have to say whose package this is.');
  process.exit(1);
}
if (key && !(url && /^https:\/\/[^?#]+\/$/.test(url) && /^[0-9a-f]{64}$/.test(key))) {
  console.error(
    'PEERHOLD_UPDATES has to be an https address that ends in /, and PEERHOLD_UPDATES_KEY 64 digits of hex.',
  );
  process.exit(1);
}

ensureDependencies();
if (!isBuilt() && !run(process.execPath, [join(ROOT, 'build', 'build.mjs')])) process.exit(1);
// Only now: on a fresh checkout they have just been installed.
const { build } = await import('electron-builder');
const { packageConfig } = await import('./config.mjs');
const { makeIcons } = await import('./icons.mjs');
const { stage } = await import('./stage.mjs');
stage({ homepage, updates: url && key ? { url, key } : undefined });
await makeIcons();
await build({
  config: packageConfig({ maintainer, signed: Boolean(signed) }),
  publish: 'never',
  ...(process.argv.includes('--dir') ? { dir: true } : {}),
});
