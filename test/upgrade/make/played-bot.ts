import type { BotApiDouble } from '#test/channels/telegram/bot-api-double';
import { clientText, postUpdate } from '#test/e2e/telegram-update';
import type { Previous } from '#test/upgrade/make/previous';

/** Connects a channel with a webhook to the Bot API double. `bot` is the number of its bot. */
export async function connectPlayed(konvert: Previous, key: string, name: string, double: BotApiDouble, bot: number) {
  const credentials = { botToken: `${bot}:made-up-token-of-a-bot`, apiBaseUrl: double.baseUrl };
  const { channelId } = await konvert.ask(key, 'POST', '/v1/channels', { transport: 'telegram', name, credentials });
  const set = double.calls.findLast(({ method }) => method === 'setWebhook')?.body as Record<string, string>;
  let messages = 0;
  return {
    channelId: String(channelId),

    /** Lets a client write. Resolves when the webhook has answered 200. */
    async write(url: string, chat: number, text: string, date: number): Promise<void> {
      messages += 1;
      const webhook = { url: `${url}${new URL(set.url!).pathname}`, secret: set.secret_token! };
      const { status } = await postUpdate(webhook, clientText({ chat, id: messages, text, date }));
      if (status !== 200) throw new Error(`The webhook answered ${status}`);
    },
  };
}
