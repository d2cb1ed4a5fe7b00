import { app } from 'electron';
import en from '../../shared/words/en/shell.json';

type ShellWords = typeof en;

/** The languages that the shell has words for, as the page has. */
const LANGUAGES: Readonly<Record<string, ShellWords>> = { en };

/** What the shell itself says, in the first language of the person's system that there are words for. The app must be ready. */
export function shellWords(): ShellWords {
  for (const tag of app.getPreferredSystemLanguages()) {
    const words = LANGUAGES[tag] ?? LANGUAGES[tag.split('-')[0] ?? tag];
    if (words !== undefined) return words;
  }
  return en;
}
