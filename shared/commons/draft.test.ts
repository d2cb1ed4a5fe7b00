import { describe, expect, it } from 'vitest';
import * as Y from 'yjs';
import type { TextRef } from '../record/text';
import {
  type SeedVersion,
  addProtocol,
  draftProtocols,
  protocolText,
  removeProtocol,
  seedDraft,
  setParams,
  setTitle,
} from './draft';
import { canonicalText, textToFragment } from './text/canonical';

const ref = (char: string) => char.repeat(64) as TextRef;
const version: SeedVersion = {
  number: 1,
  protocols: [
    { id: 'purpose', kind: 'purpose', title: 'Purpose', text: ref('1'), params: {} },
    { id: 'house', kind: 'practice', title: 'House rules', text: ref('2'), params: {} },
  ],
};
const texts: Record<string, string> = {
  [ref('1')]: 'We **live** together.',
  [ref('2')]: '- Quiet after ten\n- Clean up',
};
const textOf = ({ text }: { text: TextRef }) => texts[text];
const merge = (...docs: Y.Doc[]) => {
  for (const from of docs) for (const to of docs) Y.applyUpdate(to, Y.encodeStateAsUpdate(from));
};
const seeded = (from = version) => {
  const doc = new Y.Doc();
  seedDraft(doc, from, textOf);
  return doc;
};
const text = (doc: Y.Doc, id: string) => canonicalText(protocolText(doc, id));

describe('the agreement’s draft', () => {
  it('starts from the version in force', () => {
    const doc = seeded();
    expect(draftProtocols(doc).map(({ id, kind, title }) => [id, kind, title])).toEqual([
      ['purpose', 'purpose', 'Purpose'],
      ['house', 'practice', 'House rules'],
    ]);
    expect(text(doc, 'purpose')).toBe(texts[ref('1')]);
    expect(text(doc, 'house')).toBe(texts[ref('2')]);
  });

  it('seeded by two peers while apart and edited by both, is one text with both edits', () => {
    const [one, two] = [seeded(), seeded()];
    expect(Y.encodeStateAsUpdate(one)).toEqual(Y.encodeStateAsUpdate(two));
    const line = (doc: Y.Doc) => (protocolText(doc, 'purpose').get(0) as Y.XmlElement).get(0) as Y.XmlText;
    line(one).insert(0, 'Anna: ');
    line(two).insert(line(two).length, ' Ben too.');
    merge(one, two);
    expect(text(one, 'purpose')).toBe('Anna: We **live** together. Ben too.');
    expect(text(two, 'purpose')).toBe(text(one, 'purpose'));
    expect(draftProtocols(one)).toHaveLength(2);
  });

  it('is not seeded again, and not after everything was removed from it', () => {
    const doc = seeded();
    for (const { id } of draftProtocols(doc)) removeProtocol(doc, id);
    seedDraft(doc, version, textOf);
    expect(draftProtocols(doc)).toEqual([]);
  });

  it('seeded from two versions at once, shows the older one’s text, on which edits may stand, and doubles nothing', () => {
    const later: SeedVersion = {
      number: 2,
      protocols: version.protocols.map((one) => ({ ...one, title: `${one.title} 2` })),
    };
    for (let run = 0; run < 20; run++) {
      const [old, fresh] = [seeded(), seeded(later)];
      textToFragment('Edited.', protocolText(old, 'purpose'));
      merge(old, fresh);
      expect(text(old, 'purpose')).toBe('Edited.');
      expect(text(fresh, 'purpose')).toBe('Edited.');
      expect(draftProtocols(fresh)[0]!.title).toBe('Purpose');
    }
  });

  it('is not seeded without a text', () => {
    const doc = new Y.Doc();
    expect(() => seedDraft(doc, version, () => null)).toThrow('draft-text-missing');
    expect(draftProtocols(doc)).toEqual([]);
  });

  it('takes new protocols, titles and parameters; a removed one that is added again starts empty', () => {
    const doc = seeded();
    addProtocol(doc, { id: 'spending', kind: 'spending', title: 'Spending', params: { unit: 'EUR', free: 100 } });
    textToFragment('Ask first.', protocolText(doc, 'spending'));
    setParams(doc, 'spending', { unit: 'EUR', free: null });
    setTitle(doc, 'spending', 'Money');
    expect(draftProtocols(doc).at(-1)).toMatchObject({
      id: 'spending',
      title: 'Money',
      params: { unit: 'EUR', free: null },
    });
    removeProtocol(doc, 'spending');
    addProtocol(doc, { id: 'spending', kind: 'spending', title: 'Spending', params: {} });
    expect(text(doc, 'spending')).toBe('');
    removeProtocol(doc, 'spending');
    addProtocol(doc, { id: 'spending', kind: 'spending', title: 'Spending', params: {} }, 'Keep the **receipt**.');
    expect(text(doc, 'spending')).toBe('Keep the **receipt**.');
    expect(() => addProtocol(doc, { id: 'No!', kind: 'practice', title: '', params: {} })).toThrow(
      'protocol-id-invalid',
    );
  });

  it('values of the wrong type do no harm', () => {
    const doc = seeded();
    const rows = doc.getMap('protocols');
    rows.set('x', 5);
    rows.set('y', new Y.Map<unknown>([['kind', 'unknown']]));
    rows.set(
      'z',
      new Y.Map<unknown>([
        ['kind', 'practice'],
        ['params', '{'],
        ['text', 'pages'],
      ]),
    );
    expect(draftProtocols(doc).map(({ id }) => id)).toEqual(['z', 'purpose', 'house']);
    expect(text(doc, 'z')).toBe('');
  });
});
