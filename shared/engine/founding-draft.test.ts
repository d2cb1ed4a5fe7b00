import i18next from 'i18next';
import { beforeAll, describe, expect, it } from 'vitest';
import type { Parameters } from '../network/agreement/model';
import { PRESETS } from '../network/agreement/templates';
import { foundingEvents } from '../network/founding/model';
import templates from '../words/en/templates.json';
import type { Translate } from '../words/translate';
import {
  type FoundingDraft,
  foundingPayload,
  membershipTypes,
  newDraft,
  problemsOf,
  protocolsOf,
  textOf,
  withPreset,
  withProtocol,
  withUnit,
} from './founding-draft';

let t: Translate;
beforeAll(async () => {
  const i18n = i18next.createInstance();
  await i18n.init({ lng: 'en', resources: { en: { templates } }, interpolation: { escapeValue: false } });
  t = i18n.getFixedT('en', 'templates') as Translate;
});

const filled = (): FoundingDraft => ({
  ...newDraft(t, 'EUR', 'Laptop'),
  name: ' Lime Street ',
  purpose: 'A house to live in & to keep.',
  you: 'Ann',
});

/** The payload as it stands in the record: every text replaced by a reference. */
function bound(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(bound);
  if (typeof value !== 'object' || value === null) return value;
  const entries = Object.entries(value);
  if (entries.length === 1 && typeof entries[0]![1] === 'string' && entries[0]![0] === 'text') return 'a'.repeat(64);
  return Object.fromEntries(entries.map(([key, one]) => [key, bound(one)]));
}

describe('a founding', () => {
  it.each(PRESETS)('from the preset %s is ready once name, purpose and founder are filled in', (preset) => {
    const draft = withPreset(filled(), preset);
    expect(problemsOf(draft, 'review')).toEqual([]);
    expect(foundingEvents['network.found'](bound(foundingPayload(draft, t)))).toBe(true);
  });

  it('writes the words of templates, with the purpose as the founder wrote it', () => {
    const payload = foundingPayload(filled(), t);
    expect(payload.name).toEqual({ text: 'Lime Street' });
    expect(payload.protocols[0]).toMatchObject({ id: 'purpose', title: 'Our common purpose' });
    expect(payload.protocols[0]?.text).toEqual({
      text: expect.stringContaining('A house to live in & to keep.') as string,
    });
    for (const protocol of payload.protocols) expect(JSON.stringify(protocol)).not.toMatch(/protocols\.|\{\{/);
  });

  it('names what is missing, step by step', () => {
    const draft = newDraft(t, 'EUR', '');
    expect(problemsOf(draft, 'purpose')).toEqual([{ field: 'name' }, { field: 'purpose' }]);
    expect(problemsOf(draft, 'members')).toEqual([]);
    expect(problemsOf(draft, 'you')).toEqual([{ field: 'you' }, { field: 'device' }]);
  });

  it('keeps what was written under one preset while another is tried', () => {
    const edited = withProtocol(filled(), 'care', { text: 'Our own words.' });
    const back = withPreset(withPreset(edited, 'boat'), 'house');
    expect(protocolsOf(back).find((protocol) => protocol.id === 'care')?.text).toBe('Our own words.');
    expect(protocolsOf(withPreset(edited, 'boat')).find((protocol) => protocol.id === 'care')?.text).toBeNull();
  });

  it('gives the founder a type that exists, whatever happens to the types', () => {
    expect(withPreset(filled(), 'boat').type).toBe('owner');
    const types = membershipTypes(filled()).filter((type) => type.id !== 'resident');
    expect(withProtocol(filled(), 'membership', { params: { types } }).type).toBe('investor');
  });

  it('counts sums in the chosen currency, in every preset', () => {
    const draft = withPreset(withUnit(filled(), 'CHF'), 'workshop');
    const params = (kind: string) => protocolsOf(draft).find((protocol) => protocol.kind === kind)!.params;
    expect((params('spending') as Parameters<'spending'>).unit).toBe('CHF');
    expect((params('contributions') as Parameters<'contributions'>).dues.map((due) => due.unit)).toEqual(['CHF']);
    expect(foundingPayload(draft, t).unit).toBe('CHF');
  });

  it('leaves out what is switched off and tells when that breaks the agreement', () => {
    const draft = withProtocol(filled(), 'meetings', { on: false });
    expect(foundingPayload(draft, t).protocols.some((protocol) => protocol.id === 'meetings')).toBe(false);
    expect(problemsOf(withProtocol(draft, 'decisions', { on: false }), 'protocols')).toEqual([
      { agreement: { code: 'missing-kind', kind: 'decisions', name: 'decisions' } },
    ]);
  });

  it('shows a blank label and an unreadable amount as incomplete', () => {
    const types = membershipTypes(filled()).map((type) => ({ ...type, label: ' ' }));
    expect(problemsOf(withProtocol(filled(), 'membership', { params: { types } }), 'members')).toEqual([
      { protocol: 'membership', kind: 'membership' },
    ]);
    const unreadable = withProtocol(filled(), 'spending', { params: { unit: 'EUR', free: Number.NaN } });
    expect(problemsOf(unreadable, 'protocols')).toEqual([{ protocol: 'spending', kind: 'spending' }]);
  });

  it('does not take a title away by itself', () => {
    expect(problemsOf(withProtocol(filled(), 'care', { title: ' ' }), 'protocols')).toEqual([
      { protocol: 'care', kind: 'practice' },
    ]);
  });

  it('shows every template text without gaps', () => {
    for (const preset of PRESETS)
      for (const protocol of protocolsOf(withPreset(filled(), preset)))
        expect(textOf(protocol, 'P', t)).not.toMatch(/\{\{|\.text$/);
  });
});
