import { existsSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';

const PAGE = 'docs/threat-model.md';
const HEADING = '## Faults and attacks: the test of each';
const quoted = (text: string): string => `(['"\`])${text.replaceAll(/[.*+?^${}()|[\]\\]/g, String.raw`\$&`)}\\1`;

/** Whether the source of a test file has a test of this title; and, beside it, the words of the row. */
function isTest(source: string, named: string): boolean {
  const [title, ...rows] = named.split(' › ');
  return (
    new RegExp(`\\(\\s*${quoted(title!)}`).test(source) && rows.every((row) => new RegExp(quoted(row)).test(source))
  );
}

/** What may happen, the file of a test that shows what comes of it, and the test's title. */
type Row = readonly [fault: string, file: string, title: string];

/** The rows of the page's table. Where the first cell is empty it is the one above. */
function rowsOf(page: string): Row[] {
  const [, after] = page.split(HEADING);
  const lines = (after ?? '').split('\n## ')[0]!.split('\n');
  const rows = lines.filter((line) => line.startsWith('|')).map((line) => line.split('|').slice(1, -1));
  let last = '';
  return rows.slice(2).map((cells): Row => {
    const [fault, file, title] = cells.map((cell) => cell.trim());
    last = fault || last;
    return [last, (file ?? '').replaceAll('`', ''), title ?? ''];
  });
}

describe('the table of faults and attacks', () => {
  const rows = rowsOf(readFileSync(PAGE, 'utf8'));

  it('has a test for each', () => {
    expect(new Set(rows.map(([fault]) => fault)).size).toBeGreaterThan(30);
    for (const row of rows) expect(row).not.toContain('');
  });

  it('names files and titles that there are', () => {
    const wrong = rows.filter(([, file, title]) => !existsSync(file) || !isTest(readFileSync(file, 'utf8'), title));
    expect(wrong).toEqual([]);
  });

  it('finds a title that is not there', () => {
    const source =
      "it('does one', () => {});\nit.each(\n  ROWS,\n)(\n  'does %s', (row) => {});\nconst ROWS = ['a row'];";
    expect(isTest(source, 'does one')).toBe(true);
    expect(isTest(source, 'does %s › a row')).toBe(true);
    for (const title of ['does', 'does two', 'does %s › another row']) expect(isTest(source, title)).toBe(false);
  });
});
