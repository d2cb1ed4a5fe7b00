import { MAX_TITLE } from '../pages';
import { FILES_ENDING, RECORD_ENDING } from './layout';

/** Pages that are made at once, files that go with them. */
export const MAX_IMPORTED_PAGES = 2_000;
const MAX_IMPORTED_FILES = 10_000;
/** Folders inside one another, characters of a path. */
const MAX_PARTS = 64;
const MAX_PATH = 4_000;

export type PageKind = 'markdown' | 'html' | 'folder';

/** A page that is to be made of a file, or of a folder in which pages are. */
export interface PlannedPage {
  readonly kind: PageKind;
  /** Of the file or folder; unique with the kind. */
  readonly path: string;
  /** By its name, for a text that has no title. */
  readonly title: string;
  /** Place in the list of the page that it is under; always one before it. Null: on the first level. */
  readonly parent: number | null;
}

export interface PlannedFile {
  readonly path: string;
  /** The page next to which it stands, which gets it where no page names it; null: none. */
  readonly page: number | null;
}

export interface Plan {
  readonly pages: readonly PlannedPage[];
  readonly files: readonly PlannedFile[];
  /** What is left out, with the code that says why. */
  readonly left: readonly { readonly path: string; readonly code: string }[];
}

const MARKDOWN = /\.(md|markdown|mdown)$/i;
const HTML = /\.(html?|xhtml)$/i;
/** What systems and other programs leave behind. */
const LITTER = /(^|\/)(\.|__MACOSX\/|(Thumbs\.db|desktop\.ini)$)/i;
/** A folder's own text, where none beside it has its name. */
const OWN = /^(index|readme)\.(md|markdown|html?)$/i;
/** Folders with the files of a page: ours, and a browser's of a page that it saved. */
const FILES = [FILES_ENDING, '_files'];

interface Folder {
  readonly path: string;
  readonly folders: Map<string, Folder>;
  readonly files: string[];
}

/** What is made of files with these paths: folders become the tree of pages. */
export function planImport(paths: readonly string[]): Plan {
  const left: { path: string; code: string }[] = [];
  const sound = new Map<string, readonly string[]>();
  const copies = new Set<string>();
  for (const path of paths) {
    const parts = partsOf(path);
    if (parts === null) left.push({ path, code: 'import-path' });
    else if (LITTER.test(parts.join('/'))) continue;
    else if (parts.some(isOfCopies)) copies.add(parts.slice(0, parts.findIndex(isOfCopies) + 1).join('/'));
    else if (sound.has(parts.join('/'))) left.push({ path, code: 'import-twice' });
    else sound.set(parts.join('/'), parts);
  }
  for (const path of copies) left.push({ path, code: 'import-copies' });
  const all = [...sound.values()];
  const plan = new Planner(left);
  // A folder that all stand in is what was chosen or packed, and no page.
  plan.folder(folderAt(treeOf(all), commonFolder(all)), null);
  return { pages: plan.pages, files: plan.files, left };
}

const isOfCopies = (part: string): boolean => part.endsWith(RECORD_ENDING);

/** A path's parts; null for one that leads elsewhere, or is too long. */
export function partsOf(path: string): readonly string[] | null {
  if (path.length > MAX_PATH || /\p{Cc}/u.test(path)) return null;
  const parts = path.split(/[/\\]/).filter((part) => part !== '' && part !== '.');
  return parts.length === 0 || parts.length > MAX_PARTS || parts.includes('..') ? null : parts;
}

/** The folders that all of these stand in. */
function commonFolder(paths: readonly (readonly string[])[]): readonly string[] {
  let common = paths[0]?.slice(0, -1) ?? [];
  for (const path of paths) {
    let same = 0;
    while (same < common.length && same < path.length - 1 && common[same] === path[same]) same += 1;
    common = common.slice(0, same);
  }
  return common;
}

function treeOf(paths: readonly (readonly string[])[]): Folder {
  const root: Folder = { path: '', folders: new Map(), files: [] };
  for (const parts of paths) {
    let folder = root;
    for (const part of parts.slice(0, -1)) {
      let inner = folder.folders.get(part);
      if (inner === undefined)
        folder.folders.set(
          part,
          (inner = { path: folder.path + (folder.path === '' ? '' : '/') + part, folders: new Map(), files: [] }),
        );
      folder = inner;
    }
    folder.files.push(parts.at(-1)!);
  }
  return root;
}

const folderAt = (root: Folder, parts: readonly string[]): Folder =>
  parts.reduce((folder, part) => folder.folders.get(part)!, root);

class Planner {
  readonly pages: PlannedPage[] = [];
  readonly files: PlannedFile[] = [];
  readonly #left: { path: string; code: string }[];

  constructor(left: { path: string; code: string }[]) {
    this.#left = left;
  }

  /** `page`: what stands in the folder is under this. */
  folder(folder: Folder, page: number | null, own: string | null = null): void {
    /** Pages of this folder by the name of their file without its ending. */
    const byName = new Map<string, number>();
    for (const name of [...folder.files].sort(byNumbers)) {
      if (name === own) continue;
      const path = folder.path === '' ? name : `${folder.path}/${name}`;
      const kind = MARKDOWN.test(name) ? 'markdown' : HTML.test(name) ? 'html' : null;
      if (kind === null) this.#file(path, page);
      else {
        const title = name.replace(/\.[^.]*$/, '');
        const made = this.#page({ kind, path, title: title.slice(0, MAX_TITLE), parent: page });
        // Of two of one name the folder goes with the Markdown.
        if (made !== null && (kind === 'markdown' || !byName.has(title))) byName.set(title, made);
      }
    }
    for (const [name, inner] of [...folder.folders].sort(([a], [b]) => byNumbers(a, b))) {
      const beside = byName.get(name);
      const ending = FILES.find((one) => name.endsWith(one) && byName.has(name.slice(0, -one.length)));
      if (beside !== undefined) this.folder(inner, beside);
      else if (ending !== undefined) this.#allFiles(inner, byName.get(name.slice(0, -ending.length))!);
      else if (hasPages(inner)) this.#folderPage(name, inner, page);
      else this.#allFiles(inner, page);
    }
  }

  #folderPage(name: string, folder: Folder, parent: number | null): void {
    const own = folder.files.find((file) => OWN.test(file)) ?? null;
    const kind = own === null ? 'folder' : MARKDOWN.test(own) ? 'markdown' : 'html';
    const path = own === null ? folder.path : `${folder.path}/${own}`;
    const made = this.#page({ kind, path, title: name.slice(0, MAX_TITLE), parent });
    this.folder(folder, made ?? parent, own);
  }

  #allFiles(folder: Folder, page: number | null): void {
    for (const name of [...folder.files].sort(byNumbers)) this.#file(`${folder.path}/${name}`, page);
    for (const [, inner] of [...folder.folders].sort(([a], [b]) => byNumbers(a, b))) this.#allFiles(inner, page);
  }

  #page(page: PlannedPage): number | null {
    if (this.pages.length < MAX_IMPORTED_PAGES) return this.pages.push(page) - 1;
    this.#left.push({ path: page.path, code: 'import-too-many-pages' });
    return null;
  }

  #file(path: string, page: number | null): void {
    if (this.files.length < MAX_IMPORTED_FILES) this.files.push({ path, page });
    else this.#left.push({ path, code: 'import-too-many-files' });
  }
}

const hasPages = (folder: Folder): boolean =>
  folder.files.some((name) => MARKDOWN.test(name) || HTML.test(name)) || [...folder.folders.values()].some(hasPages);

const collator = new Intl.Collator('en', { numeric: true });
const byNumbers = (a: string, b: string): number => collator.compare(a, b) || (a < b ? -1 : 1);
