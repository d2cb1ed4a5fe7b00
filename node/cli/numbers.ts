import { PeerholdError } from '../../shared/errors';

/** A whole number from the command line. Throws `cli-number`. */
export function numberOf(given: string | boolean | undefined, otherwise: number): number {
  if (given === undefined) return otherwise;
  if (typeof given !== 'string' || !/^\d{1,9}$/.test(given))
    throw new PeerholdError('cli-number', { what: String(given) });
  return Number(given);
}
