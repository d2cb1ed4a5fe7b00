import { expect, it } from 'vitest';
import * as Y from 'yjs';
import { attach, attachments, detach } from './attachments';

const [ONE, TWO, ANA] = ['1a', '2b', 'aa'].map((byte) => byte.repeat(32)) as [string, string, string];
const plan = { file: ONE, name: 'Plan.pdf', size: 5_000, type: 'application/pdf', time: 7, by: ANA };

it('a document names files, the oldest first, until it does not', () => {
  const doc = new Y.Doc();
  attach(doc, plan);
  attach(doc, { ...plan, file: TWO, name: 'Garden.jpg', time: 3 });
  expect(attachments(doc).map(({ name }) => name)).toEqual(['Garden.jpg', 'Plan.pdf']);
  detach(doc, TWO);
  expect(attachments(doc)).toEqual([plan]);
});

it('of two who attach to a page at once neither is lost', () => {
  const [a, b] = [new Y.Doc(), new Y.Doc()];
  attach(a, plan);
  attach(b, { ...plan, file: TWO });
  Y.applyUpdate(a, Y.encodeStateAsUpdate(b));
  expect(attachments(a).map(({ file }) => file)).toEqual([ONE, TWO]);
});

it('what others wrote is bounded, and of its type', () => {
  const doc = new Y.Doc();
  const map = doc.getMap('files');
  map.set('no id', new Y.Map([['name', 'x']]));
  map.set(TWO, 'not a map');
  map.set(
    ONE,
    new Y.Map<unknown>([
      ['name', 'x'.repeat(1_000)],
      ['size', -1],
      ['type', 5],
      ['time', 1.5],
      ['by', 'somebody'],
    ]),
  );
  expect(attachments(doc)).toEqual([{ file: ONE, name: 'x'.repeat(200), size: 0, type: '', time: 0, by: null }]);
});
