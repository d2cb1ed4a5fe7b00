/** One line of the table. */
export interface Row {
  readonly figure: string;
  readonly what: string;
  readonly ours: string;
  readonly floor: string;
  readonly ratio?: number;
  /** What is to be reached; empty where nothing is set. */
  readonly target: string;
  readonly met?: boolean;
}

/** The value at a share of the sorted values, 0 to 1. */
export function quantile(values: readonly number[], share: number): number {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? Number.NaN;
}

export const median = (values: readonly number[]): number => quantile(values, 0.5);

/** Milliseconds in few digits. */
export function ms(value: number): string {
  if (value >= 10_000) return `${(value / 1000).toFixed(1)} s`;
  return `${value >= 100 ? value.toFixed(0) : value >= 1 ? value.toFixed(1) : value.toFixed(3)} ms`;
}

export const count = (value: number): string => Math.round(value).toLocaleString('en-US');

export function megabytes(bytes: number): string {
  return `${(bytes / 1e6).toFixed(bytes < 1e7 ? 1 : 0)} MB`;
}

/** A row about a ratio that should be at most (or, for throughput, at least) `limit`. */
export function ratioRow(
  row: Omit<Row, 'target' | 'met' | 'ratio'> & { readonly ratio: number },
  limit: number,
  least = false,
): Row {
  return { ...row, target: `${least ? '≥' : '≤'} ${limit} ×`, met: least ? row.ratio >= limit : row.ratio <= limit };
}

/** Markdown, which also reads well in a terminal. */
export function table(rows: readonly Row[]): string {
  const head = ['', 'what', 'Peerhold', 'floor in the same run', 'ratio', 'to reach', ''];
  const cells = rows.map(({ figure, what, ours, floor, ratio, target, met }) => [
    figure,
    what,
    ours,
    floor,
    ratio === undefined ? '' : `${ratio.toFixed(2)} ×`,
    target,
    met === undefined ? '' : met ? 'met' : 'missed',
  ]);
  const widths = head.map((title, column) => Math.max(title.length, 3, ...cells.map((row) => row[column]!.length)));
  const line = (row: readonly string[]): string =>
    `| ${row.map((cell, column) => cell.padEnd(widths[column]!)).join(' | ')} |`;
  return [line(head), `| ${widths.map((width) => '-'.repeat(width)).join(' | ')} |`, ...cells.map(line)].join('\n');
}
