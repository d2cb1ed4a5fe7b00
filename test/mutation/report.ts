import type { Verdict } from './runner';

export interface Score {
  readonly file: string;
  readonly mutants: number;
  readonly killed: number;
  readonly timeout: number;
  readonly survived: number;
  readonly notRun: number;
}

/** One line a file, in the order of their names; `planned` are all mutants of each file. */
export function scores(verdicts: readonly Verdict[], planned: ReadonlyMap<string, number>): Score[] {
  return [...planned]
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([file, mutants]) => {
      const of = verdicts.filter((verdict) => verdict.file === file);
      const count = (status: Verdict['status']) => of.filter((verdict) => verdict.status === status).length;
      return {
        file,
        mutants,
        killed: count('killed'),
        timeout: count('timeout'),
        survived: count('survived'),
        notRun: mutants - of.length,
      };
    });
}

export function table(rows: readonly Score[]): string {
  const add = (key: Exclude<keyof Score, 'file'>) => rows.reduce((sum, row) => sum + row[key], 0);
  const all: Score = {
    file: 'all',
    mutants: add('mutants'),
    killed: add('killed'),
    timeout: add('timeout'),
    survived: add('survived'),
    notRun: add('notRun'),
  };
  const width = Math.max(...rows.map(({ file }) => file.length), 4);
  const line = (first: string, cells: readonly (string | number)[]) =>
    first.padEnd(width) + cells.map((cell) => String(cell).padStart(10)).join('');
  return [
    line('file', ['mutants', 'killed', 'timeout', 'survived', 'not run', 'score']),
    ...[...rows, all].map((row) => {
      const { file, mutants, killed, timeout, survived, notRun } = row;
      const run = killed + timeout + survived;
      const score = run === 0 ? '-' : `${Math.floor(((killed + timeout) * 100) / run)} %`;
      return line(file, [mutants, killed, timeout, survived, notRun, score]);
    }),
  ].join('\n');
}

/** One change as text: where, and what became of what. */
export function describe({ file, mutant: { line, kind, before, after } }: Pick<Verdict, 'file' | 'mutant'>): string {
  const short = (text: string) => text.replace(/\s+/g, ' ').slice(0, 100);
  return `${file}:${line} (${kind}) ${short(before)}  =>  ${short(after)}`;
}
