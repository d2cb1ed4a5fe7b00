import { describe, expect, it } from 'vitest';
import { Places } from './places';

function places() {
  const log: string[] = [];
  return { places: new Places(() => log.push('changed')), log };
}

describe('the places that an installation knows', () => {
  it('come before those of the network: its own first, each once', () => {
    const { places: known } = places();
    known.own = ['own', 'own too'];
    known.found = ['f1', 'f2', 'f3', 'f4', 'f5'];
    known.add('named');
    expect(known.before(['f2', 'listed'])).toEqual(['own', 'named', 'f1', 'f2', 'f3', 'f4', 'listed']);
  });

  it('are told of when they change, and only then', () => {
    const { places: known, log } = places();
    known.found = ['f1'];
    known.found = ['f1'];
    expect(log).toHaveLength(1);
    known.own = ['own'];
    expect(log).toHaveLength(2);
  });

  it('have one that somebody names for as long as anybody does', () => {
    const { places: known, log } = places();
    const [first, second] = [known.add('named'), known.add('named')];
    first();
    first();
    expect(known.before([])).toEqual(['named']);
    second();
    expect(known.before([])).toEqual([]);
    expect(log).toHaveLength(4);
  });

  it('say where they are from', () => {
    const { places: known } = places();
    known.own = ['own'];
    known.found = ['found'];
    known.add('named');
    const kinds = known.kindsOf(['own', 'named', 'found', 'listed', 'other'], ['own', 'listed']);
    expect([...kinds]).toEqual([
      ['own', 'own'],
      ['found', 'found'],
      ['listed', 'listed'],
      ['other', 'invite'],
    ]);
  });
});
