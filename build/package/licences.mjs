// The licences of what is bundled: read from the packages themselves, held to those that let it be passed on with a notice alone.
import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { ROOT } from '../paths.mjs';
import { LICENCES } from './places.mjs';

/** Each asks for its notice to be kept, and for nothing of the code that it is bundled with. */
const ALLOWED = new Set([
  'MIT',
  'ISC',
  'BSD-2-Clause',
  'BSD-3-Clause',
  'Apache-2.0',
  '0BSD',
  'BlueOak-1.0.0',
  'CC0-1.0',
  'Unlicense',
  'Python-2.0',
]);

/**
 * @typedef {object} Licence
 * @property {string} name
 * @property {string} version
 * @property {string} licence
 * @property {string} text
 */

/** @param {unknown} licence */
function isAllowed(licence) {
  if (typeof licence !== 'string') return false;
  // One of several is enough, and of several at once each has to be.
  const choices = licence.replaceAll(/[()]/g, '').split(' OR ');
  return choices.some((choice) => choice.split(' AND ').every((one) => ALLOWED.has(one)));
}

/**
 * Every package that production code may bundle: those of package-lock.json that are not for development alone.
 * @param {string} root of the repository
 * @returns {readonly Licence[]}
 * @throws where a package has no licence that is allowed
 */
export function licencesOf(root = ROOT) {
  /** @type {{ packages: Record<string, { dev?: boolean, devOptional?: boolean, optional?: boolean }> }} */
  const { packages } = JSON.parse(readFileSync(join(root, 'package-lock.json'), 'utf8'));
  const wanted = Object.entries(packages).filter(([path, { dev, devOptional }]) => path !== '' && !dev && !devOptional);
  // Optional ones are for other systems, or could not be had: what is not here is not bundled either.
  const here = wanted.filter(([path]) => existsSync(join(root, path, 'package.json')));
  return here
    .map(([path]) => {
      /** @type {{ name: string, version: string, license?: unknown }} */
      const { name, version, license } = JSON.parse(readFileSync(join(root, path, 'package.json'), 'utf8'));
      if (!isAllowed(license)) throw new Error(`${name} ${version}: no licence to pass it on by: ${String(license)}`);
      const file = readdirSync(join(root, path)).find((entry) => /^(licen[cs]e|copying)([.-].*)?$/i.test(entry));
      const text = file === undefined ? '' : readFileSync(join(root, path, file), 'utf8').trim();
      return { name, version, licence: String(license), text };
    })
    .sort((a, b) => (a.name < b.name ? -1 : a.name > b.name ? 1 : 0));
}

/** Writes the notices that go with every package, our own licence first. */
export function writeLicences() {
  const own = readFileSync(join(ROOT, 'LICENSE'), 'utf8').trim();
  const others = licencesOf().map(
    ({ name, version, licence, text }) =>
      `${'-'.repeat(80)}\n${name} ${version} (${licence})\n\n${text || 'The package has no text of it.'}`,
  );
  writeFileSync(LICENCES, [own, 'Peerhold contains parts of these:', ...others, ''].join('\n\n'));
}
