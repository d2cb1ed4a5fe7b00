import * as Y from 'yjs';
import { addComment, wholeComments } from '../../shared/commons/comments';
import { pageText } from '../../shared/commons/pages';
import { anchorOf, locate } from '../../shared/commons/passages/anchor';
import { FlatText } from '../../shared/commons/passages/flat-text';
import { addPassage, passageThreads, resolvePassage } from '../../shared/commons/passages/threads';
import { textToFragment } from '../../shared/commons/text/canonical';
import { nameVersion, namedVersions, stateOf, textInState } from '../../shared/commons/versions';
import { docOf } from './doc-of';
import type { Target } from './target';

const page = new Y.Doc({ gc: false });
page.clientID = 5;
textToFragment('After ten we keep it quiet.\n\n- One\n- Two', pageText(page));
const text = new FlatText(pageText(page));

function discussion(): Uint8Array {
  const doc = new Y.Doc();
  doc.clientID = 6;
  addPassage(doc, 'p', anchorOf(text, { from: 1, to: 10 })!);
  addComment(doc, { id: 'c', member: null, time: 5, text: 'Why?', passage: 'p' });
  addComment(doc, { id: 'd', member: 'ab'.repeat(32), time: 6, text: 'All of it.' });
  resolvePassage(doc, 'p', { member: null, time: 7 });
  nameVersion(doc, { id: 'v', name: 'May', member: null, time: 8, state: stateOf(page) });
  return Y.encodeStateAsUpdate(doc);
}

/** What stands beside a text: whatever a document holds in its place, it is read as something well formed or left out. */
export const DISCUSSION: Target = {
  name: 'discussions',
  samples: [discussion()],
  read(bytes) {
    const doc = docOf(bytes);
    wholeComments(doc);
    for (const { anchor } of passageThreads(doc)) locate(page, text, anchor);
    for (const { state } of namedVersions(doc)) textInState(page, state, pageText);
    return true;
  },
};
