import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { onTestFinished } from 'vitest';
import {
  type BotApiCall,
  type BotApiDouble,
  type BotApiOptions,
  startBotApi,
} from '#test/channels/telegram/bot-api-double';
import { callApi } from '#test/e2e/call-api';
import type { KonvertProcess } from '#test/e2e/konvert-process';
import { BOT_TOKEN, type Webhook } from '#test/e2e/telegram-update';

/** A channel of a bot in a new account, with the messenger's side of it. */
export interface PlayedTelegram {
  readonly bot: BotApiDouble;
  readonly apiKey: string;
  readonly channelId: string;
  readonly webhook: Webhook;
}

/** Makes an account with the operator's key. Resolves to the account's API key. */
export async function makeAccount({ url, folder }: KonvertProcess): Promise<string> {
  const operatorKey = (await readFile(join(folder, 'operator.key'), 'utf8')).trim();
  return (await callApi(url, 'POST', '/v1/accounts', { key: operatorKey, body: { name: 'Shop' } })).body.apiKey;
}

/** Makes an account and connects a channel to a Bot API double. `onCall` hears of each of its calls. */
export async function connectTelegram(
  konvert: KonvertProcess,
  onCall?: (call: BotApiCall) => void,
  options?: BotApiOptions,
): Promise<PlayedTelegram> {
  const { url } = konvert;
  const bot = await startBotApi(onCall, options);
  onTestFinished(() => bot.stop());
  const key = await makeAccount(konvert);
  const credentials = { botToken: BOT_TOKEN, apiBaseUrl: bot.baseUrl };
  const wanted = { transport: 'telegram', name: 'Shop bot', credentials };
  const channel = await callApi(url, 'POST', '/v1/channels', { key, body: wanted });
  const set = bot.calls.find(({ method }) => method === 'setWebhook')?.body as { url: string; secret_token: string };
  const webhook = { url: set.url, secret: set.secret_token };
  return { bot, apiKey: key, channelId: channel.body.channelId, webhook };
}
