import type { LinkedMessage, MarkupElement, MessageBody } from '@maxhub/max-bot-api/types';
import { rawOf, withText } from '#channels/bounds';
import { type Claimed, defined, fieldsOf, isObject, lines, listOf, rowOf, stringOf, wholeOf } from '#channels/fields';
import { cut } from '#domain/cut';
import { type Content, type ContentType, type Forwarded, QUOTE_LENGTH, type Quoted } from '#domain/message';
import { isMessageId, timeOfMessage } from './ids.ts';
import { ATTACHMENTS, UNKNOWN } from './kinds.ts';
import type { Part } from './parts.ts';
import { toProfile } from './people.ts';
import { type MaxMessage, userSchema } from './schema.ts';

/** The content of a message, and whether it makes the chat unanswered if the client wrote it (U6). */
export interface ReadContent {
  readonly content: Content;
  readonly opens: boolean;
}

/** What a body says. `left` is stored nowhere else. */
interface Said {
  readonly type: ContentType;
  readonly kind?: string;
  readonly opens: boolean;
  readonly text: string;
  readonly parts: Pick<Content, 'media' | 'furtherMedia' | 'location' | 'vcards'>;
  readonly left: readonly unknown[];
}

/** More attachments than MAX takes: https://dev.max.ru/docs-api/methods/POST/messages */
const MOST_ATTACHMENTS = 50;
const MOST_VCARDS = 20;
const MAX_ORIGIN_LENGTH = 512;
const MOST_LINKS = 100;

/** Reads a message of any kind. `personId`: whose dialog it is in. */
export function readContent(message: MaxMessage, personId: string): ReadContent {
  const link = fieldsOf<LinkedMessage>(message.link);
  const authorId = message.sender === undefined ? undefined : String(message.sender.user_id);
  const own = readBody(message.body, authorId);
  const isForward = link.type === 'forward';
  const forwarded = isForward ? readBody(link.message, undefined) : undefined;
  // A message that was passed on is what the other one is.
  const said = forwarded && isEmpty(own) ? forwarded : own;
  const text = forwarded && said === own ? lines(own.text, forwarded.text) : said.text;
  const content = {
    type: said.type,
    ...defined({ kind: said.kind }),
    ...said.parts,
    ...(isForward && { forwarded: originOf(link) }),
    ...defined({ quoted: link.type === 'reply' ? quotedOf(link, personId) : undefined }),
    ...defined({ raw: rawOf(keptOf(message, said.left)) }),
  };
  return { content: withText(content, text), opens: said.opens };
}

/** The text of a body, and the kind of its attachments. The first that is more than a decoration decides. */
function readBody(value: unknown, authorId: string | undefined): Said {
  const { text, attachments, markup } = fieldsOf<MessageBody>(value);
  const all = (Array.isArray(attachments) ? attachments.slice(0, MOST_ATTACHMENTS) : []).filter(isObject);
  const read = all.map((attachment) => {
    const row = rowOf(ATTACHMENTS, attachment.type);
    const part: Part = row ? row.read(attachment, authorId) : { rest: attachment };
    return { row, part, name: wordOf(attachment.type) };
  });
  const words = withLinks(stringOf(text), markup);
  const main = read.find(({ row }) => !row?.beside) ?? (words === '' ? read[0] : undefined);
  const [media, ...further] = read.flatMap(({ part }) => part.media ?? []);
  const location = read.find(({ part }) => part.location)?.part.location;
  const vcards = read.flatMap(({ part }) => part.vcards ?? []).slice(0, MOST_VCARDS);
  return {
    ...kindOf(main, words),
    text: lines(
      words,
      read.map(({ part }) => part.text).filter((said) => said !== undefined && !words.includes(said)),
    ),
    parts: {
      ...(media && { media }),
      ...(further.length > 0 && { furtherMedia: further }),
      ...(location && { location }),
      ...(vcards.length > 0 && { vcards }),
    },
    left: read.flatMap(({ part, name }) => (isNothing(part.rest) ? [] : [{ type: name, rest: part.rest }])),
  };
}

function kindOf(
  main: { readonly row: (typeof ATTACHMENTS)[string] | undefined; readonly name: string } | undefined,
  words: string,
): Pick<Said, 'type' | 'kind' | 'opens'> {
  if (!main) return words === '' ? UNKNOWN : { type: 'text', opens: true };
  const { row, name } = main;
  if (!row) return { ...UNKNOWN, ...(name && { kind: name }) };
  return { type: row.type, opens: row.opens, ...(row.kind !== undefined && { kind: row.kind }) };
}

/** A reader of the text alone sees where its links lead. */
function withLinks(text: string, markup: unknown): string {
  const links = listOf(markup)
    .map((element) => fieldsOf<MarkupElement & { url: string }>(element))
    .filter(({ type }) => type === 'link')
    .flatMap(({ from, length, url }) => {
      const end = (wholeOf(from) ?? -1) + (wholeOf(length) ?? -1);
      const isUsable = typeof url === 'string' && url.length <= 2048 && end >= 0 && end <= text.length;
      return isUsable && !text.includes(url) ? [{ end, url }] : [];
    })
    .slice(0, MOST_LINKS)
    .toSorted((one, other) => other.end - one.end);
  return links.reduce((said, { end, url }) => `${said.slice(0, end)} (${url})${said.slice(end)}`, text);
}

/** Who said first what was passed on. */
function originOf({ sender }: Claimed<LinkedMessage>): Forwarded {
  const user = userSchema.safeParse(sender).data;
  const { name, username } = user ? toProfile(user) : {};
  const from = name ?? (username === undefined ? undefined : `@${username}`);
  return defined({ from: from === undefined ? undefined : cut(from, MAX_ORIGIN_LENGTH) });
}

/** The message that it answers. */
function quotedOf({ sender, message }: Claimed<LinkedMessage>, personId: string): Quoted | undefined {
  const { mid } = fieldsOf<MessageBody>(message);
  const providerId = typeof mid === 'string' && isMessageId(mid) ? mid : undefined;
  const user = userSchema.safeParse(sender).data;
  const isClients = user !== undefined && String(user.user_id) === personId;
  const { type, kind, text } = readBody(message, undefined);
  const quoted = defined({
    providerId,
    time: isClients && providerId !== undefined ? timeOfMessage(providerId) : undefined,
    type: type === 'unknown' ? undefined : type,
    kind: type === 'unknown' ? undefined : kind,
    text: text === '' ? undefined : cut(text, QUOTE_LENGTH),
    authorName: user && toProfile(user).name,
  });
  return Object.keys(quoted).length > 0 ? quoted : undefined;
}

/** What has no field: of the message and of its body what is unknown, and what the attachments left. */
function keptOf(message: MaxMessage, left: readonly unknown[]): Record<string, unknown> {
  const { sender: _sender, recipient: _recipient, timestamp: _time, body, link: _link, stat, url, ...others } = message;
  const {
    mid: _mid,
    seq: _seq,
    text: _text,
    attachments: _attachments,
    markup,
    ...inBody
  } = fieldsOf<MessageBody>(body) as Record<string, unknown>;
  return defined({
    ...others,
    ...inBody,
    stat: stat ?? undefined,
    url: url ?? undefined,
    markup: isNothing(markup) ? undefined : markup,
    attachments: left.length > 0 ? left : undefined,
  }) as Record<string, unknown>;
}

function isEmpty({ type, kind, text }: Said): boolean {
  return type === 'unknown' && kind === undefined && text === '';
}

function isNothing(value: unknown): boolean {
  return value === undefined || value === null || (typeof value === 'object' && Object.keys(value).length === 0);
}

/** A word of MAX's, such as that of a kind. Empty if it is none. */
function wordOf(value: unknown): string {
  return typeof value === 'string' && /^\w{1,64}$/.test(value) ? value : '';
}
