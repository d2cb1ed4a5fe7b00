import { existsSync, readFileSync, readdirSync } from 'node:fs';
import { join, resolve } from 'node:path';
import type { Target } from './target';

export const CORPUS = resolve('test/fuzz/corpus');

/** An input that is kept in the repository. */
export interface Kept {
  /** Its file: where it came from, a dot, and what becomes of it. */
  readonly file: string;
  readonly origin: string;
  readonly outcome: string;
  readonly bytes: Uint8Array;
}

/** The folder of a target's inputs. */
export const folderOf = ({ name }: Pick<Target, 'name'>): string => name.toLowerCase().replace(/[^a-z0-9]+/g, '-');

export const corpusFolders = (): readonly string[] => readdirSync(CORPUS).sort();

/** The inputs that are kept for a target, by name. */
export function corpusOf(target: Pick<Target, 'name'>): readonly Kept[] {
  const folder = join(CORPUS, folderOf(target));
  if (!existsSync(folder)) return [];
  return readdirSync(folder)
    .sort()
    .map((file) => {
      const dot = file.indexOf('.');
      const bytes = new Uint8Array(readFileSync(join(folder, file)));
      return { file, origin: file.slice(0, dot), outcome: file.slice(dot + 1), bytes };
    });
}
