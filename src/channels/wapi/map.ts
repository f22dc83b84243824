import type { ServerError } from 'whatsapp-api-js/types';
import { fieldsOf, writtenOf } from '#channels/fields';
import type { Received } from '#channels/inbound';
import { type Entry, entriesOf } from '#channels/meta/envelope';
import { type ExactIds, exactIdsIn, receiveAccountUpdate, receiveLimit, receiveTemplate } from './account.ts';
import { receiveCall } from './calls.ts';
import { receiveChunk, receiveFile } from './history.ts';
import { objectIdOf } from './ids.ts';
import { itemsOf } from './items.ts';
import { FIELDS, type FieldKind } from './kinds.ts';
import { receivePreference, receiveUserId } from './notices.ts';
import { wordOf } from './parts.ts';
import { peopleIn } from './people.ts';
import { ignored, receiveEcho, receiveMessage, type Source } from './said.ts';
import { receiveHandover, receiveStandbyEcho } from './standby.ts';
import { receiveStatus } from './statuses.ts';

/** What Meta calls webhooks about WhatsApp. */
const OBJECT = 'whatsapp_business_account';

type Value = Entry['changes'][number]['value'];

/** Everything that the lists of a value can hold. */
interface Lists {
  readonly metadata: unknown;
  readonly contacts: unknown;
  readonly messages: unknown;
  readonly message_echoes: unknown;
  readonly statuses: unknown;
  readonly errors: unknown;
  readonly calls: unknown;
  readonly history: unknown;
  readonly user_preferences: unknown;
  readonly user_id_update: unknown;
}

/** Reads the value of a field. */
type Receive = (value: Value, entry: Entry, exactIds: ExactIds, field: string) => readonly Received[];

const RECEIVE: Readonly<Record<FieldKind, Receive>> = {
  chats: (value) => receiveLists(value, sourceOf(value, value)),
  history: (value) => receiveHistory(value, sourceOf(value, value)),
  standby: (value) => receiveStandby(value),
  handover: (value) => [receiveHandover(value)],
  account: (value, entry) => [receiveAccountUpdate(value, entry)],
  limit: (value, entry) => [receiveLimit(value, entry)],
  template: (value, entry, exactIds) => [receiveTemplate(value, entry, exactIds)],
  ignored: (_value, _entry, _exactIds, field) => [ignored(field)],
};

/**
 * What a webhook reports, in Konvert's words, an entry for each item in it. An item that cannot be read loses no other.
 * Throws `UnreadableWebhookError` for a body that cannot be Meta's.
 */
export function mapWebhook(body: unknown, text: string): Received[] {
  const entries = entriesOf(body, OBJECT);
  if (!entries) return [ignored('other-product')];
  const exactIds = exactIdsIn(text);
  return entries.flatMap((entry) =>
    entry.changes.flatMap(({ field, value }) => {
      const kind = Object.hasOwn(FIELDS, field) ? FIELDS[field] : undefined;
      return kind === undefined ? [ignored('unknown-field')] : RECEIVE[kind](value, entry, exactIds, field);
    }),
  );
}

function receiveLists(value: Value, source: Source): Received[] {
  const { messages, message_echoes, statuses, errors, calls, user_preferences, user_id_update } =
    fieldsOf<Lists>(value);
  const received = [
    ...itemsOf(messages).flatMap((item) => receiveMessage(item, source)),
    ...itemsOf(message_echoes).flatMap((item) => receiveEcho(item, source)),
    ...itemsOf(statuses).map((item) => receiveStatus(item, source)),
    ...itemsOf(calls).map((item) => receiveCall(item, source)),
    ...itemsOf(user_preferences).map((item) => receivePreference(item, source)),
    ...itemsOf(user_id_update).map((item) => receiveUserId(item, source)),
    ...itemsOf(errors).map(receiveError),
  ];
  return received.length > 0 ? received : [ignored('nothing-known')];
}

function receiveHistory(value: Value, source: Source): Received[] {
  const { history, messages, message_echoes } = fieldsOf<Lists>(value);
  return [
    ...itemsOf(history).flatMap((chunk) => receiveChunk(chunk, source)),
    ...itemsOf(messages).flatMap((item) => receiveFile(item, source, receiveMessage)),
    ...itemsOf(message_echoes).flatMap((item) => receiveFile(item, source, receiveEcho)),
  ];
}

/** What another program holds is one level deeper. */
function receiveStandby(value: Value): Received[] {
  const inner = fieldsOf<Lists>(fieldsOf<{ standby: unknown }>(value).standby);
  const { messages, message_echoes, statuses } = inner;
  const source: Source = { ...sourceOf(value, inner), standby: true };
  return [
    ...itemsOf(messages).flatMap((item) => receiveMessage(item, source)),
    ...itemsOf(message_echoes).flatMap((item) => receiveStandbyEcho(item, source)),
    ...itemsOf(statuses).map((item) => receiveStatus(item, source)),
  ];
}

/** An error of the number or the app, about no message. */
function receiveError(error: unknown): Received {
  return ignored(`error-${wordOf(writtenOf(fieldsOf<ServerError>(error).code))}`);
}

/** Where the items of a value are from. `lists` holds them and the people that they are about. */
function sourceOf(value: Value, lists: Value): Source {
  const { metadata } = fieldsOf<Lists>(value);
  const { contacts, messages, message_echoes, statuses, calls } = fieldsOf<Lists>(lists);
  const items = [messages, message_echoes, statuses, calls].reduce<number>(
    (sum, list) => sum + itemsOf(list).length,
    0,
  );
  return {
    account: objectIdOf(fieldsOf<{ phone_number_id: unknown }>(metadata).phone_number_id),
    find: peopleIn(contacts, items === 1),
  };
}
