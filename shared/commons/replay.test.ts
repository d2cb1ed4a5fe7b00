import { expect, it } from 'vitest';
import * as Y from 'yjs';
import { replay } from './replay';
import type { StoredUpdate } from './ports';

const stored = (bytes: Uint8Array): StoredUpdate => ({ bytes, member: null, time: 0 });

it('makes of updates what they make one by one, of formatting that two made at once as well', () => {
  const [a, b] = [1, 2].map((client) => {
    const doc = new Y.Doc({ gc: false });
    doc.clientID = client;
    return doc;
  }) as [Y.Doc, Y.Doc];
  const words = (doc: Y.Doc): Y.XmlText => doc.getXmlFragment('text').get(0) as Y.XmlText;
  a.getXmlFragment('text').insert(0, [new Y.XmlText('quiet after ten')]);
  const start = Y.encodeStateAsUpdate(a);
  Y.applyUpdate(b, start);
  // Both make the same word bold: applied one by one, one of the marks has no meaning any more, and Yjs deletes it.
  for (const doc of [a, b]) words(doc).format(0, 5, { bold: true });
  const updates = [start, Y.encodeStateAsUpdate(a), Y.encodeStateAsUpdate(b)];
  const live = new Y.Doc({ gc: false });
  const kept: StoredUpdate[] = [];
  live.on('update', (bytes: Uint8Array) => kept.push(stored(bytes)));
  for (const bytes of updates) Y.applyUpdate(live, bytes);
  expect(kept.length).toBeGreaterThan(updates.length);
  const again = replay(kept, () => undefined);
  expect(Y.encodeStateAsUpdate(again)).toEqual(Y.encodeStateAsUpdate(live));
  expect(words(again).toDelta()).toEqual(words(live).toDelta());
});

it('tells what can not be read by its place, and begins where the document last began anew', () => {
  const words = (text: string): Uint8Array => {
    const doc = new Y.Doc();
    doc.getText('t').insert(0, text);
    return Y.encodeStateAsUpdate(doc);
  };
  const damaged: number[] = [];
  const updates = [
    words('before'),
    new Uint8Array([9]),
    { ...stored(words('now')), anew: true as const },
    new Uint8Array(),
  ];
  const doc = replay(
    updates.map((one) => (one instanceof Uint8Array ? stored(one) : one)),
    (index) => damaged.push(index),
  );
  expect(doc.getText('t').toJSON()).toBe('now');
  expect(damaged).toEqual([3]);
});
