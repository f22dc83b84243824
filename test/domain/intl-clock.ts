const formats = new Map<string, Intl.DateTimeFormat>();

/** What `Intl` says of wall clocks, in a few lines: the oracle of `src/domain/wall-time.ts`. */
export function wallByIntl(zone: string, at: number): number {
  const parts = new Map(
    formatOf(zone)
      .formatToParts(at)
      .map(({ type, value }) => [type, Number(value)]),
  );
  const of = (type: Intl.DateTimeFormatPartTypes) => parts.get(type) ?? 0;
  const ms = ((at % 1000) + 1000) % 1000;
  return Date.UTC(of('year'), of('month') - 1, of('day'), of('hour'), of('minute'), of('second'), ms);
}

/** The instant of a wall time: the first of two, and in a gap the one by the offset before it. */
export function instantByIntl(zone: string, wall: number): number {
  const day = 86_400_000;
  const offsets = [wall - day, wall + day].map((at) => wallByIntl(zone, at) - at);
  const found = offsets.map((offset) => wall - offset).filter((at) => wallByIntl(zone, at) === wall);
  return found.length > 0 ? Math.min(...found) : wall - offsets[0]!;
}

/** The instants of a year at which the offset of the zone changes, to the minute. */
export function changesOf(zone: string, year: number): number[] {
  const day = 86_400_000;
  const changes: number[] = [];
  const offset = (at: number) => wallByIntl(zone, at) - at;
  for (let from = Date.UTC(year, 0, 1); from < Date.UTC(year + 1, 0, 1); from += day) {
    if (offset(from) === offset(from + day)) continue;
    let [low, high] = [from, from + day];
    while (high - low > 60_000) {
      const middle = low + Math.floor((high - low) / 120_000) * 60_000;
      if (offset(middle) === offset(low)) low = middle;
      else high = middle;
    }
    changes.push(high);
  }
  return changes;
}

function formatOf(zone: string): Intl.DateTimeFormat {
  const known = formats.get(zone);
  if (known) return known;
  const numeric = 'numeric';
  const made = new Intl.DateTimeFormat('en-u-ca-gregory', {
    timeZone: zone,
    hourCycle: 'h23',
    ...{ year: numeric, month: numeric, day: numeric, hour: numeric, minute: numeric, second: numeric },
  });
  formats.set(zone, made);
  return made;
}
