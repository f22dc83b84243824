import { type FileKind, factsOf } from '../../core/messengers.ts';

/** What a messenger would not take. `most` is in bytes. */
export type Refusal =
  | { readonly why: 'too-large'; readonly most: number }
  | { readonly why: 'empty' }
  | { readonly why: 'type' };

const MB = 1024 * 1024;

/** Konvert itself takes no larger upload. */
const MOST_UPLOAD = 50 * MB;
/** Those that Konvert sends as what they are. All others go as documents: `src/media/file-type.ts`. */
const SHOWN = /^(image)\/(?:jpe?g|png|gif|webp)$|^(audio|video)\//;

/** Why a channel of that transport would not take a file; undefined if it would. It is said before the upload. */
export function refusalOf(
  transport: string | undefined,
  { size, type }: Pick<File, 'size' | 'type'>,
): Refusal | undefined {
  if (size === 0) return { why: 'empty' };
  const plainType = type.toLowerCase().split(';', 1)[0]!.trim();
  const [, image, other] = SHOWN.exec(plainType) ?? [];
  const { mb, types } = factsOf(transport).files?.[(image ?? other ?? 'document') as FileKind] ?? {};
  if (types !== undefined && !types.split(' ').includes(plainType.replace(/^\w+\//, ''))) return { why: 'type' };
  const most = Math.min((mb ?? MOST_UPLOAD) * MB, MOST_UPLOAD);
  return size > most ? { why: 'too-large', most } : undefined;
}

/** How many characters have to go from the end of a text until a channel of that transport takes it. */
export function tooMany(transport: string | undefined, text: string): number {
  const { text: most, textIn } = factsOf(transport);
  // A unit is at most three bytes.
  if (text.length * 3 <= most) return 0;
  if (textIn === 'bytes') return tooManyFor(most, text);
  return Math.max(0, (textIn === 'characters' ? [...text] : text).length - most);
}

function tooManyFor(mostBytes: number, text: string): number {
  const utf8 = new TextEncoder();
  let over = utf8.encode(text).length - mostBytes;
  let count = 0;
  for (const characters = [...text]; over > 0; count += 1) over -= utf8.encode(characters.pop()).length;
  return count;
}
