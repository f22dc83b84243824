import { rawOf, withText } from '#channels/bounds';
import { UnreadableWebhookError } from '#channels/errors';
import { defined, fieldsOf, isObject, rowOf } from '#channels/fields';
import type { Received } from '#channels/inbound';
import type { PersonIds } from '#channels/terms';
import type { Content } from '#domain/message';
import { chatIdOf, messageIdOf, personId, profileIdOf } from './ids.ts';
import { MESSAGES, UNKNOWN } from './kinds.ts';

/** https://developers.avito.ru/api-catalog/messenger/documentation#operation/postWebhookV3 */
interface Message {
  readonly id: string;
  readonly chat_id: string;
  readonly chat_type: string;
  readonly user_id: number;
  readonly author_id: number;
  readonly item_id: number | null;
  readonly created: number;
  readonly type: string;
  readonly content: unknown;
}

// The last second that a `Date` can be.
const LAST_SECOND = 8.64e12;

/**
 * What a webhook reports, in Konvert's words. `account` is the channel's, if it is known. Throws `UnreadableWebhookError`
 * for a body that cannot be Avito's.
 */
export function mapWebhook(body: unknown, account?: string): Received[] {
  if (!isObject(body) || !isObject(body.payload)) throw new UnreadableWebhookError('payload');
  const { type, value } = body.payload;
  if (type !== 'message') return [ignored('unknown-payload')];
  if (!isObject(value)) throw new UnreadableWebhookError('payload.value');
  return [receive(value, account)];
}

function receive(value: Readonly<Record<string, unknown>>, account: string | undefined): Received {
  const message = fieldsOf<Message>(value);
  const [chatId, providerId] = [chatIdOf(message.chat_id), messageIdOf(message.id)];
  const [user, author] = [profileIdOf(message.user_id), profileIdOf(message.author_id)];
  if (chatId === undefined) return ignored('no-chat-id');
  if (providerId === undefined) return ignored('no-message-id');
  // The chat belongs to another account, so a reply from this one would not reach it.
  if (account !== undefined && user !== undefined && user !== account) return ignored('other-account');
  if (message.type === 'deleted') return { kind: 'deletion', ids: [personId(chatId)], providerId };
  const { content, opens } = readContent(value);
  const place = { providerId, ...defined({ time: timeOf(message.created) }), content };
  const isOwn = author !== undefined && author === (account ?? user);
  // A bot is no member of the team, whichever account it writes by.
  if (isOwn && content.type !== 'system') {
    return { kind: 'echo', ids: [personId(chatId)], ...place, opens: false, author: {} };
  }
  return {
    kind: 'client',
    ids: idsOf(chatId, content, isOwn ? undefined : author),
    ...place,
    opens,
    author: defined({ id: author }),
  };
}

/** A person has a chat for each listing, and one profile in all of them. A bot of Avito's is no person. */
function idsOf(chatId: string, { type }: Content, author: string | undefined): PersonIds {
  return [personId(chatId), ...(author !== undefined && type !== 'system' ? [personId(author)] : [])];
}

function readContent(message: Readonly<Record<string, unknown>>): { content: Content; opens: boolean } {
  const { type: name, content: given, chat_type, item_id } = fieldsOf<Message>(message);
  const known = rowOf(MESSAGES, name);
  const part = known?.read(fieldsOf<Record<string, unknown>>(given) as Record<string, unknown>);
  // Nothing of it could be read, so that all of it is kept.
  const kind = known && part ? known : { ...UNKNOWN, kind: wordOf(name) };
  const { text = '', rest, ...parts } = part ?? { rest: given };
  const raw = rawOf(defined({ chat_type: bounded(chat_type), item_id: bounded(item_id), content: emptyless(rest) }));
  const content = { ...defined({ kind: kind.kind }), type: kind.type, ...parts, ...defined({ raw }) };
  return { content: withText(content as Omit<Content, 'text'>, text) as Content, opens: kind.opens };
}

/** An item that is left out on purpose. `reason` names its kind, never what it says. */
function ignored(reason: string): Received {
  return { kind: 'ignored', reason };
}

function wordOf(value: unknown): string | undefined {
  return typeof value === 'string' && /^\w{1,64}$/.test(value) ? value : undefined;
}

function bounded(value: unknown): string | number | undefined {
  return Number.isSafeInteger(value) ? (value as number) : wordOf(value);
}

function emptyless(value: unknown): unknown {
  const isEmpty = value === null || (typeof value === 'object' && Object.keys(value ?? {}).length === 0);
  return isEmpty ? undefined : value;
}

function timeOf(seconds: unknown): number | undefined {
  const isTime = Number.isSafeInteger(seconds) && (seconds as number) > 0 && (seconds as number) <= LAST_SECOND;
  return isTime ? (seconds as number) * 1000 : undefined;
}
