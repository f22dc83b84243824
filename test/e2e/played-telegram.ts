import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { onTestFinished } from 'vitest';
import { type BotApiDouble, startBotApi } from '#test/channels/telegram/bot-api-double';
import { type ApiAnswer, callApi, type KonvertProcess } from '#test/e2e/konvert-process';

/** A bot's channel in a new account, and the messenger's side of it. */
export interface PlayedTelegram {
  readonly bot: BotApiDouble;
  readonly apiKey: string;
  readonly channelId: string;
  /** Where `setWebhook` told the messenger to post, and the secret to post with. */
  readonly webhook: { readonly url: string; readonly secret: string };
}

export const BOT_TOKEN = '123456:abcdefghijklmnopqrstuvwxyz0123456789';

/** Makes an account with the operator's key and connects a channel to a Bot API double. */
export async function connectTelegram({ url, folder }: KonvertProcess): Promise<PlayedTelegram> {
  const bot = await startBotApi();
  onTestFinished(() => bot.stop());
  const operatorKey = (await readFile(join(folder, 'operator.key'), 'utf8')).trim();
  const account = await callApi(url, 'POST', '/v1/accounts', { key: operatorKey, body: { name: 'Shop' } });
  const key = account.body.apiKey as string;
  const credentials = { botToken: BOT_TOKEN, apiBaseUrl: bot.baseUrl };
  const wanted = { transport: 'telegram', name: 'Shop bot', credentials };
  const channel = await callApi(url, 'POST', '/v1/channels', { key, body: wanted });
  const set = bot.calls.find(({ method }) => method === 'setWebhook')?.body as { url: string; secret_token: string };
  const webhook = { url: set.url, secret: set.secret_token };
  return { bot, apiKey: key, channelId: channel.body.channelId, webhook };
}

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

/** Posts an update to the webhook. */
export async function postUpdate(
  { url, secret }: PlayedTelegram['webhook'],
  update: unknown,
): Promise<Pick<ApiAnswer, 'status'>> {
  const response = await fetch(url, {
    method: 'POST',
    headers: { 'content-type': 'application/json', 'x-telegram-bot-api-secret-token': secret },
    body: JSON.stringify(update),
  });
  await response.arrayBuffer();
  return { status: response.status };
}
