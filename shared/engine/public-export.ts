import { FolderNames } from '../commons/exchange/file-names';
import { addressFrom } from '../commons/exchange/layout';
import { filesIn } from '../commons/exchange/page-file';
import { type HtmlWords, listHtml, pageHtml } from '../commons/exchange/page-html';
import { ZipWriter } from '../commons/exchange/zip-write';
import { parseMarkdown } from '../commons/text/parse';
import { pictureType } from '../files/picture-types';
import { PeerholdError } from '../errors';
import type { Publication } from '../network/publication/model';
import { publicPages } from '../network/publication/queries';
import type { Peer } from '../peer/peer';
import { utf8 } from '../record/bytes';
import { type ExportedPages, MOST_NAMED, roomFor } from './page-export';
import type { Steps } from './steps';

/** Words for a folder of what is public. */
export interface PublicExportWords extends HtmlWords {
  /** Above the list of the pages. */
  readonly heading: string;
  readonly untitled: string;
  readonly unnamed: string;
}

const INDEX = 'index';
const FILES = 'files';
const ENDING = '.html';

/**
 * Puts all that is public into an archive: a page each as HTML with the text that was made public, whatever the page says by now, the files
 * that those texts name, and a list. Any web server can show it as it is. Of pages that are not public nothing is in it but what the texts
 * themselves say of them. Rejects with `nothing-public`, `pages-too-large`, what `steps` or `put` do.
 */
export async function exportPublic(
  peer: Peer,
  words: PublicExportWords,
  steps: Steps,
  now: number,
  put: (bytes: Uint8Array) => Promise<void>,
): Promise<ExportedPages> {
  const rows = publicPages(peer.state);
  if (rows.length === 0) throw new PeerholdError('nothing-public');
  const unread = rows.filter((row) => textsOf(peer, row) === null).map(({ title }) => peer.replica.text(title) ?? '');
  const pages = rows.flatMap((row) => textsOf(peer, row) ?? []);
  const places = placesOf(pages, words.untitled);
  const zip = new ZipWriter(now, put);
  const names = new FolderNames();
  const files = new Map<string, string>();
  const absent: { page: string; file: string }[] = [];
  let done = 0;
  for (const { id, title, markdown } of pages) {
    await steps.next(done++, pages.length);
    for (const [file, name] of filesIn(markdown)) {
      if (files.has(file)) continue;
      const bytes = peer.files.held.has(file) ? await peer.files.held.read(file).catch(() => null) : null;
      if (bytes === null) {
        if (absent.length < MOST_NAMED) absent.push({ page: title, file: name });
        continue;
      }
      const path = `${FILES}/${names.takeFile(withEnding(name, bytes), words.unnamed)}`;
      files.set(file, path);
      await zip.add(path, roomFor(bytes, zip), false);
      await steps.next(done, pages.length);
    }
    const path = places.get(id)!;
    const to = (other: string | undefined) => (other === undefined ? undefined : addressFrom(path, other));
    const ways = {
      picture: (file: string) => to(files.get(file)),
      file: (file: string) => to(files.get(file)),
      page: (page: string) => to(places.get(page)),
      back: { address: INDEX + ENDING, label: words.heading },
    };
    const html = pageHtml(title === '' ? words.untitled : title, parseMarkdown(markdown), words, ways);
    await zip.add(path, roomFor(utf8(html), zip), true);
  }
  const list = pages.map(({ id, title }) => ({
    address: addressFrom(INDEX + ENDING, places.get(id)!),
    title: title === '' ? words.untitled : title,
  }));
  await zip.add(INDEX + ENDING, roomFor(utf8(listHtml(words.heading, list, words)), zip), true);
  await zip.finish();
  return { pages: pages.length, files: files.size, bytes: zip.bytes, absent, unread };
}

/** Servers go by it, and a picture is called by what it shows. */
function withEnding(name: string, bytes: Uint8Array): string {
  const type = pictureType(bytes);
  return type === null || /\.[A-Za-z0-9]{1,15}$/.test(name) ? name : `${name}.${type.slice('image/'.length)}`;
}

interface PublicPage {
  readonly id: string;
  readonly title: string;
  readonly markdown: string;
}

/** Null: a text of it was erased, or has not arrived. */
function textsOf(peer: Peer, { page: id, title, text }: Publication): PublicPage | null {
  const [name, markdown] = [peer.replica.text(title), peer.replica.text(text)];
  return name === null || markdown === null ? null : { id, title: name, markdown };
}

/** All beside one another: above which other one a page stands in the commons is for members. */
function placesOf(pages: readonly PublicPage[], untitled: string): ReadonlyMap<string, string> {
  const names = new FolderNames();
  for (const taken of [INDEX, FILES]) names.take(taken, ['', ENDING], taken);
  return new Map(pages.map(({ id, title }) => [id, names.take(title, ['', ENDING], untitled) + ENDING]));
}
