import { defined, fieldsOf, isObject, stringOf } from '#channels/fields';
import type { BodyContext, Received } from '#channels/inbound';
import type { Dialect } from './dialect.ts';
import { type Entry, entriesOf } from './envelope.ts';
import { idIn, objectIdOf, personOf, timeOf } from './ids.ts';
import { EVENTS, type Event, UNKNOWN_EVENT } from './kinds.ts';
import { readDelivery, readNotice, readPolicy, readRead } from './notices.ts';
import type { Place } from './place.ts';
import { readEdit, readMessage, readPostback, readReaction } from './said.ts';

/** The fields of an item that say who, when and where. All others say what. */
const ENVELOPE: ReadonlySet<string> = new Set([
  'sender',
  'recipient',
  'timestamp',
  'hop_context',
  'is_standby',
  'priority',
]);

/**
 * What a webhook of a page or of an account of Instagram reports, an entry for each item in it. An item that cannot be
 * read loses no other. Throws `UnreadableWebhookError` for a body that cannot be Meta's.
 */
export function mapMessaging(dialect: Dialect, body: unknown, { identity }: BodyContext): Received[] {
  const entries = entriesOf(body, dialect.object);
  if (!entries) return [ignored('other-product')];
  return entries.flatMap((entry) => {
    const received = [
      ...entry.messaging.flatMap((item) => receive(dialect, entry, item, identity)),
      ...entry.standby.flatMap((item) => receive(dialect, entry, item, identity, true)),
      // Comments and the like, and what a click on "Test" in the dashboard sends.
      ...entry.changes.map(({ field }) => ignored(/^\w{1,64}$/.test(field) ? `field-${field}` : 'field')),
    ];
    return received.length > 0 ? received : [ignored('nothing-known')];
  });
}

function receive(dialect: Dialect, entry: Entry, value: unknown, identity?: string, standby?: true): Received[] {
  if (!isObject(value)) return [ignored('unreadable-item')];
  const name = nameOf(value);
  if (name === undefined) return [ignored('empty-item')];
  const event = Object.hasOwn(EVENTS, name) ? (EVENTS[name] as Event) : UNKNOWN_EVENT;
  if (event.is === 'ignored') return [ignored(name)];
  const place = placeOf(dialect, entry, value, name, identity, standby);
  return RECEIVE[event.is](place, event);
}

const RECEIVE: Readonly<Record<Event['is'], (place: Place, event: Event) => Received[]>> = {
  message: readMessage,
  postback: readPostback,
  edit: readEdit,
  reaction: readReaction,
  read: readRead,
  delivery: readDelivery,
  notice: readNotice,
  policy: readPolicy,
  ignored: (place) => [ignored(place.name)],
};

/** The field that says what the item is: the first one that is known, else the first at all. */
function nameOf(item: Readonly<Record<string, unknown>>): string | undefined {
  const names = Object.keys(item).filter((name) => !ENVELOPE.has(name) && item[name] !== null);
  return names.find((name) => Object.hasOwn(EVENTS, name)) ?? names[0];
}

/**
 * Who the item is about. The team's are told by the field `is_echo`, or by the sender, which is the account itself:
 * https://github.com/chatwoot/chatwoot/issues/7078. The id of the entry is the client's in some postbacks.
 */
function placeOf(
  { chatType, inboxes }: Dialect,
  entry: Entry,
  item: Readonly<Record<string, unknown>>,
  name: string,
  identity: string | undefined,
  standby: true | undefined,
): Place {
  const [sender, recipient] = [idIn(item.sender), idIn(item.recipient)];
  const fields = fieldsOf<Record<string, unknown>>(item[name]);
  const isAccounts = sender !== undefined && (sender === identity || (sender === entry.id && name !== 'postback'));
  const isOwn = fields.is_echo === true || isAccounts;
  const [account, client] = isOwn ? [sender, recipient] : [recipient, sender];
  return {
    name,
    item,
    fields,
    isOwn,
    inboxes,
    ...defined({
      account: account ?? objectIdOf(entry.id),
      ids: client === undefined ? undefined : personOf(chatType, client),
      time: timeOf(item.timestamp) ?? timeOf(entry.time),
      standby,
    }),
  };
}

function ignored(reason: string): Received {
  return {
    kind: 'ignored',
    reason:
      stringOf(reason)
        .replaceAll(/[^\w-]/g, '')
        .slice(0, 80) || 'unnamed',
  };
}
