import { pressedOf, rawOf, withText } from '#channels/bounds';
import { defined, fieldsOf, isObject, lines, listOf, stringOf } from '#channels/fields';
import { cut } from '#domain/cut';
import type { Content, Media } from '#domain/message';
import { readForwarded } from './forwarded.ts';
import { ATTACHMENTS, type MessageKind, NOTICE, PLAIN, UNKNOWN } from './kinds.ts';
import type { Part } from './parts.ts';
import { readPressed } from './pressed.ts';
import { toQuoted } from './quotes.ts';
import { plainText } from './text.ts';

/** A message with its fields as they came: https://dev.vk.com/ru/reference/objects/message */
export type VkMessage = Readonly<Record<string, unknown>>;

/** The content of a message, and whether it makes the chat unanswered if the client wrote it (U6). */
export interface ReadContent {
  readonly content: Content;
  readonly opens: boolean;
}

interface Attachment {
  readonly name: string;
  readonly kind: MessageKind;
  /** Undefined if it could not be read. */
  readonly part: Part | undefined;
  readonly value: unknown;
}

/** Of these fields, content and envelope have everything. */
const STORED: ReadonlySet<string> = new Set([
  'admin_author_id',
  'attachments',
  'conversation_message_id',
  'date',
  'from_id',
  'fwd_messages',
  'geo',
  'id',
  'important',
  'is_hidden',
  'out',
  'payload',
  'peer_id',
  'random_id',
  'ref',
  'reply_message',
  'text',
  'update_time',
  'version',
]);

/** VK allows ten, and what is forwarded may have more. */
const MOST_MEDIA = 30;
const LONGEST_REFERRAL = 256;

/** Reads a message of any kind, of a client or of the team. */
export function readContent(message: VkMessage): ReadContent {
  const action = isObject(message.action) ? stringOf(message.action.type) : '';
  const attachments = attachmentsOf(message);
  const text = plainText(message.text);
  const place = PLAIN[0]?.read?.(message.geo);
  const decides = attachments.find(({ name }) => name !== 'link' || text === '');
  const plain = PLAIN.find(({ field }) => isThere(message[field]));
  const kind = action !== '' ? { ...NOTICE, kind: action } : (decides?.kind ?? plain ?? UNKNOWN);
  const { text: _said, opens = kind.opens, ...part } = decides?.part ?? {};
  const forwarded = readForwarded(message.fwd_messages);
  const files = [...attachments.flatMap(({ part }) => part?.media ?? []), ...forwarded.media].slice(0, MOST_MEDIA);
  const content = {
    ...defined({ kind: kindName(kind, decides) }),
    type: kind.type,
    ...part,
    ...place,
    ...filesOf(files),
    ...defined({ quoted: toQuoted(message.reply_message), forwarded: text === '' ? forwarded.origin : undefined }),
    ...pressedIn(message.payload),
    ...defined({ referral: cut(stringOf(message.ref), LONGEST_REFERRAL) || undefined }),
    ...defined({ raw: rawOf(kept(message, attachments, place === undefined)) }),
  };
  const said = attachments.map(({ name, part }) => saidBy(name, part, text));
  return { content: withText(content as Omit<Content, 'text'>, lines(text, said, forwarded.text)), opens };
}

function attachmentsOf({ attachments }: VkMessage): Attachment[] {
  return listOf(attachments).map((attachment) => {
    const fields = fieldsOf<Record<string, unknown>>(attachment) as Record<string, unknown>;
    const name = stringOf(fields.type);
    const known = Object.hasOwn(ATTACHMENTS, name) ? ATTACHMENTS[name] : undefined;
    const value = fields[name];
    const part = known?.read?.(value);
    // What could not be read is shown as what it is called, and kept.
    const isRead = known !== undefined && (known.read === undefined || part !== undefined);
    return { name, kind: isRead ? known : UNKNOWN, part, value };
  });
}

function kindName({ kind, type }: MessageKind, decides: Attachment | undefined): string | undefined {
  return type === 'unknown' ? cut(decides?.name ?? '', 64) || undefined : kind;
}

function filesOf([media, ...furtherMedia]: readonly Media[]): Pick<Content, 'media' | 'furtherMedia'> {
  return { ...(media && { media }), ...(furtherMedia.length > 0 && { furtherMedia }) };
}

/** The preview that VK makes of a link in the text says nothing more than the link. */
function saidBy(name: string, part: Part | undefined, text: string): string {
  const said = part?.text ?? '';
  const address = said.split('\n').at(-1) ?? '';
  return name === 'link' && text.includes(address.replace(/^https?:\/\//, '').replace(/\/$/, '')) ? '' : said;
}

function pressedIn(payload: unknown): Pick<Content, 'pressed'> {
  return pressedOf(readPressed(payload)?.gives);
}

function isThere(value: unknown): boolean {
  return Array.isArray(value) ? value.length > 0 : ![undefined, null, false, ''].includes(value as never);
}

/** What has no field: the rest of the envelope, and attachments that could not be read. */
function kept(message: VkMessage, attachments: readonly Attachment[], isPlaceUnread: boolean): Record<string, unknown> {
  const isKept = (field: string) => !STORED.has(field) || (field === 'geo' && isPlaceUnread);
  const envelope = Object.entries(message).filter(([field, value]) => isKept(field) && isThere(value));
  const unread = attachments.filter(({ part }) => part === undefined).map(({ name, value }) => ({ [name]: value }));
  return { ...Object.fromEntries(envelope), ...(unread.length > 0 && { attachments: unread }) };
}
