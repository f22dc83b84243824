import { expect, onTestFinished } from 'vitest';
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
  readonly accountId: string;
  readonly apiKey: string;
  readonly channelId: string;
  readonly webhook: Webhook;
}

/** Makes an account with the operator's key. */
async function openAccount(konvert: KonvertProcess): Promise<{ accountId: string; apiKey: string }> {
  const key = await konvert.operatorKey();
  return (await callApi(konvert.url, 'POST', '/v1/accounts', { key, body: { name: 'Shop' } })).body;
}

/** Makes an account with the operator's key. Resolves to the account's API key. */
export async function makeAccount(konvert: KonvertProcess): Promise<string> {
  return (await openAccount(konvert)).apiKey;
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
  const { accountId, apiKey: key } = await openAccount(konvert);
  const credentials = { botToken: BOT_TOKEN, apiBaseUrl: bot.baseUrl };
  const wanted = { transport: 'telegram', name: 'Shop bot', credentials };
  const channel = await callApi(url, 'POST', '/v1/channels', { key, body: wanted });
  expect(channel, 'connecting a bot').toMatchObject({ status: 201 });
  const set = bot.calls.find(({ method }) => method === 'setWebhook')?.body as { url: string; secret_token: string };
  const webhook = { url: konvert.reached(set.url), secret: set.secret_token };
  return { bot, accountId, apiKey: key, channelId: channel.body.channelId, webhook };
}
