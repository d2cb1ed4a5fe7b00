import { PeerholdError, errorCode } from '../../errors';
import { MAX_FILE_BYTES } from '../../files/limits';
import { MAX_TITLE } from '../pages';
import { decodeText } from './decode-text';
import { type Plan, type PlannedPage, planImport } from './import-plan';
import type { ImportSource } from './import-sources';
import { type InlinePicture, inlineAddress, liftPictures } from './inline-pictures';
import { pathAt } from './layout';
import { readHtmlPage } from './read-html';
import { type ReadPage, type Target, readMarkdownPage } from './read-markdown';

/** Bytes of one page’s file: its pictures may be in it. */
const MAX_PAGE_BYTES = 32 * 1024 * 1024;
/** Characters of a page's text. */
const MAX_TEXT = 2 * 1024 * 1024;

export interface LeftOut {
  readonly path: string;
  /** Of the errors: why. */
  readonly code: string;
}

/** A page as it is to be made. */
export interface ImportPage {
  readonly id: string;
  readonly title: string;
  /** Place in the list of the page that it is under, always one before it; null: the first level. */
  readonly parent: number | null;
  readonly order: number;
  readonly tags: readonly string[];
  readonly template: boolean;
  /** Canonical. */
  readonly markdown: string;
  /** Files by the paths of what is imported, and pictures that were inside. */
  readonly files: readonly string[];
  readonly pictures: readonly InlinePicture[];
  /** Of the file or folder that it was made of. */
  readonly path: string;
}

export interface Import {
  readonly pages: readonly ImportPage[];
  readonly left: readonly LeftOut[];
}

/** How a text names what is not made yet. */
export interface Names {
  /** Id of a page by its place among those that are planned. */
  readonly page: (place: number) => string;
  /** Id of a file by its path, or of a picture by its key. */
  readonly file: (path: string) => string;
}

/** Names a picture inside a page, beside the paths of files, of which none has a zero in it. */
export const pictureKey = (page: string, index: number): string => `${page}\0${index}`;

/**
 * Reads what was chosen as pages in a tree. What can not be read is left out, with the reason, and what is under it moves up. Rejects with what
 * `step` does, which is called before each page.
 */
export async function readImport(
  sources: readonly ImportSource[],
  names: Names,
  step: (done: number, total: number) => Promise<void>,
): Promise<Import> {
  const plan = planImport(sources.map(({ path }) => path));
  const reader = new ImportReader(sources, plan, names);
  const pages: (ImportPage | null)[] = [];
  for (const [place, planned] of plan.pages.entries()) {
    await step(place, plan.pages.length);
    pages.push(await reader.page(planned, names.page(place)));
  }
  return { pages: withOthers(pages, plan, reader), left: [...plan.left, ...reader.left] };
}

class ImportReader {
  readonly left: LeftOut[] = [];
  /** Paths of files that a page names. */
  readonly used = new Set<string>();
  readonly #sources = new Map<string, ImportSource>();
  readonly #pages = new Map<string, number>();
  readonly #files: ReadonlySet<string>;
  readonly #names: Names;

  constructor(sources: readonly ImportSource[], plan: Plan, names: Names) {
    this.#names = names;
    for (const source of sources) this.#sources.set(plainPath(source.path), source);
    for (const [place, { kind, path }] of plan.pages.entries()) if (kind !== 'folder') this.#pages.set(path, place);
    this.#files = new Set(plan.files.map(({ path }) => path));
  }

  /** Null where it can not be read. */
  async page(planned: PlannedPage, id: string): Promise<ImportPage | null> {
    const { kind, path, title, parent } = planned;
    const rest = {
      id,
      parent,
      path,
      order: Infinity,
      tags: [],
      template: false,
      markdown: '',
      files: [],
      pictures: [],
    };
    if (kind === 'folder') return { ...rest, title };
    try {
      const { text, pictures } = liftPictures(decodeText(await this.#sources.get(path)!.read(MAX_PAGE_BYTES)));
      if (text.length > MAX_TEXT) throw new PeerholdError('import-text-too-long');
      const files = new Set<string>();
      const resolve = (address: string): Target | undefined => this.#resolve(address, path, pictures, files);
      const read: ReadPage = kind === 'html' ? readHtmlPage(text, resolve) : readMarkdownPage(text, resolve);
      for (const file of files) this.used.add(file);
      return {
        ...rest,
        title: (read.title ?? title).slice(0, MAX_TITLE),
        order: read.order ?? Infinity,
        tags: read.tags ?? [],
        template: read.template ?? false,
        markdown: read.markdown,
        files: [...files],
        pictures,
      };
    } catch (error) {
      this.left.push({ path, code: errorCode(error) });
      return null;
    }
  }

  /** Whether a file can be taken at all. */
  fits(path: string): boolean {
    return (this.#sources.get(path)?.size ?? Infinity) <= MAX_FILE_BYTES;
  }

  #resolve(address: string, from: string, pictures: readonly InlinePicture[], files: Set<string>): Target | undefined {
    const index = pictures.findIndex((_, at) => inlineAddress(at) === address);
    if (index !== -1) return { file: this.#names.file(pictureKey(from, index)) };
    const path = pathAt(from, address);
    if (path === null) return undefined;
    // Some programs leave the ending out.
    const place = this.#pages.get(path) ?? this.#pages.get(`${path}.md`);
    if (place !== undefined) return { page: this.#names.page(place) };
    if (!this.#files.has(path) || !this.fits(path)) return undefined;
    files.add(path);
    return { file: this.#names.file(path) };
  }
}

/** The path as a plan has it. */
export const plainPath = (path: string): string =>
  path
    .split(/[/\\]/)
    .filter((part) => part !== '' && part !== '.')
    .join('/');

/** Without the pages that could not be read, with the files that no page names. */
function withOthers(pages: readonly (ImportPage | null)[], plan: Plan, reader: ImportReader): readonly ImportPage[] {
  const livingOf = (place: number | null): number | null => {
    let at = place;
    while (at !== null && pages[at] === null) at = plan.pages[at]!.parent;
    return at;
  };
  const files = pages.map((page) => [...(page?.files ?? [])]);
  for (const { path, page } of plan.files) {
    const owner = livingOf(page);
    if (!reader.fits(path)) reader.left.push({ path, code: 'import-file-too-large' });
    else if (reader.used.has(path)) continue;
    else if (owner === null) reader.left.push({ path, code: 'import-file-of-no-page' });
    else files[owner]!.push(path);
  }
  const places = new Map<number, number>();
  const living: ImportPage[] = [];
  for (const [at, page] of pages.entries()) {
    if (page === null) continue;
    const parent = livingOf(page.parent);
    places.set(at, living.length);
    living.push({ ...page, files: files[at]!, parent: parent === null ? null : places.get(parent)! });
  }
  return living;
}
