import { type Attachment, MAX_FILE_NAME } from '../commons/attachments';
import { fill } from '../commons/beginning';
import { rewriteReferences } from '../commons/exchange/references';
import { type ChosenFile, type ImportSource, importSources } from '../commons/exchange/import-sources';
import { type ImportPage, type LeftOut, pictureKey, plainPath, readImport } from '../commons/exchange/read-import';
import { MAX_DOCS, MAX_DOC_BYTES } from '../commons/limits';
import { COMMONS_DOC, MAX_PAGES, addPages, allPages, pageDoc } from '../commons/pages';
import { sourceOf } from '../bundle/source';
import { PeerholdError, errorCode } from '../errors';
import { MAX_FILE_BYTES } from '../files/limits';
import { pictureType } from '../files/picture-types';
import type { Peer } from '../peer/peer';
import { toHex, utf8 } from '../record/bytes';
import { hashUnder } from '../record/hash';
import type { Random } from '../sync/clock';
import { writeDoc } from './new-pages';
import type { Steps } from './steps';

/** What would be made, and what is left out. */
export interface ImportPreview {
  /** In the order of the tree. */
  readonly pages: readonly {
    readonly title: string;
    /** From 1. */
    readonly level: number;
    readonly path: string;
    readonly files: number;
  }[];
  readonly files: number;
  readonly left: readonly LeftOut[];
}

export interface ImportOrder {
  readonly files: readonly ChosenFile[];
  /** Under which page; null: on the first level. */
  readonly parent: string | null;
}

export interface ImportedPages {
  readonly pages: number;
  readonly files: number;
  readonly left: readonly LeftOut[];
  /** The first of them; null where there is none. */
  readonly first: string | null;
}

const NO_FILE = '0'.repeat(64);

/** Reads the pages of what was chosen and makes nothing. Rejects as `importSources`, and with what `steps` does. */
export async function previewImport(chosen: readonly ChosenFile[], steps: Steps): Promise<ImportPreview> {
  const sources = await importSources(chosen);
  const names = { page: (place: number) => `p${place}`, file: () => NO_FILE };
  const { pages, left } = await readImport(sources, names, (done, total) => steps.next(done, total));
  const levels = new Map<ImportPage, number>();
  const shown = inOrder(pages).map((page) => {
    const level = page.parent === null ? 1 : levels.get(pages[page.parent]!)! + 1;
    levels.set(page, level);
    return { title: page.title, path: page.path, level, files: page.files.length + page.pictures.length };
  });
  return { pages: shown, files: shown.reduce((sum, { files }) => sum + files, 0), left };
}

/**
 * Makes pages of what was chosen. The index of the commons comes last and in one change: until then nobody sees any of it, whatever fails. Rejects
 * with `no-member`, `import-too-many`, as `previewImport`, or with what the disk does.
 */
export async function importPages(
  peer: Peer,
  { files: chosen, parent }: ImportOrder,
  { now, random }: { readonly now: number; readonly random: Random },
  steps: Steps,
): Promise<ImportedPages> {
  const { me } = peer;
  if (me === null) throw new PeerholdError('no-member');
  const sources = await importSources(chosen);
  const ids: string[] = [];
  const names = { page: (place: number) => (ids[place] ??= toHex(random(12))), file: placeholder };
  const { pages, left } = await readImport(sources, names, (done, total) => steps.next(done, 3 * total));
  await checkRoom(peer, pages);
  const keeper = new FileKeeper(peer, sources);
  for (const [place, page] of pages.entries()) {
    await keeper.keep(page, () => steps.next(pages.length + place, 3 * pages.length));
  }
  for (const [place, page] of pages.entries()) {
    await steps.next(2 * pages.length + place, 3 * pages.length);
    if (isBlank(page)) continue;
    const content = { markdown: keeper.named(page), files: keeper.attachments(page, now, me.member) };
    await writeDoc(peer, now, pageDoc(page.id), (doc) => fill(doc, content));
  }
  const added = inOrder(pages).map(({ id, title, parent: above, tags, template }) => ({
    ...{ id, title, tags, template, by: me.member, time: now },
    parent: above === null ? parent : pages[above]!.id,
  }));
  await writeDoc(peer, now, COMMONS_DOC, (doc) => addPages(doc, added));
  return { pages: pages.length, files: keeper.count, left: [...left, ...keeper.left], first: added[0]?.id ?? null };
}

const isBlank = ({ markdown, files, pictures }: ImportPage): boolean =>
  markdown === '' && files.length + pictures.length === 0;

async function checkRoom({ docs }: Peer, pages: readonly ImportPage[]): Promise<void> {
  const known = (await docs.glance(COMMONS_DOC, MAX_DOC_BYTES, allPages))?.size ?? 0;
  const room = Math.max(0, Math.min(MAX_PAGES - known, MAX_DOCS - docs.ids().length));
  if (pages.length > room) throw new PeerholdError('import-too-many', { most: room });
}

/** Each after the one that it is under, siblings by the order that they say, else as they came. */
function inOrder(pages: readonly ImportPage[]): readonly ImportPage[] {
  const under = new Map<number | null, number[]>();
  for (const [place, { parent }] of pages.entries()) {
    const siblings = under.get(parent);
    if (siblings === undefined) under.set(parent, [place]);
    else siblings.push(place);
  }
  const order = (place: number): number => Math.min(pages[place]!.order, Number.MAX_SAFE_INTEGER);
  const ordered: ImportPage[] = [];
  const add = (parent: number | null): void => {
    for (const place of (under.get(parent) ?? []).sort((a, b) => order(a) - order(b) || a - b)) {
      ordered.push(pages[place]!);
      add(place);
    }
  };
  add(null);
  return ordered;
}

const hash = hashUnder('peerhold/import/1\0');
/** Stands in a text for the id of a file until it is known. */
const placeholder = (path: string): string => toHex(hash(utf8(path)));

/** Takes the files of an import into the network, each once. */
class FileKeeper {
  readonly left: LeftOut[] = [];
  readonly #peer: Peer;
  readonly #sources: ReadonlyMap<string, ImportSource>;
  /** By the path or the key of a picture. */
  readonly #kept = new Map<string, Omit<Attachment, 'time' | 'by'> | null>();

  constructor(peer: Peer, sources: readonly ImportSource[]) {
    this.#peer = peer;
    this.#sources = new Map(sources.map((source) => [plainPath(source.path), source]));
  }

  get count(): number {
    return [...this.#kept.values()].filter((kept) => kept !== null).length;
  }

  /** `step` is called before each file. Rejects with what it does, or with why nothing can be stored. */
  async keep({ path, files, pictures }: ImportPage, step: () => Promise<void>): Promise<void> {
    await step();
    for (const [index, { name, bytes }] of pictures.entries()) await this.#add(pictureKey(path, index), name, bytes);
    for (const file of files) {
      if (this.#kept.has(file)) continue;
      await step();
      const bytes = await this.#read(file);
      if (bytes === null) this.#kept.set(file, null);
      else await this.#add(file, file.slice(file.lastIndexOf('/') + 1), bytes);
    }
  }

  /** The page's text with the files that were kept; of what could not be read there is the name alone. */
  named({ path, markdown, files, pictures }: ImportPage): string {
    const ids = new Map(
      [...files, ...pictures.map((_, index) => pictureKey(path, index))].map((key) => [
        `peerhold:file/${placeholder(key)}`,
        this.#kept.get(key)?.file,
      ]),
    );
    return rewriteReferences(markdown, ({ image, label, address }) => {
      if (!ids.has(address)) return null;
      const file = ids.get(address);
      return file === undefined ? label : `${image ? '!' : ''}[${label}](peerhold:file/${file})`;
    });
  }

  attachments({ path, files, pictures }: ImportPage, time: number, by: string): readonly Attachment[] {
    return [...files, ...pictures.map((_, index) => pictureKey(path, index))].flatMap((key) => {
      const kept = this.#kept.get(key);
      return kept === undefined || kept === null ? [] : [{ ...kept, time, by }];
    });
  }

  async #read(path: string): Promise<Uint8Array | null> {
    try {
      return await this.#sources.get(path)!.read(MAX_FILE_BYTES);
    } catch (error) {
      this.left.push({ path, code: errorCode(error) });
      return null;
    }
  }

  async #add(key: string, name: string, bytes: Uint8Array): Promise<void> {
    const { id, size } = await this.#peer.files.held.add(sourceOf(bytes));
    this.#kept.set(key, { file: id, size, name: name.slice(0, MAX_FILE_NAME), type: typeOf(bytes) });
  }
}

const typeOf = (bytes: Uint8Array): string =>
  pictureType(bytes) ?? (toHex(bytes.subarray(0, 5)) === '255044462d' ? 'application/pdf' : '');
