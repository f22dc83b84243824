import type { Content, ContentType, Media } from './message.ts';

/**
 * What became of a file. `wanted`: it is to be fetched. `refused`: it was not taken. `gone`: the messenger gives it out
 * no more. `erased`: it was here.
 */
export const FILE_STATES = ['wanted', 'stored', 'refused', 'gone', 'erased'] as const;

/** The state of a file. */
export type FileState = (typeof FILE_STATES)[number];

/** Where a file belongs: the item of the message, which is a fact or an edit, and its number among the files of that. */
export interface FilePlace {
  readonly account: string;
  readonly chat: string;
  readonly fact: string;
  readonly part: number;
}

/** A file of a message that has an id of ours. */
export interface NamedFile {
  readonly file: string;
  readonly part: number;
  readonly media: Media;
  readonly name: string;
}

/** The content, with an id of ours for each file that the messenger gives out. */
export function withFileIds(content: Content, newFile: () => string): Content {
  const named = (media: Media): Media => (media.fileId === undefined ? media : { ...media, file: newFile() });
  const { media, furtherMedia } = content;
  return {
    ...content,
    ...(media && { media: named(media) }),
    ...(furtherMedia && { furtherMedia: furtherMedia.map(named) }),
  };
}

/** What an edit made of a content. A file that is the same as before keeps its id. */
export function withSameFiles(edited: Content, before: Content): Content {
  const known = new Map([before.media, ...(before.furtherMedia ?? [])].map((media) => [media?.fileId, media?.file]));
  const same = (media: Media): Media => {
    const file = media.fileId === undefined ? undefined : known.get(media.fileId);
    return file === undefined ? media : { ...media, file };
  };
  const { media, furtherMedia } = edited;
  return {
    ...edited,
    ...(media && { media: same(media) }),
    ...(furtherMedia && { furtherMedia: furtherMedia.map(same) }),
  };
}

/** The files of a content that have an id of ours. */
export function filesOf({ type, media, furtherMedia = [] }: Content): NamedFile[] {
  return [media, ...furtherMedia].flatMap((one, part) =>
    one?.file === undefined ? [] : [{ file: one.file, part, media: one, name: fileName(type, one) }],
  );
}

/** Extensions by type, for files that came without a name. */
const EXTENSIONS: Readonly<Record<string, string>> = {
  'image/jpeg': 'jpg',
  'image/png': 'png',
  'image/gif': 'gif',
  'image/webp': 'webp',
  'audio/mpeg': 'mp3',
  'audio/mp4': 'm4a',
  'audio/aac': 'aac',
  'audio/amr': 'amr',
  'audio/ogg': 'ogg',
  'video/mp4': 'mp4',
  'video/webm': 'webm',
  'video/3gpp': '3gp',
  'application/pdf': 'pdf',
  'text/plain': 'txt',
  'text/csv': 'csv',
  'application/zip': 'zip',
  'application/msword': 'doc',
  'application/vnd.openxmlformats-officedocument.wordprocessingml.document': 'docx',
  'application/vnd.ms-excel': 'xls',
  'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet': 'xlsx',
};

/** What files of a kind mostly are. */
const USUAL: Partial<Record<ContentType, string>> = { image: 'image/jpeg', audio: 'audio/ogg', video: 'video/mp4' };

/**
 * The name of a file, as the end of an address: no slash splits it, no dots lead out of it, and no mark turns it round, so
 * that a program reads as a document. A file without a name is called after its kind.
 */
export function fileName(type: ContentType, { name = '', mimeType = USUAL[type] ?? '' }: Media): string {
  const plain = name
    .toWellFormed()
    .replaceAll(/\p{Bidi_Control}/gu, '')
    .replaceAll(/[/\\\p{Cc}]/gu, '_')
    .trim();
  const stem = /[^._ ]/.test(plain) ? plain : type in USUAL ? type : 'file';
  const extension = EXTENSIONS[mimeType.split(';', 1)[0]?.trim().toLowerCase() ?? ''];
  return extension === undefined || /\.\w{1,10}$/.test(stem) ? stem : `${stem}.${extension}`;
}

/** So long a file is asked for, if its messenger does not have it now. */
const TRIED_FOR_MS = 24 * 3_600_000;
/** So long a file waits for credentials that the messenger takes. */
const WAITS_FOR_MS = 7 * TRIED_FOR_MS;
/** A file that was found late is tried that often nevertheless. */
const LEAST_TRIES = 8;
const FIRST_WAIT_MS = 5_000;
/** A queue of AWS waits no longer. */
const LONGEST_WAIT_MS = 900_000;

/** A file that could not be fetched. `tries` is how often that was so, with this one. */
export interface FailedFetch {
  readonly storedAt: number;
  readonly tries: number;
  /** Whether the messenger refused the credentials. */
  readonly isUnauthorized: boolean;
  /** The messenger's own wish. */
  readonly afterSeconds: number;
}

/** In how many milliseconds a file is fetched again; undefined if it is given up. */
export function nextFetchMs(failed: FailedFetch, now: number): number | undefined {
  const { storedAt, tries, isUnauthorized, afterSeconds } = failed;
  const last = storedAt + (isUnauthorized ? WAITS_FOR_MS : TRIED_FOR_MS);
  if (now >= last && tries >= LEAST_TRIES) return undefined;
  // New credentials may come at any time, and asking whether they have come costs little.
  const wait = isUnauthorized ? LONGEST_WAIT_MS : FIRST_WAIT_MS * 2 ** Math.min(tries - 1, 10);
  return Math.min(Math.max(wait, afterSeconds * 1000), LONGEST_WAIT_MS);
}
