import { describe, expect, it } from 'vitest';
import { TEXT, networkRows, practiceRow, proposalRow, rowsOf, versionRow } from '../../../test/kit/rows';
import type { Effect, Proposal } from '../decisions/model';
import { type State, emptyState } from '../state';
import { amendmentBy, hasLostBase, protocolsTouched, rivalsOf } from './amendments';
import type { AgreementVersion, ProtocolSpec } from './model';

const ADMISSION: ProtocolSpec = {
  kind: 'admission',
  id: 'admission',
  title: 'How someone joins',
  text: TEXT,
  params: { mode: 'invite', days: 7 },
};
const FOUNDED = [ADMISSION, practiceRow('care'), practiceRow('turns')];
const version = (id: string, number: number, base: string | null): AgreementVersion =>
  versionRow(id, number, base, { protocols: FOUNDED });
const proposal = (id: string, effect: Effect, status: Proposal['status'] = 'open'): Proposal =>
  proposalRow(id, { effect, status });
const parameters = (params: Record<string, unknown>, base = 'v1'): Effect => ({
  kind: 'parameters',
  base,
  protocol: 'admission',
  params,
});
const adopt = (protocols: readonly ProtocolSpec[], base = 'v1'): Effect => ({ kind: 'adopt', base, protocols });
const state = (...proposals: readonly Proposal[]): State => ({
  ...emptyState(),
  network: networkRows('v1'),
  versions: rowsOf(version('v0', 1, null), version('v1', 2, 'v0')),
  proposals: rowsOf(...proposals),
});
const touched = (effect: Effect) => protocolsTouched(state(), { effect });

describe('what a proposal would do to the agreement', () => {
  it('is nothing for one that changes something else, whose base is unknown, or that could not be made', () => {
    for (const effect of [
      { kind: 'none' } as const,
      parameters({ mode: 'invite', days: 9 }, 'unknown'),
      parameters({ mode: 'maybe' }),
    ])
      expect([amendmentBy(state(), { effect }), touched(effect)]).toEqual([undefined, []]);
  });

  it('is what differs: parameters, words, what is added and dropped', () => {
    expect(touched(parameters({ mode: 'invite', days: 9 }))).toEqual(['admission']);
    expect(touched(parameters({ mode: 'invite', days: 7 }))).toEqual([]);
    expect(touched(adopt([ADMISSION, practiceRow('care', 'Care'), practiceRow('garden')]))).toEqual([
      'care',
      'garden',
      'turns',
    ]);
  });

  it('is that a protocol is suspended or retired', () => {
    expect(touched({ kind: 'suspend', base: 'v1', protocol: 'care' })).toEqual(['care']);
    expect(touched({ kind: 'retire', base: 'v1', protocol: 'care' })).toEqual(['care']);
  });

  it('came to nothing once its base is no longer in force', () => {
    expect(hasLostBase(state(), { effect: parameters({ mode: 'invite', days: 9 }) })).toBe(false);
    expect(hasLostBase(state(), { effect: parameters({ mode: 'invite', days: 9 }, 'v0') })).toBe(true);
    expect(hasLostBase(state(), { effect: { kind: 'none' } })).toBe(false);
  });
});

describe('rivals', () => {
  const days = proposal('days', parameters({ mode: 'invite', days: 9 }));
  const both = proposal(
    'both',
    adopt([{ ...ADMISSION, title: 'Joining' }, practiceRow('care', 'Care'), practiceRow('turns')]),
  );
  const care = proposal('care', adopt([ADMISSION, practiceRow('care', 'All care'), practiceRow('turns')]));

  it('are the open proposals that change the same version, with the protocols that both would change', () => {
    const all = state(days, both, care, proposal('other', { kind: 'none' }));
    const rivals = (one: Proposal) => rivalsOf(all, one).map(({ proposal: { id }, protocols }) => [id, ...protocols]);
    expect(rivals(days)).toEqual([['both', 'admission'], ['care']]);
    expect(rivals(both)).toEqual([
      ['care', 'care'],
      ['days', 'admission'],
    ]);
    expect(rivals(care)).toEqual([['both', 'care'], ['days']]);
  });

  it('are neither what is decided, nor what was written against another version, nor of one that is decided', () => {
    const old = proposal('old', parameters({ mode: 'invite', days: 3 }, 'v0'));
    const rejected = proposal('rejected', both.effect, 'rejected');
    expect(rivalsOf(state(days, old, rejected), days)).toEqual([]);
    expect(rivalsOf(state(days, rejected), rejected)).toEqual([]);
  });
});
