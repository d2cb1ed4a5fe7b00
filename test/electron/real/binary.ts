import { existsSync, readdirSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { findElectron } from '../../../build/electron.mjs';
import { PACKAGES } from '../../../build/package/places.mjs';

/** `required`: Electron's binary has to be here. `packaged`: a package has, too. Otherwise what is not here is skipped. */
const wanted = process.env['PEERHOLD_REAL'];

/** Where each system's unpacked package lies. The folder's end names the processor, where it is not the usual one. */
const PROGRAMS: Partial<Record<NodeJS.Platform, { readonly folder: RegExp; readonly path: string }>> = {
  linux: { folder: /^linux(-arm64)?-unpacked$/, path: 'peerhold' },
  darwin: { folder: /^mac(-arm64)?$/, path: 'Peerhold.app/Contents/MacOS/Peerhold' },
  win32: { folder: /^win-unpacked$/, path: 'Peerhold.exe' },
};

function findPackaged(): string | undefined {
  const program = PROGRAMS[process.platform];
  if (program === undefined || !existsSync(PACKAGES)) return undefined;
  const folders = readdirSync(PACKAGES).filter((name) => program.folder.test(name));
  // One made for another processor does not start here.
  const own = folders.find((name) => name.includes('arm64') === (process.arch === 'arm64'));
  return own === undefined ? undefined : join(PACKAGES, own, program.path);
}

function orFail(path: string | undefined, isWanted: boolean): string | undefined {
  if (path === undefined && isWanted) throw new Error('PEERHOLD_REAL asks for a binary that is not here');
  return path;
}

/** Electron itself, which runs the built app. */
export const electron = orFail(findElectron(), wanted === 'required');
/** The packaged app's program. */
export const packaged = orFail(wanted === 'packaged' ? findPackaged() : undefined, wanted === 'packaged');

/** The folder with the package.json by which Electron finds the built app. */
export const ROOT = resolve('.');

/** Chromium does not start its sandbox for root. */
export const SANDBOX = process.getuid?.() === 0 ? ['--no-sandbox'] : [];
