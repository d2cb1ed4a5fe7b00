import { type PageContent, contentOf } from '../commons/beginning';
import { FolderNames } from '../commons/exchange/file-names';
import { type Place, layOut } from '../commons/exchange/layout';
import { filesIn, pageFile } from '../commons/exchange/page-file';
import { type HtmlWords, pageHtml } from '../commons/exchange/page-html';
import { MAX_ARCHIVE, ZipWriter } from '../commons/exchange/zip-write';
import { MAX_DOC_BYTES } from '../commons/limits';
import { COMMONS_DOC, type PageNode, allPages, pageDoc, pageTree } from '../commons/pages';
import { parseMarkdown } from '../commons/text/parse';
import { PeerholdError } from '../errors';
import { pictureType } from '../files/picture-types';
import type { Peer } from '../peer/peer';
import { toBase64 } from '../record/base64';
import { utf8 } from '../record/bytes';
import type { CopyWords } from './copy-words';
import { RecordCopies } from './record-copies';
import type { Steps } from './steps';

/** What is to be exported, and the words for what has none. */
export interface PageExportOrder {
  /** With all that is under it; null: all pages. */
  readonly page: string | null;
  /** `copies`: with all pages go copies of the record, in these words; null: without. */
  readonly words: { readonly untitled: string; readonly unnamed: string; readonly copies: CopyWords | null };
}

export interface ExportedPages {
  readonly pages: number;
  readonly files: number;
  readonly bytes: number;
  /** Files that pages name and that are not, or not whole, on this device: at most so many as are named. */
  readonly absent: readonly { readonly page: string; readonly file: string }[];
  /** Titles of pages that could not be read. */
  readonly unread: readonly string[];
}

/** Of what is missing so much is named. */
export const MOST_NAMED = 100;
/** Bytes of all pictures in one page as HTML. */
const MAX_PICTURES = 32 * 1024 * 1024;

/**
 * Puts pages into an archive of Markdown files in folders, with their files, which `put` is given piece by piece. Rejects with `page-unknown`,
 * `pages-too-large`, what `steps` or `put` do.
 */
export async function exportPages(
  peer: Peer,
  { page, words }: PageExportOrder,
  steps: Steps,
  now: number,
  put: (bytes: Uint8Array) => Promise<void>,
): Promise<ExportedPages> {
  const tree = await treeOf(peer, page);
  const places = layOut(tree, words.untitled);
  const pathOf = (id: string): string | undefined => places.get(id)?.path;
  const zip = new ZipWriter(now, put);
  const pages = [...withOrder(tree)];
  const copies =
    page === null && words.copies !== null
      ? new RecordCopies(
          peer,
          pages.map(({ page: one }) => one),
          { page: pathOf, file: () => undefined },
          words.copies,
        )
      : null;
  const total = pages.length + (copies?.most ?? 0);
  const absent: { page: string; file: string }[] = [];
  const unread: string[] = [];
  let [files, done] = [0, 0];
  for (const { page: one, order } of pages) {
    await steps.next(done++, total);
    const place = places.get(one.id)!;
    const content = await peer.docs.glance(pageDoc(one.id), MAX_DOC_BYTES, contentOf).catch(() => null);
    if (content === null) {
      unread.push(one.title);
      continue;
    }
    const named = nameFiles(content, place, words.unnamed);
    const here = new Map([...named].filter(([file]) => peer.files.held.has(file)));
    for (const [file, path] of here) {
      await steps.next(done, total);
      const bytes = await peer.files.held.read(file).catch(() => null);
      if (bytes === null) here.delete(file);
      else await zip.add(path, roomFor(bytes, zip), false);
    }
    for (const [file, path] of named)
      if (!here.has(file) && absent.length < MOST_NAMED)
        absent.push({ page: one.title, file: path.slice(place.files.length + 1) });
    files += here.size;
    const text = pageFile(one, content.markdown, order, place.path, {
      page: pathOf,
      file: (id) => here.get(id),
    });
    await zip.add(place.path, roomFor(utf8(text), zip), true);
  }
  for await (const copy of copies?.files() ?? []) {
    await steps.next(done++, total);
    if (copy !== null) await zip.add(copy.path, roomFor(utf8(copy.text), zip), true);
  }
  await zip.finish();
  return { pages: pages.length - unread.length, files, bytes: zip.bytes, absent, unread };
}

/** A page alone: as canonical Markdown, or as an HTML file that has its pictures in it as far as they are here. Rejects with `page-unknown`. */
export async function exportPage(peer: Peer, page: string, words: HtmlWords | null): Promise<string> {
  const index = await peer.docs.glance(COMMONS_DOC, MAX_DOC_BYTES, allPages);
  const content = await peer.docs.glance(pageDoc(page), MAX_DOC_BYTES, contentOf);
  const known = index?.get(page);
  if (known === undefined || content === null) throw new PeerholdError('page-unknown');
  if (words === null) return `${content.markdown}\n`;
  const pictures = new Map<string, string>();
  let room = MAX_PICTURES;
  for (const file of filesIn(content.markdown).keys()) {
    const held = peer.files.held.get(file);
    if (held === undefined || held.manifest.size > room) continue;
    const bytes = await peer.files.held.read(file).catch(() => null);
    const type = bytes === null ? null : pictureType(bytes);
    if (bytes === null || type === null) continue;
    room -= bytes.length;
    pictures.set(file, `data:${type};base64,${toBase64(bytes)}`);
  }
  return pageHtml(known.title, parseMarkdown(content.markdown), words, { picture: (file) => pictures.get(file) });
}

async function treeOf(peer: Peer, page: string | null): Promise<readonly PageNode[]> {
  const tree = (await peer.docs.glance(COMMONS_DOC, MAX_DOC_BYTES, pageTree)) ?? [];
  if (page === null) return tree;
  const found = find(tree, page);
  if (found === undefined) throw new PeerholdError('page-unknown');
  return [found];
}

function find(tree: readonly PageNode[], id: string): PageNode | undefined {
  for (const node of tree) {
    const found = node.id === id ? node : find(node.children, id);
    if (found !== undefined) return found;
  }
  return undefined;
}

function* withOrder(tree: readonly PageNode[]): Generator<{ readonly page: PageNode; readonly order: number }> {
  for (const [index, page] of tree.entries()) {
    yield { page, order: index + 1 };
    yield* withOrder(page.children);
  }
}

/** A path for each file that a page names, or shows in its text. */
function nameFiles(content: PageContent, place: Place, unnamed: string): ReadonlyMap<string, string> {
  const names = new FolderNames();
  const paths = new Map<string, string>();
  const attached = content.files.map(({ file, name }) => [file, name] as const);
  for (const [file, name] of [...attached, ...filesIn(content.markdown)])
    if (!paths.has(file)) paths.set(file, `${place.files}/${names.takeFile(name, unnamed)}`);
  return paths;
}

export function roomFor(bytes: Uint8Array, zip: ZipWriter): Uint8Array {
  if (zip.bytes + bytes.length > MAX_ARCHIVE)
    throw new PeerholdError('pages-too-large', { most: MAX_ARCHIVE / 1024 / 1024 });
  return bytes;
}
