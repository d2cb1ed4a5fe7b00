import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { planImport } from './import-plan';

function shown(...paths: readonly string[]) {
  const { pages, files, left } = planImport(paths);
  const nameOf = (place: number | null) => (place === null ? '' : pages[place]!.title);
  return {
    pages: pages.map(({ title, parent, kind }) => `${nameOf(parent)}/${title} ${kind}`),
    files: files.map(({ path, page }) => `${path} of ${nameOf(page)}`),
    left: left.map(({ path, code }) => `${path} ${code}`),
  };
}

describe('the plan of an import', () => {
  it('makes a tree of pages of folders, with the files beside', () => {
    expect(
      shown(
        'House.md',
        'House/Roof.md',
        'House/Roof.files/plan.pdf',
        'House/note.txt',
        'Garden/Trees.html',
        'Garden/pics/a.png',
      ),
    ).toEqual({
      pages: ['/House markdown', '/Garden folder', 'Garden/Trees html', 'House/Roof markdown'],
      files: ['Garden/pics/a.png of Garden', 'House/note.txt of House', 'House/Roof.files/plan.pdf of Roof'],
      left: [],
    });
  });

  it('takes a folder’s own text for the folder, and a folder around all for none', () => {
    expect(shown('notes/a/index.md', 'notes/a/x.md', 'notes/b/README.md', 'notes/b.md', 'notes/c.txt')).toEqual({
      pages: ['/b markdown', '/a markdown', 'a/x markdown', 'b/README markdown'],
      files: ['notes/c.txt of '],
      left: [],
    });
  });

  it('leaves out what systems leave behind, what leads elsewhere, and what is there twice', () => {
    expect(
      shown('a.md', './a.md', '../b.md', 'x/../c.md', '.git/d.md', '__MACOSX/e.md', 'f/Thumbs.db', 'g\\h.md'),
    ).toEqual({
      pages: ['/a markdown', '/g folder', 'g/h markdown'],
      files: [],
      left: ['./a.md import-twice', '../b.md import-path', 'x/../c.md import-path'],
    });
  });

  it('keeps its bounds', () => {
    const { pages, left } = planImport(Array.from({ length: 2_100 }, (_, at) => `p${at}.md`));
    expect([pages.length, left.length, left[0]!.code]).toEqual([2_000, 100, 'import-too-many-pages']);
    expect(planImport([`${'a/'.repeat(100)}b.md`, `${'x'.repeat(5_000)}.md`]).left.map(({ code }) => code)).toEqual([
      'import-path',
      'import-path',
    ]);
  });

  it('of any paths has every page after the one that it is under', () => {
    const part = fc.constantFrom('a', 'b', 'index.md', 'a.md', 'b.html', 'a.files', 'x.png', '..', '.', 'a_files');
    const path = fc.array(part, { minLength: 1, maxLength: 5 }).map((parts) => parts.join('/'));
    fc.assert(
      fc.property(fc.array(path, { maxLength: 20 }), (paths) => {
        const { pages, files, left } = planImport(paths);
        for (const [place, { parent }] of pages.entries()) expect(parent === null || parent < place).toBe(true);
        const keys = pages.map(({ path: at, kind }) => `${kind} ${at}`);
        expect(new Set(keys).size).toBe(keys.length);
        expect(files.length + left.length + pages.length).toBeGreaterThanOrEqual(0);
      }),
      { numRuns: 300 },
    );
  });
});
