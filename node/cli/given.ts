import { PeerholdError } from '../../shared/errors';
import type { Given } from './command';

type Options = Given['options'];

/** A hundred years: the longest that anything is given. */
export const MAX_DAYS = 36_525;

/** The text of an option, if it is given. Throws `cli-blank` where there is nothing in it. */
export function textOf(options: Options, name: string): string | undefined {
  const value = options[name];
  if (typeof value !== 'string') return undefined;
  if (value.trim() === '') throw new PeerholdError('cli-blank', { what: `--${name}` });
  return value;
}

/** The text of an option that has to be given. Throws `cli-missing`, `cli-blank`. */
export function neededOf(options: Options, name: string): string {
  const value = textOf(options, name);
  if (value === undefined) throw new PeerholdError('cli-missing', { what: `--${name}` });
  return value;
}

interface Range {
  readonly otherwise: number;
  readonly least?: number;
  readonly most?: number;
}

/** The whole number of an option. Throws `cli-range`. */
export function wholeOf(options: Options, name: string, { otherwise, least = 0, most = 999_999_999 }: Range): number {
  return wholeIfGiven(options, name, least, most) ?? otherwise;
}

/** The port of `--port`, if it is given. Throws `cli-range`. */
export const portOf = (options: Options): number | undefined => wholeIfGiven(options, 'port', 1, 65_535);

function wholeIfGiven(options: Options, name: string, least: number, most: number): number | undefined {
  const value = options[name];
  if (value === undefined) return undefined;
  const given = /^\d{1,9}$/.test(String(value)) ? Number(value) : -1;
  if (given < least || given > most)
    throw new PeerholdError('cli-range', { what: `--${name}`, given: String(value), least, most });
  return given;
}

/** Characters of an address that a link can carry. */
const MAX_ADDRESS = 200;

/** The address of a meeting place that `--at` gives, if it does. Throws `cli-address` for what no app could connect to. */
export function placeOf(options: Options): string | undefined {
  const given = options['at'];
  if (given === undefined) return undefined;
  const address = String(given);
  const url = URL.canParse(address) ? new URL(address) : undefined;
  const isSocket = url !== undefined && /^wss?:$/.test(url.protocol) && /^wss?:[/][/][^\s/]+[^\s]*$/i.test(address);
  // Sockets take no fragment and no credentials.
  if (!isSocket || url.hash !== '' || url.username !== '' || address.length > MAX_ADDRESS)
    throw new PeerholdError('cli-address', { what: address });
  return address;
}
