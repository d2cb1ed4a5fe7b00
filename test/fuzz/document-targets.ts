import * as Y from 'yjs';
import { attach, attachments } from '../../shared/commons/attachments';
import { addProtocol, draftProtocols, protocolText } from '../../shared/commons/draft';
import { keepChange, keptChanges } from '../../shared/commons/draft-changes';
import { keepParagraph, keptParagraphs, paragraphsOf } from '../../shared/commons/draft-paragraphs';
import { linksIn } from '../../shared/commons/links/links';
import { type PageNode, addPage, addTag, allPages, pageText, pageTree } from '../../shared/commons/pages';
import { decodeSnapshot } from '../../shared/commons/replay';
import { countTags } from '../../shared/commons/tags';
import { textToFragment } from '../../shared/commons/text/canonical';
import { readNodes } from '../../shared/commons/text/fragment';
import { parseMarkdown } from '../../shared/commons/text/parse';
import { markdownOf } from '../../shared/commons/text/write';
import { isKnown } from '../../shared/commons/updates';
import { docOf } from './doc-of';
import type { Target } from './target';

const ID = 'ab'.repeat(32);
const IN_FORCE = 'After ten we keep it quiet.\n\n- One\n- Two';

/** A document as an update, made by one client whose number is always the same. */
function made(client: number, write: (doc: Y.Doc) => void): Uint8Array {
  const doc = new Y.Doc({ gc: false });
  doc.clientID = client;
  write(doc);
  return Y.encodeStateAsUpdate(doc);
}

const index = made(5, (doc) => {
  addPage(doc, { id: 'house', title: 'House', parent: null, time: 5, by: ID });
  addPage(doc, { id: 'roof', title: 'Roof', parent: 'house', time: 6, by: null });
  addTag(doc, 'roof', 'leaks');
  attach(doc, { file: ID, name: 'plan.png', size: 9, type: 'image/png', time: 7, by: ID });
});
const draft = made(6, (doc) => {
  addProtocol(
    doc,
    { id: 'quiet', kind: 'practice', title: 'Quiet', params: { hours: [22, 7] } },
    'After eleven we keep it quiet.\n\n- One',
  );
  keepChange(doc, { protocol: 'quiet', member: ID }, true);
  const [{ mark } = { mark: null }] = paragraphsOf(protocolText(doc, 'quiet'), IN_FORCE);
  if (mark !== null) keepParagraph(doc, { protocol: 'quiet', member: ID, mark }, true, [mark]);
});
const richText = made(7, (doc) =>
  textToFragment(
    [
      '# Roof',
      `**It** *leaks*: see [the page](peerhold:page/house) and ![plan](peerhold:file/${ID})`,
      '- [x] call\n- [ ] mend\n  1. soon',
      '| a | b |\n| --- | --- |\n| c | `d` |',
      '> [!NOTE]\n> Mind the step.',
      '```js\nx\n```',
    ].join('\n\n'),
    pageText(doc),
  ),
);
const rich = new Y.Doc({ gc: false });
Y.applyUpdate(rich, richText);

const count = (nodes: readonly PageNode[]): number => nodes.reduce((sum, { children }) => sum + 1 + count(children), 0);

/** Whatever stands in a text, its canonical form is read as what it is. */
function canonical(fragment: Y.XmlFragment): void {
  const nodes = readNodes(fragment);
  linksIn(nodes);
  const markdown = markdownOf(nodes);
  const again = markdownOf(parseMarkdown(markdown));
  if (again !== markdown) throw new Error(`not canonical: ${JSON.stringify([markdown, again])}`);
}

/** Readers of documents, in which every member can write anything that Yjs takes. */
export const DOCUMENT_TARGETS: readonly Target[] = [
  {
    name: 'index of the commons',
    samples: [index],
    read(bytes) {
      const doc = docOf(bytes);
      const pages = [...allPages(doc).values()];
      if (count(pageTree(doc)) !== pages.filter(({ deleted }) => !deleted).length)
        throw new Error('pages lost in the tree');
      countTags(pages);
      attachments(doc);
      return true;
    },
  },
  {
    name: 'draft of the agreement',
    samples: [draft],
    read(bytes) {
      const doc = docOf(bytes);
      keptChanges(doc);
      keptParagraphs(doc);
      for (const { id } of draftProtocols(doc)) {
        paragraphsOf(protocolText(doc, id), IN_FORCE);
        canonical(protocolText(doc, id));
      }
      return true;
    },
  },
  {
    name: 'texts of pages',
    samples: [richText],
    read(bytes) {
      canonical(pageText(docOf(bytes)));
      return true;
    },
  },
  {
    name: 'snapshots of documents',
    samples: [Y.encodeSnapshot(Y.snapshot(rich)), new Uint8Array()],
    read(bytes) {
      isKnown(decodeSnapshot(bytes), richText);
      return true;
    },
  },
];
