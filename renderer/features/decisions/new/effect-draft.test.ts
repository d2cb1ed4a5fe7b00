import { describe, expect, it } from 'vitest';
import type { ProtocolSpec } from '../../../../shared/network/agreement/model';
import { templateProtocols } from '../../../../shared/network/agreement/templates';
import { effect as effectShape } from '../../../../shared/network/decisions/model';
import { NETWORK_KEY, type State, emptyState } from '../../../../shared/network/state';
import type { TextRef } from '../../../../shared/record/text';
import { type EffectDraft, effectOf } from './effect-draft';

const id = (digit: string) => digit.repeat(64);
const text = id('f') as TextRef;
const why = { events: [] };

function house(): State {
  const state = emptyState();
  const protocols = templateProtocols('house').map((one) => ({
    id: one.id,
    kind: one.kind,
    params: one.params,
    title: one.id,
    text,
  })) as readonly ProtocolSpec[];
  state.versions.set(id('1'), { id: id('1'), number: 1, base: null, protocols, suspended: [], time: 0, why });
  state.network.set(NETWORK_KEY, {
    id: id('1'),
    name: text,
    purpose: text,
    unit: 'EUR',
    founder: id('1'),
    sample: false,
    version: id('1'),
    rules: 1,
    time: 0,
    why,
  });
  state.members.set(id('2'), {
    id: id('2'),
    name: text,
    type: 'resident',
    status: 'applicant',
    devices: [],
    number: 2,
    since: id('2'),
    time: 0,
    why,
  });
  state.resources.set(id('3'), {
    id: id('3'),
    name: text,
    about: text,
    kind: 'boat',
    amount: 100,
    unit: 'CHF',
    by: id('1'),
    status: 'sought',
    shares: [],
    time: 0,
    why,
  });
  return state;
}

const draft: EffectDraft = {
  protocol: 'admission',
  params: { mode: 'decision', days: 20 },
  applicant: id('2'),
  member: id('2'),
  restoring: { device: id('6'), consent: new Uint8Array(64) },
  resource: id('3'),
  event: id('4'),
  text: id('5'),
  amount: 5_000,
  unit: 'EUR',
  protocols: null,
};

describe('effectOf', () => {
  it.each(['none', 'parameters', 'suspend', 'retire', 'admit', 'remove', 'restore', 'spend', 'buy', 'erase'] as const)(
    'makes a well-formed effect: %s',
    (kind) => {
      const protocol = kind === 'parameters' ? 'admission' : 'care';
      expect(effectShape(effectOf(kind, { ...draft, protocol }, house()))).toBe(true);
    },
  );

  it('writes a change against the version in force', () => {
    expect(effectOf('parameters', draft, house())).toMatchObject({ base: id('1'), protocol: 'admission' });
    expect(effectOf('adopt', { ...draft, protocols: [] }, house())).toMatchObject({ base: id('1') });
  });

  it('distributes by shares in what is held, where the agreement divides by shares, and else in equal parts', () => {
    const dividing = (basis: 'shares' | 'equal', status: 'sought' | 'held' = 'held'): State => {
      const state = { ...house() };
      const params = { class: 'important', basis, types: [], reserve: 0 };
      const spec: ProtocolSpec = { kind: 'distribution', id: 'parts', title: 'Parts', text, params };
      const version = state.versions.get(id('1'))!;
      state.versions = new Map([[id('1'), { ...version, protocols: [...version.protocols, spec] }]]);
      state.resources = new Map([[id('3'), { ...state.resources.get(id('3'))!, status }]]);
      return state;
    };
    const sum = { kind: 'distribute', amount: 5_000, unit: 'EUR' };
    expect(effectOf('distribute', draft, dividing('equal'))).toEqual(sum);
    expect(effectOf('distribute', draft, dividing('shares'))).toEqual({ ...sum, resource: id('3') });
    expect(effectOf('distribute', draft, dividing('shares', 'sought'))).toBeNull();
    expect(effectOf('distribute', { ...draft, amount: Number.NaN }, dividing('equal'))).toBeNull();
  });

  it('buys in the currency of the candidate', () => {
    expect(effectOf('buy', draft, house())).toMatchObject({ unit: 'CHF', amount: 5_000 });
  });

  it.each([
    ['parameters that are as they were', 'parameters', { params: { days: 14, mode: 'invite' } }],
    ['parameters that are malformed', 'parameters', { params: { mode: 'invite', days: Number.NaN } }],
    ['a protocol that is not there', 'parameters', { protocol: 'gone' }],
    ['what the rules need', 'suspend', { protocol: 'admission' }],
    ['what is in force', 'resume', { protocol: 'care' }],
    ['a member who is not there', 'admit', { applicant: id('9') }],
    ['an amount that can not be read', 'spend', { amount: Number.NaN }],
    ['no amount', 'buy', { amount: 0 }],
    ['no candidate', 'buy', { resource: '' }],
    ['a draft that can not be adopted', 'adopt', {}],
  ] as const)('makes none of %s', (_, kind, change) => {
    expect(effectOf(kind, { ...draft, ...change }, house())).toBeNull();
  });
});
