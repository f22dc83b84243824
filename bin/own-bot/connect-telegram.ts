import { readFile } from 'node:fs/promises';
import { setTimeout as sleep } from 'node:timers/promises';
import type * as z from 'zod/mini';
import type { newAccountAnswer } from '#api/account-routes';
import type { channelList, newChannelAnswer } from '#api/channel-routes';
import type { chatList } from '#api/chat-routes';
import { readStartOptions } from '#local/start-options';
import { StepError } from '../terminal/errors.ts';
import { type Access, call, curl, show } from '../terminal/printed-calls.ts';
import type { Terminal } from '../terminal/terminal.ts';

type Answer<Schema extends z.ZodMiniType> = z.infer<Schema>;

const LOOK_EVERY_MS = 500;

/**
 * Connects the user's own Telegram bot to the Konvert on this machine, waits for the first message, and prints how to
 * reply. The token comes from `TELEGRAM_BOT_TOKEN` or is asked for, and is not printed.
 */
export async function connectTelegram(terminal: Terminal, takeOver: boolean): Promise<void> {
  const { ownUrl, dataFolder, operatorKey } = readStartOptions(process.env);
  const botToken = process.env.TELEGRAM_BOT_TOKEN || (await askForToken(terminal));
  const apiKey = process.env.KONVERT_API_KEY || (await makeAccount(ownUrl, dataFolder, operatorKey));
  await connect({ url: ownUrl, apiKey, hidden: { [botToken]: '$TELEGRAM_BOT_TOKEN' } }, botToken, takeOver);
}

async function askForToken(terminal: Terminal): Promise<string> {
  const token = await terminal.ask('The token that @BotFather gave (it is not shown):', true).catch(() => '');
  if (token === '') throw new StepError('There was no token. Give it in TELEGRAM_BOT_TOKEN, or on the standard input');
  return token;
}

async function makeAccount(url: string, folder: string, given: string | undefined): Promise<string> {
  const file = `${folder}/operator.key`;
  const operatorKey = given ?? (await readFile(file, 'utf8').catch(() => '')).trim();
  if (operatorKey === '') throw new StepError(`There is no ${file}. Start Konvert first: npm start`);
  const how = given === undefined ? `$(cat '${file}')` : '$KONVERT_OPERATOR_KEY';
  const operator = { url, apiKey: operatorKey, hidden: { [operatorKey]: how } };
  const wanted = { method: 'POST', path: '/v1/accounts', body: { name: 'My company' } } as const;
  const { apiKey } = await show<Answer<typeof newAccountAnswer>>(operator, wanted);
  console.log('\nThe API key of your company, shown this once. Keep it for what follows:');
  console.log(`  export KONVERT_API_KEY=${apiKey}\n`);
  return apiKey;
}

async function connect(access: Access, botToken: string, takeOver: boolean): Promise<void> {
  const body = { transport: 'telegram', name: 'My bot', credentials: { botToken }, ...(takeOver && { takeOver }) };
  const wanted = { method: 'POST', path: '/v1/channels', body } as const;
  const { channelId } = await show<Answer<typeof newChannelAnswer>>(access, wanted, (status, answer) => {
    const { description = '', data } = answer as { description?: string; data?: { webhookHost?: string } };
    const next = data?.webhookHost === undefined ? '' : '\nTo do that, run this again with --take-over';
    return `Konvert answered ${status}: ${description}${next}`;
  });
  const channels = (await call(access, { method: 'GET', path: '/v3/channels' })).body as Answer<typeof channelList>;
  const { plainId } = channels.find((channel) => channel.channelId === channelId) ?? {};
  console.log(`\nNow write to your bot: https://t.me/${plainId}. Waiting for the first message (Ctrl-C ends this)`);
  const chat = await firstChat(access, channelId);
  const { chatType, chatId, seenUpTo } = chat;
  const reply = { channelId, chatType, chatId, text: 'Good day!', seenUpTo };
  console.log(`\n${chat.name}: ${chat.preview}\n\nReply:\n`);
  console.log(curl(access, { method: 'POST', path: '/v3/message', body: reply }));
}

async function firstChat(access: Access, channelId: string) {
  for (;;) {
    const { body } = await call(access, { method: 'GET', path: '/v1/chats' });
    const chat = (body as Answer<typeof chatList>).chats.find((one) => one.channelId === channelId && one.unanswered);
    if (chat) return chat;
    await sleep(LOOK_EVERY_MS);
  }
}
