/** The community of these events. */
export const GROUP = 210001;
/** Who writes in these events. */
export const CLIENT = 30020010;
/** An event of the Callback API, after its published schema: https://dev.vk.com/ru/api/community-events/json-schema */
export function event(type: string, object: unknown, more: Record<string, unknown> = {}): Record<string, unknown> {
  return { type, group_id: GROUP, event_id: '5f0c77aa10', v: '5.199', object, ...more };
}

/** A message with those fields in the place of others. */
export function message(fields: Record<string, unknown> = {}): Record<string, unknown> {
  return {
    id: 9101,
    conversation_message_id: 44,
    peer_id: CLIENT,
    from_id: CLIENT,
    date: 1791806401,
    out: 0,
    version: 10001233,
    text: 'Hello',
    attachments: [],
    fwd_messages: [],
    important: false,
    is_hidden: false,
    random_id: 0,
    ...fields,
  };
}

/** A client's message. */
export function said(fields: Record<string, unknown> = {}): Record<string, unknown> {
  const client_info = { button_actions: ['text', 'callback'], keyboard: true, inline_keyboard: true, lang_id: 0 };
  return event('message_new', { message: message(fields), client_info });
}

/** A message of the team, typed by an administrator. */
export function replied(fields: Record<string, unknown> = {}): Record<string, unknown> {
  return event(
    'message_reply',
    message({ from_id: -GROUP, out: 1, conversation_message_id: 48, admin_author_id: 777, ...fields }),
  );
}
