import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import * as Y from 'yjs';
import { addPage, addTag, allPages, pageIn, removeTag } from './pages';
import { MAX_TAG, MAX_TAGS, countTags, tagField, tagKey, tagText } from './tags';

const begun = () => {
  const doc = new Y.Doc();
  addPage(doc, { id: 'p', title: 'P', parent: null, by: null, time: 1 });
  return doc;
};
const copy = (doc: Y.Doc) => {
  const other = new Y.Doc();
  Y.applyUpdate(other, Y.encodeStateAsUpdate(doc));
  return other;
};
const merge = (one: Y.Doc, two: Y.Doc) => {
  Y.applyUpdate(one, Y.encodeStateAsUpdate(two));
  Y.applyUpdate(two, Y.encodeStateAsUpdate(one));
};
const tags = (doc: Y.Doc) => pageIn(doc, 'p')!.tags;

describe('a tag', () => {
  it('has one form, which is its own form again, bounded and on one line', () => {
    expect(tagText('  #Winter,\nwork ')).toBe('Winter work');
    expect([tagText(7), tagText('#, '), tagText('\u202eabc')]).toEqual(['', '', 'abc']);
    fc.assert(
      fc.property(fc.oneof(fc.string({ unit: 'binary', maxLength: 200 }), fc.string({ maxLength: 60 })), (typed) => {
        const tag = tagText(typed);
        expect(tagText(tag)).toBe(tag);
        expect(Array.from(tag).length).toBeLessThanOrEqual(MAX_TAG);
        expect(tag).not.toMatch(/[\n#,]|^ | $/);
      }),
    );
  });

  it('is put on a page and taken off, whatever its case', () => {
    const doc = begun();
    addTag(doc, 'p', 'Winter work');
    addTag(doc, 'p', 'winter WORK');
    addTag(doc, 'p', 'garden');
    addTag(doc, 'none', 'garden');
    expect(tags(doc)).toEqual(['garden', 'Winter work']);
    removeTag(doc, 'p', 'WINTER work');
    removeTag(doc, 'p', 'nothing');
    expect(tags(doc)).toEqual(['garden']);
  });

  it('that two members add at the same time is kept beside the other’s', () => {
    const tag = fc.constantFrom('roof', 'Roof', 'garden', 'Haus', 'money', 'ä');
    fc.assert(
      fc.property(fc.array(tag), fc.array(tag), fc.array(tag), (before, mine, theirs) => {
        const one = begun();
        for (const each of before) addTag(one, 'p', each);
        const two = copy(one);
        for (const each of mine) addTag(one, 'p', each);
        for (const each of theirs) addTag(two, 'p', each);
        merge(one, two);
        expect(tags(one)).toEqual(tags(two));
        expect(tags(one).map(tagKey)).toEqual([...new Set([...before, ...mine, ...theirs].map(tagKey))].sort());
      }),
    );
  });

  it('of a page are read in bounds and in their form, whatever another writer put there', () => {
    const doc = begun();
    const row = doc.getMap<Y.Map<unknown>>('pages').get('p')!;
    row.set('tag:x', 7);
    row.set('tag:y', 'z');
    row.set('tag:', '');
    row.set('tag:#a', '#a');
    row.set('tag:b ', 'b ');
    row.set('tag:long', 'l'.repeat(1_000));
    expect(tags(doc)).toEqual([]);
    for (let at = 0; at < 2 * MAX_TAGS; at++) row.set(tagField(`t${at}`), `t${at}`);
    expect(tags(doc)).toHaveLength(MAX_TAGS);
    addTag(doc, 'p', 'one more');
    expect(tags(doc)).not.toContain('one more');
  });

  it('is counted over pages, written as most write it', () => {
    const doc = begun();
    for (const id of ['q', 'r']) addPage(doc, { id, title: id, parent: null, by: null, time: 1 });
    addTag(doc, 'p', 'roof');
    addTag(doc, 'q', 'Roof');
    addTag(doc, 'r', 'Roof');
    addTag(doc, 'r', 'attic');
    expect(countTags(allPages(doc).values())).toEqual([
      { tag: 'attic', pages: 1 },
      { tag: 'Roof', pages: 3 },
    ]);
  });
});
