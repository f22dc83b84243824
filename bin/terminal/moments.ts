import { InvalidArgumentError } from 'commander';

const SHAPE = /^(\d{4}-\d\d-\d\d)T?\s?(\d\d:\d\d)$/;

/**
 * What an option takes that names a time: `2026-12-01 09:00`, in the time zone of this machine, or with a zone of its own as
 * ISO 8601 writes it. Answers in ISO 8601.
 */
export function momentOf(word: string): string {
  const [, date, time] = SHAPE.exec(word) ?? [];
  const at = Date.parse(date === undefined ? word : `${date}T${time}`);
  const isWhole = date !== undefined || /T.+(?:Z|[+-]\d\d:\d\d)$/.test(word);
  if (isWhole && !Number.isNaN(at)) return new Date(at).toISOString();
  throw new InvalidArgumentError('It has to be a time like "2026-12-01 09:00", or 2026-12-01T09:00:00Z.');
}
