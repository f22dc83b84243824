import { deepEqual, equal, match, ok } from 'node:assert/strict';
import type { BotApiDouble } from '#test/channels/telegram/bot-api-double';
import { type ApiAnswer, callApi, until } from '#test/e2e/call-api';
import {
  BOT_TOKEN,
  businessConnection,
  businessText,
  clientText,
  postUpdate,
  type Webhook,
} from '#test/e2e/telegram-update';
import { playDirectory, playIds } from './crm-pushes.ts';
import type { Report } from './report.ts';

/** A deployment, with what is needed to try it. */
export interface Asked {
  readonly url: string;
  readonly operatorKey: string;
  readonly report: Report;
  /** How long any change may take (ms). */
  readonly withinMs: number;
}

/** The same, with the messenger of a bot. */
export interface Trial extends Asked {
  readonly bot: BotApiDouble;
}

/** A channel of a new account, for calls of a client and of the account's CRM. */
export interface Connected {
  readonly key: string;
  readonly channelId: string;
  readonly webhook: Webhook;
  /** Calls the API, as the user or as the CRM itself. */
  call(method: string, path: string, body?: unknown, userId?: string): Promise<ApiAnswer>;
  /** The chat of that client, once it is as wanted. */
  chatAs(chatId: number, wanted: { unanswered: boolean }): Promise<ApiAnswer['body']>;
  history(chatId: number): Promise<ApiAnswer['body']>;
  sent(chatId: number, text: string): Promise<unknown>;
}

/** Plays begin side by side, and then a function starts many times at once, which takes long on a busy machine. */
function begun(url: string, operatorKey: string): Promise<ApiAnswer> {
  return until('an account is made', async () => {
    const answer = await callApi(url, 'POST', '/v1/accounts', { key: operatorKey, body: { name: 'Shop' } });
    return answer.status < 500 ? answer : undefined;
  });
}

/** Makes an account and connects a channel to the Bot API double. */
export async function connect({ url, operatorKey, bot, report, withinMs }: Trial): Promise<Connected> {
  const key = await report.check('POST /v1/accounts with the operator key: 201', async () => {
    const { status, body } = await begun(url, operatorKey);
    equal(status, 201, JSON.stringify(body));
    return body.apiKey as string;
  });
  const { channelId, webhook } = await report.check('POST /v1/channels: 201, setWebhook called', async () => {
    const credentials = { botToken: BOT_TOKEN, apiBaseUrl: bot.baseUrl };
    const body = { transport: 'telegram', name: 'Shop bot', credentials };
    const answer = await callApi(url, 'POST', '/v1/channels', { key, body });
    equal(answer.status, 201, JSON.stringify(answer.body));
    const set = bot.calls.findLast(({ method }) => method === 'setWebhook')?.body as {
      url: string;
      secret_token: string;
    };
    equal(set.url, answer.body.webhookUrl);
    const { channelId } = answer.body;
    const local = `/webhooks/telegram/${channelId}`;
    // The address of a REST API holds its stage.
    const stage = url.endsWith('/$default') ? '' : `/${url.split('/').at(-1)}`;
    match(set.url, new RegExp(`^https://[^/]+${stage}${local}$`));
    return { channelId, webhook: { url: url + local, secret: set.secret_token } };
  });

  const call: Connected['call'] = (method, path, body, userId) => callApi(url, method, path, { key, body, userId });
  const history = async (chatId: number) => {
    const { status, body } = await call('GET', `/v1/chats/${channelId}/telegram/${chatId}/messages`);
    equal(status, 200, JSON.stringify(body));
    return body;
  };
  return {
    key,
    channelId,
    webhook,
    call,
    history,
    chatAs: (chatId, { unanswered }) =>
      until(
        `the chat is ${unanswered ? '' : 'not '}unanswered`,
        async () => {
          const { body } = await call('GET', '/v1/chats');
          return body.chats?.find(
            (chat: Record<string, unknown>) => chat.chatId === String(chatId) && chat.unanswered === unanswered,
          );
        },
        withinMs,
      ),
    async sent(chatId, text) {
      const found = await until(
        'the messenger got it',
        async () => bot.calls.find(({ method, body }) => method === 'sendMessage' && textOf(body) === text),
        withinMs,
      );
      await until(
        'the reply is sent',
        async () => (await history(chatId)).messages.at(-1).status === 'sent' || undefined,
        withinMs,
      );
      return found.body;
    },
  };
}

/** Tries everything from the first message of a client to the last answer. */
export async function playSpine(trial: Trial): Promise<Connected> {
  const { report, withinMs } = trial;
  const shop = await connect(trial);
  const { webhook, channelId } = shop;
  const chat = 1000 + Math.floor(Math.random() * 1e9);
  const path = `/v1/chats/${channelId}/telegram/${chat}`;

  await report.check('a webhook with the wrong secret: 401; of an unknown channel: 404', async () => {
    const update = clientText({ chat, id: 1, text: 'hello' });
    equal((await postUpdate({ ...webhook, secret: 'wrong' }, update)).status, 401);
    const elsewhere = webhook.url.replace(channelId, '00000000-0000-4000-8000-000000000000');
    equal((await postUpdate({ ...webhook, url: elsewhere }, update)).status, 404);
  });
  await report.check('a message makes the chat unanswered', async () => {
    const update = clientText({ chat, id: 1, text: 'hello' });
    equal((await postUpdate(webhook, update)).status, 200);
    equal((await postUpdate(webhook, update)).status, 200);
    const waiting = await shop.chatAs(chat, { unanswered: true });
    equal(waiting.unansweredCount, 1);
    equal(waiting.preview, 'hello');
  });
  await report.check('the reply leaves, and the chat is answered', async () => {
    const text = `good day, ${chat}`;
    const { seenUpTo } = await shop.history(chat);
    const body = { channelId, chatType: 'telegram', chatId: String(chat), text, seenUpTo, crmMessageId: text };
    const answer = await shop.call('POST', '/v3/message', body);
    equal(answer.status, 201, JSON.stringify(answer.body));
    equal((await shop.call('POST', '/v3/message', body)).status, 400, 'a repeated crmMessageId');
    await shop.chatAs(chat, { unanswered: false });
    deepEqual(await shop.sent(chat, text), { chat_id: chat, text });
  });
  await report.check('a reply quotes what we sent', async () => {
    const ours = (await shop.history(chat)).messages.find((one: { isEcho: boolean }) => one.isEcho);
    const text = `as I said, ${chat}`;
    const body = { channelId, chatType: 'telegram', chatId: String(chat), text, refMessageId: ours.messageId };
    const answer = await shop.call('POST', '/v3/message', body);
    equal(answer.status, 201, JSON.stringify(answer.body));
    ok('reply_parameters' in ((await shop.sent(chat, text)) as object), 'nothing is quoted');
  });
  await report.check('"no reply needed" answers the chat, until it is withdrawn', async () => {
    equal((await postUpdate(webhook, clientText({ chat, id: 2, text: 'thanks' }))).status, 200);
    await shop.chatAs(chat, { unanswered: true });
    const { seenUpTo } = await shop.history(chat);
    const quiet = await shop.call('PUT', `${path}/no-reply-needed`, { noReplyNeeded: true, seenUpTo });
    equal(quiet.status, 200, JSON.stringify(quiet.body));
    equal(quiet.body.unanswered, false);
    const again = await shop.call('PUT', `${path}/no-reply-needed`, { noReplyNeeded: false });
    equal(again.body.unanswered, true);
  });
  await report.check('an edit changes what is shown', async () => {
    const { message, update_id } = clientText({ chat, id: 2, text: 'thanks a lot' });
    const edited = { update_id: update_id + 1000, edited_message: { ...message, edit_date: message.date + 1 } };
    equal((await postUpdate(webhook, edited)).status, 200);
    await until(
      'the edit shows',
      async () =>
        (await shop.history(chat)).messages.some((one: { text?: string }) => one.text === 'thanks a lot') || undefined,
      withinMs,
    );
  });
  await report.check('a refused reply is a failed delivery, which a retry sends', async () => {
    trial.bot.answerNext('sendMessage', {
      status: 403,
      body: { ok: false, error_code: 403, description: 'Forbidden: bot was blocked by the user' },
    });
    const text = `are you there, ${chat}`;
    const body = { channelId, chatType: 'telegram', chatId: String(chat), text };
    equal((await shop.call('POST', '/v3/message', body)).status, 201);
    const delivery = await until(
      'the delivery failed',
      async () => (await shop.call('GET', '/v1/deliveries?state=failed')).body.deliveries?.[0],
      withinMs,
    );
    equal(delivery.lastError.code, '403');
    equal((await shop.call('POST', `/v1/deliveries/${delivery.deliveryId}/retry`)).status, 202);
    await shop.sent(chat, text);
    await until(
      'nothing is pending',
      async () => (await shop.call('GET', '/v1/deliveries?state=pending')).body.deliveries?.length === 0 || undefined,
      withinMs,
    );
  });
  await report.check('a reply that waits leaves at once by a retry', async () => {
    trial.bot.answerNext('sendMessage', { status: 502, body: 'Bad Gateway' });
    const text = `hello again, ${chat}`;
    const body = { channelId, chatType: 'telegram', chatId: String(chat), text };
    equal((await shop.call('POST', '/v3/message', body)).status, 201);
    const delivery = await until(
      'the delivery waits',
      async () =>
        (await shop.call('GET', '/v1/deliveries?state=pending')).body.deliveries?.find(
          (one: { lastError: unknown }) => one.lastError !== null,
        ),
      withinMs,
    );
    const retried = await shop.call('POST', `/v1/deliveries/${delivery.deliveryId}/retry`);
    equal(retried.status, 202, JSON.stringify(retried.body));
    await shop.sent(chat, text);
  });
  await report.check('the records of assignments are listed', async () => {
    const { status, body } = await shop.call('GET', `/v1/assignments?channelId=${channelId}`);
    equal(status, 200);
    ok(Array.isArray(body.assignments));
  });
  await report.check('another API key is made and revoked', async () => {
    const { status, body } = await shop.call('POST', '/v1/account/keys');
    equal(status, 201, JSON.stringify(body));
    const revoke = (keyId: string) => callApi(trial.url, 'DELETE', `/v1/account/keys/${keyId}`, { key: shop.key });
    equal((await revoke(body.keyId)).status, 200);
    equal((await revoke(body.keyId)).status, 404);
    equal((await callApi(trial.url, 'GET', '/v3/channels', { key: body.apiKey })).status, 401);
  });
  await report.check('replies leave by a business connection until it has ended', async () => {
    const person = chat + 1;
    const address = { channelId, chatType: 'telegram', chatId: String(person) };
    equal((await postUpdate(webhook, businessConnection('bcX1', { id: 1, enabled: true }))).status, 200);
    equal((await postUpdate(webhook, businessText('bcX1', { chat: person, id: 1, text: 'hello' }))).status, 200);
    await shop.chatAs(person, { unanswered: true });
    const text = `through the connection, ${person}`;
    equal((await shop.call('POST', '/v3/message', { ...address, text })).status, 201);
    deepEqual(await shop.sent(person, text), { chat_id: person, text, business_connection_id: 'bcX1' });
    equal((await postUpdate(webhook, businessConnection('bcX1', { id: 2, enabled: false }))).status, 200);
    equal((await shop.call('GET', '/v3/channels')).body[0].state, 'phoneUnavailable');
    // Channels are remembered for 10 s, so a reply right now may still leave.
    let replies = 0;
    await until(
      'a reply is refused',
      async () => {
        replies += 1;
        const again = `through the connection again, ${replies}`;
        equal((await shop.call('POST', '/v3/message', { ...address, text: again })).status, 201);
        const { status, error } = await until(
          'its status is known',
          async () => (await shop.history(person)).messages.find((one: Said) => one.text === again && one.status),
          withinMs,
        );
        return status === 'error' && error.error === 'CONNECTION_REVOKED' ? true : undefined;
      },
      withinMs + 11_000,
    );
    equal((await postUpdate(webhook, businessConnection('bcX1', { id: 3, enabled: true }))).status, 200);
    equal((await shop.call('GET', '/v3/channels')).body[0].state, 'active');
  });
  await report.check('a revoked token stops the channel until it has new credentials', async () => {
    const stateIs = (wanted: string) =>
      until(
        `the channel is ${wanted}`,
        async () => (await shop.call('GET', '/v3/channels')).body[0]?.state === wanted || undefined,
        withinMs,
      );
    trial.bot.answerNext('sendMessage', {
      status: 401,
      body: { ok: false, error_code: 401, description: 'Unauthorized' },
    });
    const text = `with another token, ${chat}`;
    const body = { channelId, chatType: 'telegram', chatId: String(chat), text };
    equal((await shop.call('POST', '/v3/message', body)).status, 201);
    await stateIs('unauthorized');
    const credentials = { botToken: `${BOT_TOKEN}_new`, apiBaseUrl: trial.bot.baseUrl };
    const changed = await shop.call('PATCH', `/v1/channels/${channelId}`, { credentials });
    equal(changed.status, 200, JSON.stringify(changed.body));
    equal(changed.body.state, 'active');
    // Channels are remembered for 10 s.
    await until(
      'it can be sent again',
      async () => {
        const [failed] = (await shop.call('GET', '/v1/deliveries?state=failed')).body.deliveries ?? [];
        if (failed) await shop.call('POST', `/v1/deliveries/${failed.deliveryId}/retry`);
        return (await shop.history(chat)).messages.at(-1).status === 'sent' || undefined;
      },
      withinMs + 11_000,
    );
  });
  await playIds(shop, report);
  await playDirectory(shop, chat, report);
  await report.check('a deleted channel is no longer listed, and its webhook is removed', async () => {
    ok((await shop.call('GET', '/v3/channels')).body.some((one: { channelId: string }) => one.channelId === channelId));
    equal((await shop.call('DELETE', `/v1/channels/${channelId}`)).status, 200);
    deepEqual((await shop.call('GET', '/v3/channels')).body, []);
    equal(trial.bot.calls.at(-1)?.method, 'deleteWebhook');
  });
  return shop;
}

/** Tries the public routes, and what is refused without a key or is no route. */
export async function playPublic({ url, report }: Asked): Promise<void> {
  await report.check('GET /healthz, /openapi.json, /docs: 200', async () => {
    for (const path of ['/healthz', '/openapi.json', '/docs']) {
      equal((await callApi(url, 'GET', path)).status, 200, path);
    }
  });
  await report.check('no key: 401; no such route or method: 404', async () => {
    equal((await callApi(url, 'GET', '/v1/chats')).status, 401);
    equal((await callApi(url, 'GET', '/nowhere')).status, 404);
    equal((await callApi(url, 'GET', '/v3/message')).status, 404);
  });
}

/** A line of a history. */
interface Said {
  readonly text?: string;
  readonly status?: string;
}

function textOf(body: unknown): unknown {
  return (body as { text?: unknown }).text;
}
