const MOST_SHOWN = 5;

/** `Did you mean …?` for the words that look or begin like the given one; empty if none does. */
export function didYouMean(given: string, known: readonly string[]): string {
  const wanted = plain(given);
  const different = new Map([...known].reverse().map((name) => [plain(name), name]));
  const near = [...different.values()]
    .map((name) => ({ name, away: distance(wanted, plain(name)) }))
    .filter(({ name, away }) => away <= Math.max(name.length, given.length) * 0.4 || plain(name).startsWith(wanted))
    .sort((one, other) => one.away - other.away)
    .slice(0, MOST_SHOWN);
  if (near.length === 0) return '';
  return `Did you mean ${near.map(({ name }) => quoted(name)).join(' or ')}?`;
}

/** The name as it is typed in a shell. */
export function quoted(name: string): string {
  return /^[\p{L}\p{N}@+_.:/-]+$/u.test(name) ? name : `"${name}"`;
}

function plain(name: string): string {
  return name.toLowerCase().replaceAll('ё', 'е');
}

/** How many letters have to be changed, added, left out or swapped with their neighbour. */
function distance(one: string, other: string): number {
  const [from, to] = [[...one], [...other]];
  const rows: number[][] = [Array.from({ length: to.length + 1 }, (_, at) => at)];
  for (let row = 1; row <= from.length; row += 1) {
    const line = [row];
    for (let at = 1; at <= to.length; at += 1) {
      const isSame = from[row - 1] === to[at - 1];
      const isSwapped = from[row - 1] === to[at - 2] && from[row - 2] === to[at - 1];
      const replaced = rows[row - 1]![at - 1]! + (isSame ? 0 : 1);
      const swapped = row > 1 && at > 1 && isSwapped ? rows[row - 2]![at - 2]! + 1 : replaced;
      line.push(Math.min(rows[row - 1]![at]! + 1, line[at - 1]! + 1, replaced, swapped));
    }
    rows.push(line);
  }
  return rows[from.length]![to.length]!;
}
