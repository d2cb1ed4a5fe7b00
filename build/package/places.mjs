import { fileURLToPath } from 'node:url';
import { join } from 'node:path';
import { ROOT } from '../paths.mjs';

/** Folder of everything that packaging writes. */
const PACKAGE = join(ROOT, 'out', 'package');

/** What electron-builder packs: the built app and a package.json, nothing else. */
export const STAGED = join(PACKAGE, 'app');
/** Icons as each system wants them, made from the one drawing. */
export const ICONS = join(PACKAGE, 'icons');
/** The licences of everything that is bundled. */
export const LICENCES = join(PACKAGE, 'LICENCES.txt');
/** Where the packages end up. */
export const PACKAGES = join(PACKAGE, 'made');
/** Our own sources for packaging: drawing, entitlements, the installer's additions. */
export const RESOURCES = fileURLToPath(new URL('resources', import.meta.url));
