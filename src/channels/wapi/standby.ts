import { cutText } from '#channels/bounds';
import { fieldsOf, isObject, lines, stringOf } from '#channels/fields';
import type { Received } from '#channels/inbound';
import { idsOf, objectIdOf } from './ids.ts';
import { wordOf } from './parts.ts';
import { ignored, receiveEcho, type Source, someOf } from './said.ts';
import { timeOf } from './times.ts';

/** What a program sent that holds the conversation: what it asked Meta to send, and the template that it used. */
interface StandbyEcho {
  readonly id: unknown;
  readonly timestamp: unknown;
  readonly message: unknown;
  readonly template: unknown;
}

/** https://developers.facebook.com/documentation/business-messaging/whatsapp/webhooks/reference/messaging-handovers */
interface Handover {
  readonly type: unknown;
  readonly timestamp: unknown;
  readonly sender: unknown;
  readonly recipient: unknown;
  readonly control_passed: unknown;
}

interface Passed {
  readonly metadata: string;
  readonly conversation_context: unknown;
}

/**
 * A message of the program that holds the conversation, such as Meta Business Agent.
 * https://developers.facebook.com/documentation/business-messaging/whatsapp/webhooks/reference/standby
 */
export function receiveStandbyEcho(value: unknown, source: Source): Received[] {
  const { id, timestamp, message, template: definition } = fieldsOf<StandbyEcho>(value);
  if (!isObject(message)) return receiveEcho(value, source);
  const { messaging_product: _product, recipient_type: _type, biz_opaque_callback_data: _opaque, ...sent } = message;
  const { context, recipient, template, ...said } = sent;
  const quoted = fieldsOf<{ message_id: unknown }>(context).message_id;
  const echo = {
    ...said,
    id,
    timestamp,
    to_user_id: recipient,
    ...(quoted !== undefined && { context: { id: quoted } }),
    ...(isObject(template) && { template: { ...template, definition } }),
  };
  return receiveEcho(echo, source);
}

/**
 * The program gives the conversation back: from now on the client waits for the team. The other way round nothing has to
 * be done. Meta tells of neither if nobody in particular gets it.
 */
export function receiveHandover(value: unknown): Received {
  const { type, timestamp, sender, recipient, control_passed } = fieldsOf<Handover>(value);
  if (type !== 'control_passed') return ignored(`handover-${wordOf(type)}`);
  const { phone_number, user_id } = fieldsOf<{ phone_number: unknown; user_id: unknown }>(sender);
  const [ids, time] = [someOf(idsOf(phone_number, user_id)), timeOf(timestamp)];
  if (!ids || time === undefined) return ignored('handover-of-nobody');
  const { metadata, conversation_context } = fieldsOf<Passed>(control_passed);
  const { summary } = fieldsOf<{ summary: unknown }>(conversation_context);
  const text = cutText(lines(stringOf(metadata), stringOf(fieldsOf<{ text: string }>(summary).text)));
  const account = objectIdOf(fieldsOf<{ phone_number_id: unknown }>(recipient).phone_number_id);
  return {
    kind: 'client',
    ...(account !== undefined && { account }),
    ids,
    providerId: `control_passed.${time}`,
    time,
    opens: true,
    author: { id: ids[0].chatId },
    content: { type: 'system', kind: 'control_passed', ...(text && { text }) },
  };
}
