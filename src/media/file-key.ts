import { cut } from '#domain/cut';

/** The parts of a key. `at` is when the file came (epoch ms). */
export interface FileKeyParts {
  /** `in`: a client sent it. `out`: the team did. `up`: it was uploaded, and no message has it yet. */
  readonly direction: 'in' | 'out' | 'up';
  readonly account: string;
  readonly at: number;
  /** Its row in the table of files. */
  readonly file: string;
  readonly name: string;
}

/** Of a file's own name on a disk. It has 255 bytes, and a character has at most 4 of them. */
const LONGEST_NAME = 60;
const LONGEST_EXTENSION = 10;

/** The key of a file. It ends in a name that every disk and address takes, with the extension that the file has. */
export function fileKey({ direction, account, at, file, name }: FileKeyParts): string {
  const month = new Date(at).toISOString().slice(0, 7);
  return [direction, account, month, file, plainName(name)].join('/');
}

/**
 * The parts of a key between its slashes. Throws a `TypeError` for what is no key: none may lead out of its folder, on a
 * disk or in an address.
 */
export function segmentsOfKey(key: string): string[] {
  const segments = key.split('/');
  const isKey = segments.length === 5 && segments.every(isPlain) && /^(in|out|up)$/.test(segments[0] ?? '');
  if (!isKey) throw new TypeError('This is no key of a file');
  return segments;
}

function isPlain(segment: string): boolean {
  return segment !== '' && !segment.startsWith('.') && !/[\\\p{Cc}]/u.test(segment);
}

/** Letters, digits and the marks that mean nothing anywhere, so that no two systems read it in two ways. */
function plainName(name: string): string {
  const plain = name.normalize('NFC').replaceAll(/[^\p{L}\p{N}._-]+/gu, '_');
  const [, stem = '', extension = ''] = /^(.*?)(\.[A-Za-z0-9]+)?$/.exec(plain) ?? [];
  const ending = extension.length <= LONGEST_EXTENSION ? extension : '';
  return `${cut(stem.replace(/^[._]+/, ''), LONGEST_NAME) || 'file'}${ending}`;
}
