// Lays out what is packed: the built shell and page, and a package.json that names no dependency.
import { cpSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { ROOT } from '../paths.mjs';
import { writeLicences } from './licences.mjs';
import { STAGED } from './places.mjs';

/** What of the build the desktop app runs from. */
const PARTS = ['electron/main', 'electron/preload', 'renderer'];

/**
 * @param {object} release
 * @param {string} release.homepage where this app is to be had; Debian's packages name it
 * @param {{ readonly url: string, readonly key: string } | undefined} release.updates the https address of the folder in which new versions
 *   are told of, and hex of the key that signs what is told; without them the app looks for none
 */
export function stage({ homepage, updates }) {
  rmSync(STAGED, { recursive: true, force: true });
  for (const part of PARTS) cpSync(join(ROOT, 'out', part), join(STAGED, 'out', part), { recursive: true });
  /** @type {Record<string, string>} */
  const { name, version, description, license, author, type, main } = JSON.parse(
    readFileSync(join(ROOT, 'package.json'), 'utf8'),
  );
  const metadata = {
    name,
    productName: 'Peerhold',
    desktopName: 'peerhold.desktop',
    version,
    description,
    license,
    author,
    homepage,
    type,
    main,
    ...(updates && { updates }),
  };
  mkdirSync(dirname(join(STAGED, 'package.json')), { recursive: true });
  writeFileSync(join(STAGED, 'package.json'), `${JSON.stringify(metadata, undefined, 2)}\n`);
  writeLicences();
}
