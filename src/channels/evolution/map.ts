import { UnreadableWebhookError } from '#channels/errors';
import { fieldsOf, isObject, listOf } from '#channels/fields';
import type { Received } from '#channels/inbound';
import { receiveCall } from './calls.ts';
import { receiveDeletion, receiveEdit, receiveUpdate } from './changes.ts';
import { EVENTS, type EventKind } from './kinds.ts';
import { receiveConnection, receiveLogout, receiveQr } from './link.ts';
import { dateTimeOf } from './numbers.ts';
import { ignored } from './people.ts';
import { receiveMessage } from './said.ts';

/** A webhook of the bridge. It has the key of the instance as well, which nobody reads. */
interface Webhook {
  readonly event: unknown;
  readonly data: unknown;
  readonly date_time: unknown;
  readonly sender: unknown;
}

/** What stands around an item. */
interface Around {
  /** The address of the channel's own phone, if the bridge tells it. */
  readonly own: string | undefined;
  readonly time: number | undefined;
}

const RECEIVE: Readonly<Record<Exclude<EventKind, 'ignored'>, (item: unknown, around: Around) => readonly Received[]>> =
  {
    message: (item, { own }) => receiveMessage(item, { own }),
    sent: (item, { own }) => receiveMessage(item, { own, isSent: true }),
    history: (item, { own }) => receiveMessage(item, { own, history: true }),
    update: (item, { own, time }) => [receiveUpdate(item, own, time)],
    edit: (item, { own }) => [receiveEdit(item, own)],
    deletion: (item, { own }) => [receiveDeletion(item, own)],
    call: (item, { own }) => [receiveCall(item, own)],
    connection: (item, { time }) => [receiveConnection(item, time)],
    qr: (item, { time }) => [receiveQr(item, time)],
    logout: (_item, { time }) => [receiveLogout(time)],
  };

/**
 * What a webhook reports, in Konvert's words: one entry for each thing in it. An item that cannot be read loses no other.
 * Throws `UnreadableWebhookError` for a body that cannot be the bridge's.
 */
export function mapWebhook(body: unknown): Received[] {
  if (!isObject(body)) throw new UnreadableWebhookError('no JSON object');
  const { event, data, date_time, sender } = fieldsOf<Webhook>(body);
  if (typeof event !== 'string') throw new UnreadableWebhookError('no event');
  const kind = Object.hasOwn(EVENTS, event) ? EVENTS[event] : undefined;
  if (kind === undefined) return [ignored('unknown-event')];
  if (kind === 'ignored') return [ignored(event.replaceAll('.', '-'))];
  const around = { own: typeof sender === 'string' ? sender : undefined, time: dateTimeOf(date_time) };
  const received = (Array.isArray(data) ? listOf(data) : [data]).flatMap((item) => RECEIVE[kind](item, around));
  return received.length > 0 ? received : [ignored('nothing-in-it')];
}
