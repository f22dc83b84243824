/** What a messenger would not take. `most` is in bytes. */
export type Refusal =
  | { readonly why: 'too-large'; readonly most: number }
  | { readonly why: 'empty' }
  | { readonly why: 'type' };

const MB = 1024 * 1024;

/** Konvert itself takes no larger upload. */
const MOST_UPLOAD = 50 * MB;

const SOUNDS = ['aac', 'amr', 'mp4', 'mpeg', 'ogg', 'mp3', 'm4a', 'x-m4a', 'opus'].map((name) => `audio/${name}`);

/** https://developers.facebook.com/documentation/business-messaging/whatsapp/business-phone-numbers/media */
const WHATSAPP: Readonly<Record<string, { readonly most: number; readonly types: readonly string[] }>> = {
  image: { most: 5 * MB, types: ['image/jpeg', 'image/png', 'image/jpg'] },
  video: { most: 16 * MB, types: ['video/mp4', 'video/3gpp', 'video/3gp'] },
  audio: { most: 16 * MB, types: SOUNDS },
};

/** The longest text of one message, in UTF-16 units. All messengers that Konvert has agree on it. */
export const MOST_TEXT = 4096;

/** Why a channel of that transport would not take a file; undefined if it would. It is said before the upload. */
export function refusalOf(transport: string, { size, type }: Pick<File, 'size' | 'type'>): Refusal | undefined {
  if (size === 0) return { why: 'empty' };
  const [plainType = ''] = type.split(';', 1);
  const limit = transport === 'wapi' ? WHATSAPP[plainType.split('/', 1)[0] ?? ''] : undefined;
  if (limit && !limit.types.includes(plainType)) return { why: 'type' };
  const most = Math.min(limit?.most ?? MOST_UPLOAD, MOST_UPLOAD);
  return size > most ? { why: 'too-large', most } : undefined;
}
