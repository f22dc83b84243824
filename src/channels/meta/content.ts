import { pressedOf, rawOf, withText } from '#channels/bounds';
import { defined, fieldsOf, isObject, labelled, lines, listOf, rowOf, stringOf, writtenOf } from '#channels/fields';
import { cut } from '#domain/cut';
import type { Content, Media } from '#domain/message';
import { type Attachment, fileIdOf, type Part } from './attachments.ts';
import { messageIdOf, objectIdOf } from './ids.ts';
import { ATTACHMENTS, type AttachmentKind, UNKNOWN_ATTACHMENT } from './kinds.ts';

/** The content of a message, and whether it makes the chat unanswered if the client wrote it (U6). */
export interface ReadContent {
  readonly content: Content;
  readonly opens: boolean;
}

/** A message of any kind, with its fields as they came. */
export type MetaMessage = Readonly<Record<string, unknown>>;

/** An attachment as it was read. */
interface Read extends Part {
  readonly name: string;
  readonly kind: AttachmentKind;
}

interface Referral {
  readonly ref: unknown;
  readonly ad_id: unknown;
  readonly ads_context_data: unknown;
  readonly product: unknown;
}

/** Of these fields, content and envelope have everything. */
const STORED: ReadonlySet<string> = new Set([
  ...['mid', 'text', 'attachments', 'quick_reply', 'is_echo', 'is_unsupported', 'app_id', 'metadata', 'seq'],
  // Guesses of Meta's own at what was meant. They are long, and nobody asked for them.
  ...['nlp', 'traits'],
]);

const LONGEST_REFERRAL = 256;
const LINE = 256;
/** One message has 30 pictures at most. More would not fit into an item. */
const MOST_FILES = 100;

/** Reads a message of any kind, of a client or of the team. */
export function readContent(message: MetaMessage): ReadContent {
  const said = stringOf(message.text);
  const parts = distinct(listOf(message.attachments).filter(isObject)).map((one) => readAttachment(one, said));
  const main = parts.find(({ media }) => media) ?? parts[0];
  const pressed = pressedOf(fieldsOf<{ payload: unknown }>(message.quick_reply).payload);
  const story = storyOf(message.reply_to);
  const files = [...parts.flatMap(({ media }) => media ?? []), ...story.files].slice(0, MOST_FILES);
  const [media, ...furtherMedia] = files;
  const content = {
    ...kindOf(message, main, said, pressed),
    ...(media && { media }),
    ...(furtherMedia.length > 0 && { furtherMedia }),
    ...defined({ location: parts.find(({ location }) => location)?.location }),
    ...story.quote,
    ...pressed,
    ...defined({ referral: referralOf(message.referral) }),
    ...defined({ raw: rawOf(kept(message, parts)) }),
  } as Omit<Content, 'text'>;
  const text = lines(
    said,
    parts.map((part) => part.text ?? ''),
    adText(message.referral),
  );
  return { content: withText(content, text), opens: main?.kind.opens ?? true };
}

/** The parameter of the link, or the advertisement, that the person came by. */
export function referralOf(value: unknown): string | undefined {
  const { ref, ad_id } = fieldsOf<Referral>(value);
  const referral = stringOf(ref) || (objectIdOf(ad_id) ?? '');
  return referral === '' ? undefined : cut(referral, LONGEST_REFERRAL);
}

/** What a person reads of the advertisement, or the product, that the client came by. */
export function adText(value: unknown): string {
  const { ads_context_data, product } = fieldsOf<Referral>(value);
  const { ad_title } = fieldsOf<{ ad_title: unknown }>(ads_context_data);
  const { id } = fieldsOf<{ id: unknown }>(product);
  return lines(
    labelled('Ad', cut(stringOf(ad_title), LINE)),
    labelled('Product', cut(objectIdOf(id) ?? stringOf(id), LINE)),
  );
}

function kindOf(message: MetaMessage, main: Read | undefined, said: string, pressed: Pick<Content, 'pressed'>) {
  if (main) {
    const { type, kind } = main.kind;
    // What is left of an unknown attachment is its file and its name.
    const name = main.kind === UNKNOWN_ATTACHMENT ? main.name || undefined : kind;
    // Words say more than a link that repeats them.
    const isText = main.isText || (type === 'text' && said !== '' && kind === 'link');
    return { type: isText ? ('text' as const) : type, ...defined({ kind: name }) };
  }
  // Such as a video in several parts, which the API does not hand over: https://github.com/chatwoot/chatwoot/issues/4100
  if (message.is_unsupported === true) return { type: 'unsupported' as const };
  if (said === '') return { type: 'unknown' as const };
  return { type: 'text' as const, ...(pressed.pressed !== undefined && { kind: 'button' }) };
}

function readAttachment(attachment: Attachment, said: string): Read {
  const name = typeof attachment.type === 'string' && /^\w{1,64}$/.test(attachment.type) ? attachment.type : '';
  const kind = rowOf(ATTACHMENTS, name) ?? UNKNOWN_ATTACHMENT;
  return { ...kind.read(attachment, said), name, kind };
}

/** A sticker comes twice, as a picture and as a sticker, until all have moved to the latter (August 2026). */
function distinct(attachments: readonly Attachment[]): Attachment[] {
  const stickerOf = ({ payload }: Attachment) => writtenOf(fieldsOf<{ sticker_id: unknown }>(payload).sticker_id);
  const stickers = new Set(attachments.filter(({ type }) => type === 'sticker').map(stickerOf));
  return attachments.filter(({ type, ...one }) => type === 'sticker' || !stickers.has(stickerOf(one)));
}

/** What the client answers: a message, or a story of the account with its file. */
function storyOf(value: unknown): { readonly quote: Pick<Content, 'quoted'>; readonly files: readonly Media[] } {
  const { mid, story } = fieldsOf<{ mid: unknown; story: unknown }>(value);
  const providerId = messageIdOf(mid);
  if (isObject(story)) {
    const fileId = fileIdOf(stringOf(story.url));
    return { quote: { quoted: { kind: 'story' } }, files: fileId === undefined ? [] : [{ fileId }] };
  }
  return { quote: providerId === undefined ? {} : { quoted: { providerId } }, files: [] };
}

/** What has no field: of the envelope what is not stored whole, and the rest of each attachment. */
function kept(message: MetaMessage, parts: readonly Read[]): Record<string, unknown> {
  const { reply_to, ...fields } = message;
  const { mid: _mid, story, ...reply } = fieldsOf<Record<string, unknown>>(reply_to);
  const storyId = fieldsOf<{ id: unknown }>(story).id;
  const rests = parts.map(({ name, rest = {} }) => ({ type: name, ...rest }));
  const answered = defined({ ...reply, ...(storyId !== undefined && { story: { id: storyId } }) });
  return {
    ...Object.fromEntries(Object.entries(fields).filter(([field]) => !STORED.has(field))),
    ...(Object.keys(answered).length > 0 && { reply_to: answered }),
    ...(rests.some((rest) => Object.keys(rest).length > 1) && { attachments: rests }),
  };
}
