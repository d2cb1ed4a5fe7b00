import { readFileSync, readdirSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { PeerholdError } from '../../shared/errors';
import { clauseOf } from './errors';

const NETWORK = new URL('../../shared/network/', import.meta.url).pathname;

/** The codes with which some rule refuses and cites a clause. */
function citing(): readonly string[] {
  const sources = readdirSync(NETWORK, { recursive: true, encoding: 'utf8' })
    .filter((path) => path.endsWith('.ts') && !path.endsWith('.test.ts'))
    .map((path) => readFileSync(`${NETWORK}${path}`, 'utf8'));
  const calls = sources.flatMap((source) => [...source.matchAll(/refuse\(\s*'([a-z-]+)',\s*([^,)\s]+)/g)]);
  return [...new Set(calls.filter(([, , clause]) => clause !== 'undefined').map(([, code]) => code!))];
}

describe('the clause of a refusal', () => {
  const clause = { version: 'a'.repeat(64), protocol: 'decisions' };

  it('is found for every code that a rule refuses with and cites one', () => {
    const codes = citing();
    expect(codes.length).toBeGreaterThan(15);
    for (const code of codes) expect(clauseOf(new PeerholdError(`refused-${code}`, clause))).toEqual(clause);
  });

  it('has its words beside it', () => {
    const words = JSON.parse(
      readFileSync(new URL('../../shared/words/en/effects.json', import.meta.url), 'utf8'),
    ) as Record<string, string>;
    expect(citing().filter((code) => words[code] === undefined)).toEqual([]);
  });

  it('is none where the rules cite none, or something else went wrong', () => {
    expect(clauseOf(new PeerholdError('refused-device-known'))).toBeUndefined();
    expect(clauseOf(new PeerholdError('storage-full', clause))).toBeUndefined();
    expect(clauseOf(new Error('x'))).toBeUndefined();
    expect(clauseOf(undefined)).toBeUndefined();
  });
});
