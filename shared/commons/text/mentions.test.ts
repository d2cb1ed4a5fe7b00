import { expect, it } from 'vitest';
import * as Y from 'yjs';
import { textToFragment } from './canonical';
import { mentionsIn } from './mentions';
import { parseMarkdown } from './parse';

const MEMBER = '1'.repeat(64);
const TEXT = [
  `# [@Anna](peerhold:member/${MEMBER})`,
  '> [!NOTE]\n> See [@Rules](peerhold:protocol/house-rules)',
  '- [ ] [@Page](peerhold:page/00aa)\n- [ ] twice: [@Anna again](peerhold:member/' + MEMBER + ')',
  `| [@Decided](peerhold:decision/${MEMBER}) |\n| --- |\n| [@Shed](peerhold:resource/${MEMBER}) |`,
  `1. [@Paid](peerhold:entry/${MEMBER})`,
  '`[@Code](peerhold:page/bb)` and [@Nobody](peerhold:nobody/1)',
].join('\n\n');

it('finds everything that a text mentions, once, wherever it stands', () => {
  const fragment = new Y.Doc().getXmlFragment('text');
  textToFragment(TEXT, fragment);
  const found = mentionsIn(fragment);
  expect(found.map(({ kind, label }) => [kind, label])).toEqual([
    ['member', 'Anna'],
    ['protocol', 'Rules'],
    ['page', 'Page'],
    ['decision', 'Decided'],
    ['resource', 'Shed'],
    ['entry', 'Paid'],
  ]);
  expect(mentionsIn(parseMarkdown(TEXT))).toEqual(found);
});
