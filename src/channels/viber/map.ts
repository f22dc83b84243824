import { MAX_NAME_LENGTH, rawOf, withText } from '#channels/bounds';
import { UnreadableWebhookError } from '#channels/errors';
import { defined, fieldsOf, isObject, rowOf, stringOf } from '#channels/fields';
import type { Received } from '#channels/inbound';
import { cut } from '#domain/cut';
import type { Content, PersonId, Profile } from '#domain/message';
import { visibleName } from '#domain/profile';
import { failureOf } from './errors.ts';
import { userIdOf } from './ids.ts';
import { EVENTS, MESSAGES, UNKNOWN } from './kinds.ts';
import { numberIn } from './token.ts';

/** https://developers.viber.com/docs/api/rest-bot-api/#callbacks */
interface Event {
  readonly event: string;
  readonly timestamp: number;
  readonly user: unknown;
  readonly user_id: string;
  readonly sender: unknown;
  readonly message: unknown;
  /** The parameter of the link by which the person came. */
  readonly context: string;
  readonly desc: string;
}

/** What is the same in all that is received. */
interface Place {
  readonly event: ReturnType<typeof fieldsOf<Event>>;
  readonly providerId: string;
  readonly time: number | undefined;
  readonly id: PersonId;
  readonly profile: Profile;
}

// The last millisecond that a `Date` can be.
const LAST_MS = 8.64e15;
const LONGEST_REFERRAL = 256;
const LONGEST_REASON = 500;
const STATUS_OF = { delivered: 'delivered', seen: 'read', failed: 'failed' } as const;

/**
 * What a webhook reports, in Konvert's words. `text` is the body as it came, for tokens of 64 bits. Throws
 * `UnreadableWebhookError` for a body that cannot be Viber's.
 */
export function mapWebhook(body: unknown, text: string): Received[] {
  if (!isObject(body) || typeof body.event !== 'string') throw new UnreadableWebhookError('event');
  return [receive(body, text)];
}

function receive(body: Readonly<Record<string, unknown>>, text: string): Received {
  const event = fieldsOf<Event>(body);
  const kind = rowOf(EVENTS, event.event);
  if (kind === undefined) return ignored('unknown-event');
  if (kind === 'ignored') return ignored(stringOf(event.event));
  const person = fieldsOf<{ id: string; name: string }>(event.sender ?? event.user);
  const id = userIdOf(person.id ?? event.user_id);
  const providerId = numberIn(text, 'message_token');
  if (id === undefined) return ignored('no-person');
  if (providerId === undefined) return ignored('no-message-token');
  const place: Place = { event, providerId, time: timeOf(event.timestamp), id, profile: profileOf(person.name) };
  switch (kind) {
    case 'message':
      return receiveMessage(place);
    case 'notice':
      return receiveNotice(place);
    case 'receipt':
      return receiveReceipt(place);
    default:
      return kind satisfies never;
  }
}

function receiveMessage({ event, providerId, time, id, profile }: Place): Received {
  if (!isObject(event.message)) return ignored('no-message');
  const { content, opens } = readContent(event.message);
  return { kind: 'client', ids: [id], providerId, ...defined({ time }), opens, author: authorOf(id, profile), content };
}

/** A person came, is there or has gone. Nobody waits for an answer yet. */
function receiveNotice({ event, providerId, time, id, profile }: Place): Received {
  const referral = stringOf(event.context) === '' ? undefined : cut(stringOf(event.context), LONGEST_REFERRAL);
  const content: Content = { type: 'system', kind: stringOf(event.event), ...defined({ referral }) };
  const about = { ids: [id], providerId, ...defined({ time }), author: authorOf(id, profile), content } as const;
  return { kind: 'client', opens: false, ...about };
}

function receiveReceipt({ event, providerId, time, id }: Place): Received {
  const status = STATUS_OF[event.event as keyof typeof STATUS_OF];
  if (time === undefined) return ignored('no-time');
  const error = failureOf(cut(stringOf(event.desc), LONGEST_REASON));
  return { kind: 'receipt', of: { providerId }, ids: [id], time, status, ...(status === 'failed' && { error }) };
}

function readContent(message: Readonly<Record<string, unknown>>): { content: Content; opens: boolean } {
  const known = rowOf(MESSAGES, message.type);
  const part = known?.read(message);
  // Nothing of it could be read, so that all of it is kept.
  const kind = known && part ? known : { ...UNKNOWN, kind: wordOf(message.type) };
  const { tracking_data: _tracking, ...whole } = message;
  const { text = '', rest, ...parts } = part ?? { rest: whole };
  const raw = rawOf(isObject(rest) ? rest : {});
  const content = { ...defined({ kind: kind.kind }), type: kind.type, ...parts, ...defined({ raw }) };
  return { content: withText(content as Omit<Content, 'text'>, text) as Content, opens: kind.opens };
}

function authorOf({ chatId }: PersonId, profile: Profile) {
  return { id: chatId, ...profile };
}

/** Viber calls people without a name `Subscriber`. */
function profileOf(name: unknown): Profile {
  const visible = visibleName(stringOf(name).slice(0, 1024));
  return visible === undefined ? {} : { name: cut(visible, MAX_NAME_LENGTH) };
}

/** An item that is left out on purpose. `reason` names its kind, never what it says. */
function ignored(reason: string): Received {
  return { kind: 'ignored', reason };
}

function wordOf(value: unknown): string | undefined {
  return typeof value === 'string' && /^\w{1,64}$/.test(value) ? value : undefined;
}

function timeOf(value: unknown): number | undefined {
  const isTime = Number.isSafeInteger(value) && (value as number) > 0 && (value as number) <= LAST_MS;
  return isTime ? (value as number) : undefined;
}
