import type { Rules } from '../rule';
import type { SealPayloads } from './model';

/** Votes on seals say nothing about the network's affairs; `shared/seal` reads them from the record. */
const noted = (): undefined => undefined;

export const sealRules: Rules<keyof SealPayloads> = {
  'seal.ready': noted,
  'seal.propose': noted,
  'seal.prevote': noted,
  'seal.precommit': noted,
};
