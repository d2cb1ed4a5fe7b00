import { readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { numbers } from '../history';

export interface MadePage {
  readonly id: string;
  readonly title: string;
  /** Paragraphs. */
  readonly text: string;
}

/** Characters of a page: most have some thousand, a few are long. */
const SHORT = 300;
const SPREAD = 4;
const SYLLABLES = [
  'ka',
  'to',
  'mi',
  're',
  'sal',
  'ben',
  'dor',
  'an',
  'el',
  'ur',
  'pri',
  'che',
  'lo',
  'vin',
  'gra',
  'hu',
];

/**
 * Pages made of the sentences of this project's documents, mixed by a seed, so that words are as frequent and begin as they do in prose; with
 * names, dates and sums of their own, so that there are as many different words as in so many pages.
 */
export function madePages(count: number): readonly MadePage[] {
  const sentences = sentencesOf('docs');
  const random = numbers(20261127);
  const one = <T>(all: readonly T[]): T => all[Math.floor(random() * all.length)]!;
  const name = (): string => {
    const word = Array.from({ length: 2 + Math.floor(random() * 2) }, () => one(SYLLABLES)).join('');
    return word.charAt(0).toUpperCase() + word.slice(1);
  };
  return Array.from({ length: count }, (_, index) => {
    const length = SHORT * Math.exp(random() * SPREAD);
    const paragraphs: string[] = [];
    for (let written = 0; written < length;) {
      const about = `${name()} ${name()}, ${1 + Math.floor(random() * 28)} May, ${Math.floor(random() * 10_000)} EUR.`;
      const paragraph = `${one(sentences)} ${one(sentences)} ${about} ${one(sentences)}`;
      paragraphs.push(paragraph);
      written += paragraph.length;
    }
    const title = one(sentences).split(' ').slice(0, 4).join(' ');
    return { id: `p${index}`, title, text: paragraphs.join('\n\n') };
  });
}

function sentencesOf(folder: string): readonly string[] {
  const files = readdirSync(folder, { recursive: true, encoding: 'utf8' }).filter((file) => file.endsWith('.md'));
  return files.flatMap((file) =>
    readFileSync(join(folder, file), 'utf8')
      .replace(/```[^]*?```|^\|.*$|[#*_`>[\]()]/gm, ' ')
      .split(/(?<=[.:?])\s+/)
      .map((sentence) => sentence.replace(/\s+/g, ' ').trim())
      .filter((sentence) => sentence.length > 30 && sentence.length < 300),
  );
}
