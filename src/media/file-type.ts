import { cut } from '#domain/cut';
import { fileName } from '#domain/file';
import { UNKNOWN_TYPE } from './shown-type.ts';

/** What a sender says of a file. */
export interface TypeHints {
  /** A MIME type, perhaps with parameters. */
  readonly type?: string | undefined;
  readonly name?: string | undefined;
}

const LONGEST_NAME = 200;

/** The beginning of a file, by which its type is found. */
export const SNIFFED_BYTES = 4100;

/** The types of files that have no signature, or the signature of a container, by their extensions. */
const TYPES: Readonly<Record<string, string>> = {
  txt: 'text/plain',
  csv: 'text/csv',
  html: 'text/html',
  htm: 'text/html',
  json: 'application/json',
  xml: 'application/xml',
  svg: 'image/svg+xml',
  vcf: 'text/vcard',
  ics: 'text/calendar',
  md: 'text/markdown',
  doc: 'application/msword',
  xls: 'application/vnd.ms-excel',
  ppt: 'application/vnd.ms-powerpoint',
  docx: 'application/vnd.openxmlformats-officedocument.wordprocessingml.document',
  xlsx: 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet',
  pptx: 'application/vnd.openxmlformats-officedocument.presentationml.presentation',
  odt: 'application/vnd.oasis.opendocument.text',
  ods: 'application/vnd.oasis.opendocument.spreadsheet',
};

/** Signatures of containers, and what the types that come in them begin with. */
const CONTAINERS: Readonly<Record<string, readonly string[]>> = {
  'application/zip': ['application/vnd.openxmlformats-', 'application/vnd.oasis.'],
  'application/x-cfb': ['application/msword', 'application/vnd.ms-'],
  'application/xml': ['image/svg+xml'],
};

/** Types of which every file has a signature, so that a file without one is not of them. */
const HAS_SIGNATURE = /^(?:image\/(?!svg)|audio\/|video\/|application\/(?:pdf|zip|msword|vnd\.(?:ms-|openxml|oasis)))/;

/** What is written in marks has no signature, and `file-type` does not tell an MP3 file behind a large picture. */
const BEGINNINGS: readonly (readonly [RegExp, string])[] = [
  [/^\s*<(?:!doctype\s+html|html|head|body|script)\b/i, 'text/html'],
  [/^\s*<svg\b/i, 'image/svg+xml'],
  [/^ID3/, 'audio/mpeg'],
];

/**
 * The MIME type of a file by its first bytes, in lower case and without parameters. Only what has no signature, or that
 * of a container, is what its sender and then its name say: a page cannot pass for a picture.
 */
export async function typeOf(beginning: Uint8Array, { type, name = '' }: TypeHints): Promise<string> {
  const sniffed = await sniff(beginning);
  const told = [plainType(type), TYPES[extensionOf(name)]].filter((one) => one !== undefined && one !== UNKNOWN_TYPE);
  if (sniffed === undefined) return told.find((one) => one !== undefined && !HAS_SIGNATURE.test(one)) ?? UNKNOWN_TYPE;
  const within = CONTAINERS[sniffed] ?? [];
  return told.find((one) => within.some((start) => one?.startsWith(start))) ?? sniffed;
}

async function sniff(beginning: Uint8Array): Promise<string | undefined> {
  const text = Buffer.from(beginning.subarray(0, 256))
    .toString('latin1')
    .replace(/^\u00ef\u00bb\u00bf/, '');
  const [, written] = BEGINNINGS.find(([start]) => start.test(text)) ?? [];
  if (written !== undefined) return written;
  // Loaded when there is a file: most calls have none.
  const { fileTypeFromBuffer } = await import('file-type');
  // A file that breaks off may make it fail.
  return plainType((await fileTypeFromBuffer(beginning).catch(() => undefined))?.mime);
}

/** A type in lower case without its parameters; undefined if it is none. */
export function plainType(type: string | undefined): string | undefined {
  const [, found] = /^\s*([\w.+-]{1,100}\/[\w.+-]{1,100})\s*(?:;|$)/.exec(type ?? '') ?? [];
  return found?.toLowerCase();
}

/** The extension of a name in lower case; empty if it has none. */
export function extensionOf(name: string): string {
  return /\.(\w{1,10})$/.exec(name)?.[1]?.toLowerCase() ?? '';
}

/** The name of a file of that type, of at most 200 characters and perhaps an extension that the type gives. */
export function nameOf(given: string | undefined, type: string): string {
  return fileName(kindOf(type), { mimeType: type, ...(given !== undefined && { name: cut(given, LONGEST_NAME) }) });
}

/** How a messenger shows a file of that type, and so the kind of the message. */
export function kindOf(type: string): 'image' | 'audio' | 'video' | 'document' {
  if (/^image\/(?:jpeg|png|gif|webp)$/.test(type)) return 'image';
  if (/^audio\/|^application\/ogg$/.test(type)) return 'audio';
  return type.startsWith('video/') ? 'video' : 'document';
}
