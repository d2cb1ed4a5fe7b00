import { MAX_COLUMNS, type Span } from './schema';
import { parseInline } from './parse-inline';

const INDENTED_BAR = /^ {0,3}\|/;

/** Whether a table begins at this line: a row of cells and below it a line of dashes with as many. */
export function beginsTable(lines: readonly string[], at: number): boolean {
  const below = lines[at + 1];
  if (below === undefined || !/^[ |:-]+$/.test(below) || !below.includes('|') || !below.includes('-')) return false;
  const head = lines[at]!;
  // A line that ends with a backslash is one of a paragraph.
  if (!head.includes('|') || head.endsWith('\\')) return false;
  const marks = cellsOf(below);
  return marks.every((mark) => /^:?-+:?$/.test(mark)) && cellsOf(head).length === marks.length;
}

/** Whether a line below a table's head is one more row of it, whatever block it could begin elsewhere. */
export const isRow = (line: string): boolean => INDENTED_BAR.test(line);

/** The table whose head is the first of these lines and whose line of dashes is the second. */
export function tableRows(lines: readonly string[]): readonly (readonly (readonly Span[])[])[] {
  const rows = lines.filter((_, index) => index !== 1).map(cellsOf);
  const width = Math.min(rows[0]?.length ?? 1, MAX_COLUMNS);
  return rows.map((cells) =>
    Array.from({ length: width }, (_, column) =>
      // What has no column of its own stays in the last one.
      parseInline(column < width - 1 ? (cells[column] ?? '') : cells.slice(column).join(' ').trim()),
    ),
  );
}

/** The cells of a row: cut at bars that have no backslash before them, which is taken away where there is one. */
function cellsOf(line: string): readonly string[] {
  const row = line.trim().replace(/^\|/, '');
  const cells = [''];
  for (let at = 0; at < row.length; at++) {
    if (row[at] === '\\' && row[at + 1] === '|') {
      cells[cells.length - 1] += '|';
      at += 1;
    } else if (row[at] === '|') cells.push('');
    else cells[cells.length - 1] += row[at]!;
  }
  if (cells.length > 1 && cells.at(-1)!.trim() === '') cells.pop();
  return cells.map((cell) => cell.trim());
}
