import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { entryLike, libraryFor, presetLike, usualParameters } from './library';
import { PROTOCOL_KINDS, type Parameters as ParametersOf, parametersOf } from './model';
import { agreementProblems } from './problems';
import { NEEDED_KINDS, PRESETS, isNeeded, templateProtocols } from './templates';

const words = JSON.parse(readFileSync(new URL('../../words/en/templates.json', import.meta.url), 'utf8')) as {
  protocols: Record<string, { title: string; text: string; think: string }>;
};
/** What no agreement can do without, as one preset has it, with what is protected there. */
const bare = (preset: (typeof PRESETS)[number]) =>
  templateProtocols(preset).filter(({ id, kind }) => isNeeded(kind) || id === 'land');
const idsFor: (...of: Parameters<typeof libraryFor>) => readonly string[] = (...of) =>
  libraryFor(...of).map(({ id }) => id);

describe('the library', () => {
  it('has every kind that may be added for every sort of network, and its practices', () => {
    for (const preset of PRESETS) {
      const kinds = libraryFor(preset, bare(preset), 'EUR').map(({ kind }) => kind);
      const missing = PROTOCOL_KINDS.filter((kind) => !isNeeded(kind) && !kinds.includes(kind));
      expect([preset, missing]).toEqual([preset, []]);
    }
    expect(idsFor('workshop', bare('workshop'), 'EUR')).toContain('tools');
    expect(idsFor('boat', bare('boat'), 'EUR')).toContain('turns');
    expect(idsFor('land', bare('house'), 'EUR')).toContain('land');
  });

  it('offers nothing that the agreement has, be it by kind or, for a practice, by name', () => {
    for (const preset of PRESETS) {
      const agreement = templateProtocols(preset);
      expect(libraryFor(preset, agreement, 'EUR').filter(({ id }) => agreement.some((one) => one.id === id))).toEqual(
        [],
      );
      expect(NEEDED_KINDS.filter((kind) => idsFor(preset, agreement, 'EUR').includes(kind))).toEqual([]);
    }
    const old = [...bare('house'), { id: 'leaving', kind: 'practice' as const, params: {} }];
    expect(idsFor('house', old, 'EUR')).toContain('leaving');
  });

  it('has parameters that fit any agreement, whichever sort of network they come from', () => {
    for (const preset of PRESETS)
      for (const other of PRESETS) {
        const agreement = bare(other);
        const added = libraryFor(preset, agreement, 'CHF');
        for (const { kind, params } of added) expect([kind, parametersOf(kind)(params)]).toEqual([kind, true]);
        expect([preset, other, ...agreementProblems([...agreement, ...added])]).toEqual([preset, other]);
        const dues = added.find(({ kind }) => kind === 'contributions')!.params as ParametersOf<'contributions'>;
        expect(dues.dues.filter(({ unit }) => unit !== 'CHF')).toEqual([]);
      }
    const usual = usualParameters('publication', bare('boat'), 'EUR') as ParametersOf<'publication'>;
    expect(usual.class).toBe('everyone');
    const own = libraryFor('boat', bare('boat'), 'EUR').find(({ kind }) => kind === 'use')!;
    expect((own.params as ParametersOf<'use'>).quotas.map(({ type }) => type)).toEqual(['owner', 'guest']);
  });

  it('has a title, a text and what to think about for each', () => {
    for (const preset of PRESETS)
      for (const { id } of [...templateProtocols(preset), ...libraryFor(preset, bare(preset), 'EUR')])
        expect([id, ...Object.keys(words.protocols[id] ?? {}).sort()]).toEqual([id, 'text', 'think', 'title']);
  });

  it('begins where the kinds of members are most alike', () => {
    for (const preset of PRESETS) expect(presetLike(templateProtocols(preset))).toBe(preset);
    expect(presetLike([])).toBe('house');
  });

  it('knows its own by kind, and practices by name', () => {
    expect(entryLike({ id: 'our-parts', kind: 'distribution' })).toBe('distribution');
    expect(entryLike({ id: 'tools', kind: 'practice' })).toBe('tools');
    expect(entryLike({ id: 'leaving', kind: 'practice' })).toBe('leaving');
    expect(entryLike({ id: 'singing', kind: 'practice' })).toBeUndefined();
  });
});
