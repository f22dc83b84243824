import stringWidth from 'string-width';

/** A column of a table. One that `shrinks` is cut where the table is wider than the terminal; ids are not. */
export interface Column {
  readonly head: string;
  readonly shrinks?: boolean;
}

const GAP = '  ';
const NARROWEST = 8;
/** What a terminal would obey, but not the joiner within an emoji. */
const OBEYED = /(?!\u200d)[\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}]/gu;

/**
 * Lines with columns as wide as their widest cell, two spaces apart. `width` is that of the terminal; without one nothing
 * is cut. Cells are words of strangers: what a terminal would obey is shown as a dot.
 */
export function tableOf(columns: readonly Column[], rows: readonly (readonly string[])[], width?: number): string {
  const plain = [columns.map(({ head }) => head), ...rows.map((row) => row.map(onOneLine))];
  const wanted = columns.map((_, column) => Math.max(...plain.map((row) => stringWidth(row[column] ?? ''))));
  const widths = width === undefined ? wanted : shrunk(columns, wanted, width);
  const lineOf = (row: readonly string[]) => widths.map((most, column) => padded(row[column] ?? '', most)).join(GAP);
  return plain.map((row) => lineOf(row).trimEnd()).join('\n');
}

/** Names with what belongs to them, one line each. */
export function fieldsOf(fields: readonly (readonly [name: string, value: string])[]): string {
  const widest = Math.max(0, ...fields.map(([name]) => stringWidth(name)));
  return fields.map(([name, value]) => `${padded(name, widest)}${GAP}${onOneLine(value)}`).join('\n');
}

/** The words on one line, without anything that a terminal would obey. */
export function onOneLine(words: string): string {
  return words.replaceAll(OBEYED, '·');
}

/** The words with their line breaks, without anything else that a terminal would obey. */
export function onLines(words: string): string {
  return words.split(/\r?\n/).map(onOneLine).join('\n');
}

/** Takes from the widest column that shrinks, until the table fits or no column can give more. */
function shrunk(columns: readonly Column[], wanted: readonly number[], width: number): number[] {
  const widths = [...wanted];
  const room = width - GAP.length * (columns.length - 1);
  for (;;) {
    const over = widths.reduce((sum, one) => sum + one, 0) - room;
    const able = widths.flatMap((one, column) => (columns[column]?.shrinks && one > NARROWEST ? [column] : []));
    const [widest] = able.sort((one, other) => (widths[other] ?? 0) - (widths[one] ?? 0));
    if (over <= 0 || widest === undefined) return widths;
    widths[widest] = (widths[widest] ?? 0) - 1;
  }
}

/** The cell at exactly that width: filled with spaces, or cut between two characters as people count them. */
function padded(cell: string, width: number): string {
  const own = stringWidth(cell);
  if (own <= width) return cell + ' '.repeat(width - own);
  let cut = '';
  for (const { segment } of new Intl.Segmenter().segment(cell)) {
    if (stringWidth(cut + segment) > width - 1) break;
    cut += segment;
  }
  return `${cut}…${' '.repeat(width - 1 - stringWidth(cut))}`;
}
