import { deepEqual, equal, ok } from 'node:assert/strict';
import { setTimeout as sleep } from 'node:timers/promises';
import { eachAtOnce } from '#at-once';
import { callApi, until } from '#test/e2e/call-api';
import { clientText, postUpdate, type Webhook } from '#test/e2e/telegram-update';
import type { Trial } from './spine.ts';

/** How many messages of clients; FLOOD=2000 is the long form. */
const MESSAGES = Number(process.env.FLOOD ?? 300);
const EACH = 20;
const CHANNELS = 3;
const CLIENTS_AT_ONCE = 24;
/** Every so many messages of a client one comes again. */
const AGAIN_EVERY = 4;
/** After so many messages the team answers, or says that no reply is needed. */
const ANSWERED_AFTER = 7;

interface FloodChat {
  readonly channelId: string;
  readonly webhook: Webhook;
  readonly chat: number;
}

/** What a chat has to be like in the end. */
interface Model {
  /** The texts of the client, each once. */
  readonly said: Set<string>;
  /** Those of them that were on the screen when the team answered. */
  readonly answered: Set<string>;
  readonly replies: string[];
}

type Call = (method: string, path: string, body?: unknown) => ReturnType<typeof callApi>;

/**
 * Many clients write in several channels at once. Their messages come in pairs in the wrong order, and some come again.
 * The team answers what it has seen meanwhile. In the end nothing is lost, nothing is there twice, and every chat is as a
 * model says that knows only what was said, and what was on the screen at each answer.
 */
export async function playFlood(trial: Trial): Promise<void> {
  const { report, url, bot, withinMs } = trial;
  const opened = await openChannels(trial);
  const call: Call = (method, path, body) =>
    until(
      `${method} ${path} is answered`,
      async () => {
        // A CRM asks again what broke. A reply that was stored all the same is known by its id.
        const answer = await callApi(url, method, path, { key: opened.key, body });
        return answer.status < 500 ? answer : undefined;
      },
      withinMs,
    );
  const first = 1_000_000 + Math.floor(Math.random() * 1e9);
  const chats = Array.from({ length: Math.ceil(MESSAGES / EACH) }, (_, index): FloodChat => {
    const { channelId, webhook } = opened.channels[index % CHANNELS]!;
    return { channelId, webhook, chat: first + index };
  });
  const models = new Map<FloodChat, Model>();
  const startedAt = performance.now();
  let posted = 0;

  await report.check(`${chats.length * EACH} messages in ${chats.length} chats are taken, some of them twice`, () =>
    eachAtOnce(chats, CLIENTS_AT_ONCE, async (one) => {
      const model: Model = { said: new Set(), answered: new Set(), replies: [] };
      models.set(one, model);
      await live(call, one, model, () => {
        posted += 1;
      });
    }),
  );
  const perSecond = posted / ((performance.now() - startedAt) / 1000);
  await report.check('nothing is lost, nothing is there twice, and every chat is as the model says', async () => {
    await eachAtOnce(chats, CLIENTS_AT_ONCE, (one) => isAsTold(call, one, models.get(one)!, withinMs));
    const waiting = chats.filter((one) => openOf(models.get(one)!).length > 0).map(({ chat }) => String(chat));
    deepEqual((await everyUnanswered(call)).sort(), waiting.sort());
  });
  await report.check('every reply has left once', async () => {
    const wanted = [...models.values()].flatMap(({ replies }) => replies).sort();
    const left = () =>
      bot.calls
        .filter(({ method }) => method === 'sendMessage')
        .map(({ body }) => (body as { text: string }).text)
        .filter((text) => text.startsWith('flood '))
        .sort();
    await until('all have left', async () => left().length >= wanted.length || undefined, withinMs);
    deepEqual(left(), wanted);
  });
  const seconds = (performance.now() - startedAt) / 1000;
  console.log(
    `     ${posted} webhooks, ${perSecond.toFixed(1)} a second; all is as it should be after ${seconds.toFixed(0)} s`,
  );
}

async function openChannels({ url, operatorKey, bot }: Trial) {
  const made = await callApi(url, 'POST', '/v1/accounts', { key: operatorKey, body: { name: 'Flood' } });
  const key = made.body.apiKey as string;
  const channels: { channelId: string; webhook: Webhook }[] = [];
  for (let index = 0; index < CHANNELS; index += 1) {
    const credentials = {
      botToken: `${777_000 + index}:abcdefghijklmnopqrstuvwxyz0123456789`,
      apiBaseUrl: bot.baseUrl,
    };
    const body = { transport: 'telegram', name: `Bot ${index}`, credentials };
    const answer = await callApi(url, 'POST', '/v1/channels', { key, body });
    equal(answer.status, 201, JSON.stringify(answer.body));
    const { channelId } = answer.body;
    const set = bot.calls.findLast(({ method, body: sent }) => {
      return method === 'setWebhook' && (sent as { url: string }).url.endsWith(channelId);
    })?.body as { secret_token: string };
    channels.push({ channelId, webhook: { url: `${url}/webhooks/telegram/${channelId}`, secret: set.secret_token } });
  }
  return { key, channels };
}

/** All that happens in one chat. */
async function live(call: Call, { channelId, webhook, chat }: FloodChat, model: Model, onPosted: () => void) {
  const begin = Math.floor(Date.now() / 1000) - EACH;
  const updates = Array.from({ length: EACH }, (_, index) => {
    const text = `${chat} says ${index}`;
    model.said.add(text);
    return clientText({ chat, id: 1 + index, text, date: begin + index });
  });
  const post = async (index: number) => {
    // What is not taken is delivered again, as a messenger does.
    while ((await postUpdate(webhook, updates[index])).status !== 200) await sleep(200);
    onPosted();
  };
  const path = `/v1/chats/${channelId}/telegram/${chat}`;
  for (let index = 0; index < EACH; index += 2) {
    // The later one of two comes first, or both at once.
    if (index % 4 === 0) await post(index + 1).then(() => post(index));
    else await Promise.all([post(index), post(index + 1)]);
    if (index % AGAIN_EVERY === 0) await post(Math.floor(index / 2));
    if (index % ANSWERED_AFTER !== chat % ANSWERED_AFTER) continue;
    // Another message comes while the team answers.
    const { body } = await call('GET', `${path}/messages?limit=100`);
    const shown = (body.messages ?? []).filter(({ isEcho }: { isEcho: boolean }) => !isEcho);
    if (shown.length === 0) continue;
    const answering = index % 4 === 0 ? reply(body.seenUpTo, index) : noReplyNeeded(body.seenUpTo);
    await Promise.all([answering, post(index)]);
    for (const { text } of shown) model.answered.add(text);
  }

  async function reply(seenUpTo: string, index: number): Promise<void> {
    const text = `flood ${chat} ${index}`;
    const message = { channelId, chatType: 'telegram', chatId: String(chat), text, seenUpTo, crmMessageId: text };
    const { status, body } = await call('POST', '/v3/message', message);
    ok(status === 201 || body.error === 'REPEATED_CRM_MESSAGE_ID', JSON.stringify(body));
    model.replies.push(text);
  }
  async function noReplyNeeded(seenUpTo: string): Promise<void> {
    const { status, body } = await call('PUT', `${path}/no-reply-needed`, { noReplyNeeded: true, seenUpTo });
    equal(status, 200, JSON.stringify(body));
  }
}

function openOf({ said, answered }: Model): string[] {
  return [...said].filter((text) => !answered.has(text));
}

async function isAsTold(call: Call, { channelId, chat }: FloodChat, model: Model, withinMs: number): Promise<void> {
  const path = `/v1/chats/${channelId}/telegram/${chat}`;
  const open = openOf(model).length;
  let seen: unknown;
  await until(
    `chat ${chat} waits with ${open}`,
    async () => {
      const { body } = await call('GET', path);
      seen = body.unansweredCount;
      return (body.unansweredCount === open && body.unanswered === open > 0) || undefined;
    },
    withinMs,
  ).catch((error) => ok(false, `${error.message}, it has ${seen}`));
  const { body } = await call('GET', `${path}/messages?limit=100`);
  // That no reply is needed is a line without a text.
  const texts = (isEcho: boolean) =>
    (body.messages as { isEcho: boolean; text?: string }[])
      .filter((one) => one.isEcho === isEcho)
      .flatMap(({ text = [] }) => text);
  deepEqual(texts(false).sort(), [...model.said].sort());
  deepEqual(texts(true).sort(), [...model.replies].sort());
}

async function everyUnanswered(call: Call): Promise<string[]> {
  const found: string[] = [];
  for (let cursor = ''; ; ) {
    const { body } = await call('GET', `/v1/chats?view=unanswered&limit=100${cursor}`);
    found.push(...body.chats.map(({ chatId }: { chatId: string }) => chatId));
    if (!body.nextCursor) return found;
    cursor = `&cursor=${encodeURIComponent(body.nextCursor)}`;
  }
}
