/** One line of the budget table: what was measured, the budget and the figure. */
export interface Row {
  readonly what: string;
  /** Empty if the architecture sets none. */
  readonly budget: string;
  readonly figure: string;
  /** Absent if there is no budget, or nothing to measure yet. */
  readonly met?: boolean;
}

/** A figure rounded for a table. */
export function rounded(value: number, digits = 2): number {
  return Number(value.toFixed(digits));
}

/** The percentile of the values: that share of them lies below it. */
export function percentile(values: readonly number[], share: number): number {
  const sorted = values.toSorted((one, other) => one - other);
  return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? Number.NaN;
}

/** The table in plain text. */
export function formatTable(rows: readonly Row[]): string {
  const lines = [
    ['what', 'budget', 'figure', 'met'],
    ...rows.map(({ what, budget, figure, met }) => [what, budget, figure, wordOf(met)]),
  ];
  const widths = [0, 1, 2, 3].map((column) => Math.max(...lines.map((line) => line[column]?.length ?? 0)));
  const format = (line: string[]) => line.map((cell, column) => cell.padEnd(widths[column] ?? 0)).join('  ');
  const [head = [], ...body] = lines;
  return [format(head), widths.map((width) => '-'.repeat(width)).join('  '), ...body.map(format)]
    .map((line) => line.trimEnd())
    .join('\n');
}

function wordOf(met: boolean | undefined): string {
  if (met === undefined) return '-';
  return met ? 'yes' : 'NO';
}
