import { afterEach, describe, expect, it } from 'vitest';
import * as Y from 'yjs';
import { founder } from '../../test/kit/peers';
import { addComment } from '../commons/comments';
import { COMMONS_DOC, addPage, deletePage, discussionDoc, pageDoc, pageText } from '../commons/pages';
import { textToFragment } from '../commons/text/canonical';
import { STALE_DAYS } from '../network/certainty/model';
import type { Peer } from '../peer/peer';
import { PageWritings } from './page-writing';

const YEAR = STALE_DAYS * 86_400_000;
/** More than what stands together as one change. */
const HOUR = 3_600_000;
const MADE = 1_000 * HOUR;

const open: Peer[] = [];
afterEach(async () => {
  for (const peer of open.splice(0)) await peer.close();
});

async function begin(...pages: readonly string[]): Promise<{ peer: Peer; writings: PageWritings }> {
  const { peer } = await founder();
  open.push(peer);
  await change(peer, COMMONS_DOC, 'ann', MADE, (doc) => {
    for (const id of pages) addPage(doc, { id, title: id, parent: null, by: null, time: MADE });
  });
  return { peer, writings: new PageWritings(peer) };
}

async function change(peer: Peer, id: string, member: string, time: number, edit: (doc: Y.Doc) => void) {
  const doc = new Y.Doc();
  Y.applyUpdate(doc, await peer.docs.state(id));
  const before = Y.encodeStateVector(doc);
  edit(doc);
  await peer.docs.apply(id, { bytes: Y.encodeStateAsUpdate(doc, before), member, time }, null);
}
const write = (peer: Peer, page: string, time: number) =>
  change(peer, pageDoc(page), 'ann', time, (doc) => textToFragment(`At ${time}.`, pageText(doc)));
const talk = (peer: Peer, page: string, member: string, time: number) =>
  change(peer, discussionDoc(page), member, time, (doc) =>
    addComment(doc, { id: String(time), member, time, text: 'Why?' }),
  );

describe('when pages were written', () => {
  it('is told of those that are talked about, and of those that are old enough to be stale', async () => {
    const { peer, writings } = await begin('quiet', 'talked');
    await write(peer, 'quiet', MADE);
    await talk(peer, 'talked', 'bob', MADE + HOUR);
    const talked = { page: 'talked', text: [], talk: [{ member: 'bob', time: MADE + HOUR }] };
    expect(await writings.at(MADE + YEAR - 1)).toEqual([talked]);
    const quiet = { page: 'quiet', text: [{ member: 'ann', time: MADE }], talk: [] };
    expect(await writings.at(MADE + YEAR)).toEqual([quiet, talked]);
    await change(peer, COMMONS_DOC, 'ann', MADE + HOUR, (doc) => deletePage(doc, 'talked'));
    expect(await writings.at(MADE + YEAR)).toEqual([quiet]);
  });

  it('is the last change of the text, and what was said after it', async () => {
    const { peer, writings } = await begin('page');
    await talk(peer, 'page', 'bob', MADE + HOUR);
    await write(peer, 'page', MADE + 2 * HOUR);
    // By a clock that was behind: not the last one.
    await write(peer, 'page', MADE);
    await talk(peer, 'page', 'bob', MADE + 3 * HOUR);
    await talk(peer, 'page', 'ann', MADE + 4 * HOUR);
    expect(await writings.at(MADE)).toEqual([
      {
        page: 'page',
        text: [{ member: 'ann', time: MADE + 2 * HOUR }],
        talk: [
          { member: 'bob', time: MADE + 3 * HOUR },
          { member: 'ann', time: MADE + 4 * HOUR },
        ],
      },
    ]);
  });

  it('is read again after the page or its discussion was changed, and only then', async () => {
    const { peer, writings } = await begin('page', 'other');
    for (const page of ['page', 'other']) await write(peer, page, MADE);
    const [first, other] = await writings.at(MADE + YEAR);
    await write(peer, 'page', MADE + HOUR);
    const again = await writings.at(MADE + YEAR);
    expect(again[0]).toMatchObject({ page: 'page', text: [{ time: MADE + HOUR }] });
    expect(first).toMatchObject({ text: [{ time: MADE }] });
    expect(again[1]).toBe(other);
    await talk(peer, 'page', 'bob', MADE + 2 * HOUR);
    expect((await writings.at(MADE + YEAR))[0]).toMatchObject({ talk: [{ member: 'bob' }] });
  });
});
