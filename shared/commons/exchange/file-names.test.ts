import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { utf8 } from '../../record/bytes';
import { FolderNames, safeName } from './file-names';

const title = fc.oneof(
  fc.string({ unit: 'binary', maxLength: 120 }),
  fc.string({ unit: 'grapheme', maxLength: 120 }),
  fc.constantFrom(
    'con',
    'NUL',
    'Com1.txt',
    '..',
    '.hidden',
    'a/b\\c',
    'a\u202egnp.exe',
    'דף',
    'x'.repeat(500),
    'ﬁ',
    'é',
    'é',
  ),
);

describe('a name made of a title', () => {
  it.each([
    ['The roof', 'The roof'],
    ['a/b\\c:d', 'a-b-c-d'],
    ['  .hidden.  ', 'hidden'],
    ['CON', '_CON'],
    ['com1.tar', '_com1.tar'],
    ['console', 'console'],
    ['invoice\u202efdp.exe', 'invoicefdp.exe'],
    ['דף הבית', 'דף הבית'],
    ['/', '-'],
    ['..', ''],
    ['é'.repeat(100), 'é'.repeat(40)],
  ])('%j is %j', (given, name) => expect(safeName(given)).toBe(name));

  it('is one that every system takes, and its own name again', () => {
    fc.assert(
      fc.property(title, (given) => {
        const name = safeName(given);
        expect(utf8(name).length).toBeLessThanOrEqual(80);
        // oxlint-disable-next-line no-control-regex
        expect(name).not.toMatch(/[<>:"/\\|?*\u0000-\u001f\u202a-\u202e]|^[. ]|[. ]$|^(con|nul|com\d)(\.|$)/i);
        expect(safeName(name)).toBe(name);
      }),
      { numRuns: 500 },
    );
  });
});

describe('the names in a folder', () => {
  it('differ on systems that take case and accents for the same, with every ending', () => {
    fc.assert(
      fc.property(fc.array(title, { minLength: 1, maxLength: 30 }), (titles) => {
        const names = new FolderNames();
        const taken = titles.flatMap((each) => {
          const name = names.take(each, ['', '.md', '.files'], 'Untitled');
          return [name, `${name}.md`, `${name}.files`];
        });
        const keys = taken.map((name) => name.normalize('NFC').toLowerCase());
        expect(new Set(keys).size).toBe(keys.length);
        for (const name of taken) expect(utf8(name).length).toBeLessThanOrEqual(90);
      }),
    );
  });

  it('of files keep their endings', () => {
    const names = new FolderNames();
    expect(
      ['plan.pdf', 'Plan.PDF', 'plan.tar.gz', '.env', 'noending', '???.png', ''].map((name) =>
        names.takeFile(name, 'File'),
      ),
    ).toEqual(['plan.pdf', 'Plan (2).PDF', 'plan.tar.gz', 'env', 'noending', '-.png', 'File']);
  });
});
