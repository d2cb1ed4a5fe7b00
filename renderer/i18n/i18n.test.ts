import { readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, describe, expect, test } from 'vitest';
import i18next from 'i18next';
import { LANGUAGES, chooseLanguage, directionOf, startI18n } from './i18n';

const ROOT = new URL('../..', import.meta.url).pathname;

function sources(folder: string): readonly string[] {
  return readdirSync(join(ROOT, folder), { recursive: true, encoding: 'utf8' })
    .filter((path) => /\.tsx?$/.test(path) && !/\.test\.tsx?$/.test(path))
    .map((path) => readFileSync(join(ROOT, folder, path), 'utf8'));
}

beforeAll(() => startI18n('en'));

describe('words', () => {
  test('every key that a view names has its words', () => {
    const missing: string[] = [];
    for (const source of sources('renderer')) {
      const namespaces = [...source.matchAll(/useTranslation\('([a-z]+)'\)/g)].map(([, ns]) => ns ?? '');
      if (new Set(namespaces).size !== 1) continue;
      const ns = namespaces[0] ?? '';
      for (const [, key = ''] of source.matchAll(/(?<![.\w])t\('([^'$]+)'(?!, \{ ns)/g)) {
        const known = ['', '_one', '_other'].some((suffix) => i18next.exists(`${key}${suffix}`, { ns }));
        if (!known && !key.includes(':')) missing.push(`${ns}:${key}`);
      }
    }
    expect(missing).toEqual([]);
  });

  test('every code that can reach a screen has its words', () => {
    // Codes of the shell and of Node end in a log or in the terminal; those of meeting are answers between apps.
    const elsewhere = /^(electron|node|record)\.|^(busy|full)$/;
    const codes = new Set<string>();
    for (const source of [...sources('shared'), ...sources('renderer')]) {
      for (const [, code = ''] of source.matchAll(/(?:new PeerholdError|return refuse)\(\s*'([^']+)'/g))
        codes.add(code);
    }
    const missing = [...codes].filter(
      (code) => !elsewhere.test(code) && !['errors', 'effects'].some((ns) => i18next.exists(code, { ns })),
    );
    expect(codes.size).toBeGreaterThan(50);
    expect(missing).toEqual([]);
  });

  test('every language is a tag that Intl knows, and English is one of them', () => {
    expect(LANGUAGES).toContain('en');
    expect(Intl.getCanonicalLocales([...LANGUAGES])).toEqual(LANGUAGES);
  });
});

describe('the language', () => {
  const known = ['en', 'de', 'pt-BR'];

  test.each([
    ['de', ['en'], 'de'],
    [null, ['pt-BR', 'en'], 'pt-BR'],
    [null, ['de-AT', 'en'], 'de'],
    [null, ['fr'], 'en'],
    ['xx', ['de'], 'de'],
    [null, [], 'en'],
  ])('chosen %j, asked for %j: %s', (chosen, preferred, expected) => {
    expect(chooseLanguage(chosen, preferred, known)).toBe(expected);
  });

  test('is written from right to left where it is', () => {
    expect(directionOf('ar')).toBe('rtl');
    expect(directionOf('en')).toBe('ltr');
  });
});
