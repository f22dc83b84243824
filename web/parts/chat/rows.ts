import type { Entry, Message } from '../../models.ts';

/** Lines of one author within this time are one group. */
const GROUP_MS = 3 * 60_000;

/** A row of the history that is shown. */
export type Row =
  | { readonly kind: 'day'; readonly key: string; readonly at: number }
  /** The client's messages from here on have no answer. */
  | { readonly kind: 'open'; readonly key: string }
  | {
      readonly kind: 'entry';
      readonly key: string;
      readonly entry: Entry;
      /** Further parts of the same album. */
      readonly album: readonly Message[];
      /** Whether it begins or ends a group of one author. */
      readonly isFirst: boolean;
      readonly isLast: boolean;
    };

type EntryRow = Extract<Row, { kind: 'entry' }>;

/** The rows of a history: day lines, groups by author, albums in one, and the place of the oldest open message. */
export function rowsOf(
  entries: readonly Entry[],
  openKey?: string,
  dayOf: (at: number) => string = localDay,
): readonly Row[] {
  const rows: Row[] = [];
  let day: string | undefined;
  for (const one of joinAlbums(entries)) {
    const at = timeOf(one.entry);
    const before = rows.at(-1);
    if (dayOf(at) !== day) {
      day = dayOf(at);
      rows.push({ kind: 'day', key: `day ${day}`, at });
    }
    if (one.key === openKey) rows.push({ kind: 'open', key: 'open' });
    const isFirst = !(before?.kind === 'entry' && rows.at(-1) === before && isOneGroup(before.entry, one.entry));
    if (!isFirst) rows[rows.length - 1] = { ...(before as EntryRow), isLast: false };
    rows.push({ ...one, isFirst, isLast: true });
  }
  return rows;
}

/** Whether two rows of the same key look the same. */
export function isSameRow(one: Row, other: Row): boolean {
  if (one.kind !== 'entry' || other.kind !== 'entry') return one.kind === other.kind;
  if (one.isFirst !== other.isFirst || one.isLast !== other.isLast) return false;
  if (one.album.length !== other.album.length) return false;
  return saidIn(one.entry) === saidIn(other.entry) && one.album.every((part, index) => part === other.album[index]);
}

function saidIn(entry: Entry): unknown {
  return entry.kind === 'message' ? entry.message : entry.sending;
}

/** The key of the oldest message that waits for an answer. Undefined if there is none, or if it is not loaded yet. */
export function oldestOpen(
  entries: readonly Entry[],
  unansweredSince: string | null | undefined,
  hasOlder = false,
): string | undefined {
  if (!unansweredSince || isOpenOlder(entries, unansweredSince, hasOlder)) return undefined;
  const since = Date.parse(unansweredSince);
  return entries.find((entry) => isClients(entry) && timeOf(entry) >= since)?.key;
}

/** Whether what waits for an answer may begin on an older page: all that is loaded is of later than that. */
export function isOpenOlder(
  [oldest]: readonly Entry[],
  unansweredSince: string | null | undefined,
  hasOlder: boolean,
): boolean {
  return Boolean(unansweredSince) && hasOlder && oldest !== undefined && timeOf(oldest) >= Date.parse(unansweredSince!);
}

/** When it was said (epoch ms). */
export function timeOf(entry: Entry): number {
  return entry.kind === 'message' ? Date.parse(entry.message.dateTime) : entry.sending.at;
}

/** Whether the client said it. */
export function isClients(entry: Entry): boolean {
  return entry.kind === 'message' && !entry.message.isEcho && entry.message.type !== 'system';
}

/** Whether the line tells something about the chat, and is no message. */
export function isService(entry: Entry): boolean {
  return entry.kind === 'message' && entry.message.type === 'system';
}

function joinAlbums(entries: readonly Entry[]): readonly EntryRow[] {
  const joined: EntryRow[] = [];
  for (const entry of entries) {
    const before = joined.at(-1);
    if (before && entry.kind === 'message' && isOneAlbum(before.entry, entry)) {
      joined[joined.length - 1] = { ...before, album: [...before.album, entry.message] };
    } else {
      joined.push({ kind: 'entry', key: entry.key, entry, album: [], isFirst: true, isLast: true });
    }
  }
  return joined;
}

/** A deleted part stands alone, because it says so. */
function isOneAlbum(a: Entry, b: Entry): boolean {
  if (a.kind !== 'message' || b.kind !== 'message' || a.message.albumId === undefined) return false;
  if (a.message.isDeleted || b.message.isDeleted || !isPicture(a.message) || !isPicture(b.message)) return false;
  return a.message.albumId === b.message.albumId && authorOf(a) === authorOf(b);
}

function isPicture({ type }: Message): boolean {
  return type === 'image' || type === 'video';
}

function isOneGroup(a: Entry, b: Entry): boolean {
  if (isService(a) || isService(b)) return false;
  return authorOf(a) === authorOf(b) && timeOf(b) - timeOf(a) < GROUP_MS;
}

function authorOf(entry: Entry): string {
  const { channelId } = entry.chat;
  if (entry.kind === 'sending') return `${channelId} own`;
  const { isEcho, authorId, authorName, by } = entry.message;
  return isEcho ? [channelId, 'team', authorId, authorName, by].join(' ') : `${channelId} client ${authorName ?? ''}`;
}

/** The day of a time, where the reader is. */
function localDay(at: number): string {
  const time = new Date(at);
  return [time.getFullYear(), time.getMonth() + 1, time.getDate()].join('-');
}
