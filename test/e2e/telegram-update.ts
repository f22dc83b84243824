import type { ApiAnswer } from '#test/e2e/call-api';

/** The webhook that Konvert has set: its address and its secret. */
export interface Webhook {
  readonly url: string;
  readonly secret: string;
}

export const BOT_TOKEN = '123456:abcdefghijklmnopqrstuvwxyz0123456789';

/** An update as Telegram posts it: a client's text in their private chat with the bot. */
export function clientText({ chat, id, text, date }: { chat: number; id: number; text: string; date?: number }) {
  const person = { id: chat, first_name: 'Client', last_name: String(chat) };
  return {
    update_id: chat * 100_000 + id,
    message: {
      message_id: id,
      date: date ?? Math.floor(Date.now() / 1000),
      from: { ...person, is_bot: false },
      chat: { ...person, type: 'private' },
      text,
    },
  };
}

/** The same text, to the owner of that business connection. */
export function businessText(connection: string, said: { chat: number; id: number; text: string }) {
  const { update_id, message } = clientText(said);
  return { update_id, business_message: { ...message, business_connection_id: connection } };
}

/** An update of a business connection that is enabled or has ended. The greater `id` is the later update. */
export function businessConnection(connection: string, { id, enabled }: { id: number; enabled: boolean }) {
  const user = { id: 62000111, is_bot: false, first_name: 'Shop' };
  const rights = { can_reply: true };
  const made = { id: connection, user, user_chat_id: user.id, date: 1_791_800_000, is_enabled: enabled, rights };
  return { update_id: id, business_connection: made };
}

/** Posts an update to the webhook. */
export async function postUpdate({ url, secret }: Webhook, update: unknown): Promise<Pick<ApiAnswer, 'status'>> {
  const response = await fetch(url, {
    method: 'POST',
    headers: { 'content-type': 'application/json', 'x-telegram-bot-api-secret-token': secret },
    body: JSON.stringify(update),
  });
  await response.arrayBuffer();
  return { status: response.status };
}
