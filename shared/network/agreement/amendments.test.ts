import { describe, expect, it } from 'vitest';
import type { TextRef } from '../../record/text';
import type { Effect, Proposal } from '../decisions/model';
import { NETWORK_KEY, type State, emptyState } from '../state';
import { amendmentBy, hasLostBase, protocolsTouched, rivalsOf } from './amendments';
import type { AgreementVersion, ProtocolSpec } from './model';

const text = 'f'.repeat(64) as TextRef;
const practice = (id: string, title = id): ProtocolSpec => ({ kind: 'practice', id, title, text, params: {} });
const ADMISSION: ProtocolSpec = {
  kind: 'admission',
  id: 'admission',
  title: 'How someone joins',
  text,
  params: { mode: 'invite', days: 7 },
};
const FOUNDED = [ADMISSION, practice('care'), practice('turns')];
const version = (id: string, number: number, base: string | null): AgreementVersion => ({
  id,
  number,
  base,
  protocols: FOUNDED,
  suspended: [],
  time: number,
  why: { events: [id] },
});
const proposal = (id: string, effect: Effect, status: Proposal['status'] = 'open'): Proposal => ({
  id,
  by: 'ann',
  title: text,
  text,
  effect,
  rule: {
    id: 'ordinary',
    label: 'Ordinary',
    method: 'vote',
    electorate: [],
    threshold: 50,
    quorum: 0,
    block: 'nobody',
    override: 0,
    days: 7,
    grace: 0,
  },
  clause: { version: 'v1', protocol: 'decisions' },
  electorate: [],
  blockers: [],
  deadline: 0,
  status,
  tally: { electorate: 0, agree: 0, abstain: 0, disagree: 0, block: 0 },
  time: 1,
  why: { events: [id] },
});
const parameters = (params: Record<string, unknown>, base = 'v1'): Effect => ({
  kind: 'parameters',
  base,
  protocol: 'admission',
  params,
});
const adopt = (protocols: readonly ProtocolSpec[], base = 'v1'): Effect => ({ kind: 'adopt', base, protocols });
const state = (...proposals: readonly Proposal[]): State => ({
  ...emptyState(),
  network: new Map([
    [
      NETWORK_KEY,
      {
        id: 'n',
        name: text,
        purpose: text,
        unit: 'EUR',
        founder: 'ann',
        sample: false,
        version: 'v1',
        rules: 1,
        time: 1,
        why: { events: ['n'] },
      },
    ],
  ]),
  versions: new Map([version('v0', 1, null), version('v1', 2, 'v0')].map((row) => [row.id, row])),
  proposals: new Map(proposals.map((row) => [row.id, row])),
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
    expect(touched(adopt([ADMISSION, practice('care', 'Care'), practice('garden')]))).toEqual([
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
    adopt([{ ...ADMISSION, title: 'Joining' }, practice('care', 'Care'), practice('turns')]),
  );
  const care = proposal('care', adopt([ADMISSION, practice('care', 'All care'), practice('turns')]));

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
