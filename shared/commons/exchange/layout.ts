import type { PageNode } from '../pages';
import { FolderNames } from './file-names';

/** Ending of a page's file, and of the folder with its files. */
export const PAGE_ENDING = '.md';
export const FILES_ENDING = '.files';
/** Ending of the folder with copies of what the record has: no pages are made of it. */
export const RECORD_ENDING = '.record';
/** Folders inside one another: pages that are further down stand beside the page that they are under. */
const MAX_FOLDERS = 10;

/** Where a page stands in a folder of files. Paths have `/` between their parts, and none before the first. */
export interface Place {
  /** Its text. What is under it stands in the folder of the same name without the ending. */
  readonly path: string;
  /** The folder of its files. */
  readonly files: string;
}

/** A place for every page of a tree, in the tree's order. `untitled`: how a page without a title is called. */
export function layOut(tree: readonly PageNode[], untitled: string): ReadonlyMap<string, Place> {
  const places = new Map<string, Place>();
  const put = (pages: readonly PageNode[], folder: string, names: FolderNames, level: number): void => {
    for (const { id, title, children } of pages) {
      const name = names.take(title, ['', PAGE_ENDING, FILES_ENDING], untitled);
      const base = folder + name;
      places.set(id, { path: base + PAGE_ENDING, files: base + FILES_ENDING });
      if (level < MAX_FOLDERS) put(children, `${base}/`, new FolderNames(), level + 1);
      else put(children, folder, names, level + 1);
    }
  };
  put(tree, '', new FolderNames(), 1);
  return places;
}

/** How a file at one path names another: a relative address of a link. */
export function addressFrom(from: string, to: string): string {
  const here = from.split('/').slice(0, -1);
  const there = to.split('/');
  let same = 0;
  while (same < here.length && same < there.length - 1 && here[same] === there[same]) same += 1;
  const parts = there.slice(same).map(encodePart);
  return [...here.slice(same).map(() => '..'), ...parts].join('/');
}

/** Parentheses end an address in Markdown, so they are written as bytes too. */
const encodePart = (part: string): string =>
  encodeURIComponent(part).replace(/[()*'!]/g, (sign) => `%${sign.charCodeAt(0).toString(16).toUpperCase()}`);

/** What a relative address means at a path; null: it leads out of the folder, or is none. */
export function pathAt(from: string, address: string): string | null {
  const [plain = ''] = address.split(/[?#]/);
  if (plain === '' || plain.length > 4_000 || /^[a-z][a-z0-9+.-]*:/i.test(plain) || plain.startsWith('//')) return null;
  const parts = plain.startsWith('/') ? [] : from.split('/').slice(0, -1);
  for (const part of plain.split(/[/\\]/)) {
    const name = decodePart(part);
    if (name === null) return null;
    if (name === '' || name === '.') continue;
    if (name !== '..') parts.push(name);
    else if (parts.pop() === undefined) return null;
  }
  return parts.length === 0 ? null : parts.join('/');
}

function decodePart(part: string): string | null {
  try {
    return decodeURIComponent(part);
  } catch {
    return null;
  }
}
