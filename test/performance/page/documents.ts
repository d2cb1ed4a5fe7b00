import * as Y from 'yjs';
import type { StoredUpdate } from '../../../shared/commons/ports';

const DOC_BYTES = 40_000;
const UPDATES = 20;
const WORDS = [
  'the',
  'house',
  'we',
  'garden',
  'agree',
  'roof',
  'kitchen',
  'shared',
  'money',
  'of',
  'and',
  'to',
  'winter',
];
const HOUR = 3_600_000;

/** A commons of pages of some 40 KB, each written in twenty sittings of two hours apart: `bytes` altogether, the same every time. */
export function writtenDocs(bytes: number): { doc: string; updates: StoredUpdate[] }[] {
  let state = 1;
  const word = (): string => {
    state = (Math.imul(state, 1_103_515_245) + 12_345) >>> 0;
    return WORDS[(state >>> 16) % WORDS.length]!;
  };
  return Array.from({ length: Math.max(1, Math.round(bytes / DOC_BYTES)) }, (_, page) => {
    const doc = new Y.Doc();
    doc.clientID = page + 1;
    const updates: StoredUpdate[] = [];
    doc.on('update', (update: Uint8Array) => {
      updates.push({ bytes: update, member: null, time: updates.length * 2 * HOUR });
    });
    const content = doc.getXmlFragment('content');
    for (let sitting = 0; sitting < UPDATES; sitting++) {
      let words = '';
      while (words.length < DOC_BYTES / UPDATES) words += `${word()} `;
      const paragraph = new Y.XmlElement('paragraph');
      paragraph.insert(0, [new Y.XmlText(words)]);
      content.insert(content.length, [paragraph]);
    }
    doc.destroy();
    return { doc: `page:${page.toString(16)}`, updates };
  });
}
