import { ok } from 'node:assert/strict';
import { setTimeout as sleep } from 'node:timers/promises';
import { chatKey } from '#domain/message';
import { createTasks, taskName } from '#store/outbox/tasks';
import { type ApiAnswer, until } from '#test/e2e/call-api';
import { clientText, postUpdate } from '#test/e2e/telegram-update';
import type { Hands } from './hands.ts';
import { connect, type Trial } from './spine.ts';

/** The least that the API takes. */
export const MINUTES = 2;
export const HEAD = 'vera';
/** The other plays need the engine meanwhile. */
const ASKS_EVERY_MS = 1_000;
const DAYS = ['mon', 'tue', 'wed', 'thu', 'fri', 'sat', 'sun'];

/** A shop that gives clients to its sellers in turn, and takes back those whom nobody answers. */
export interface WaitingShop {
  readonly channelId: string;
  /** Makes a call that has to succeed. */
  done(method: string, path: string, body?: unknown, userId?: string): Promise<ApiAnswer['body']>;
  /** Lets the client write. Resolves to the seller who was given the client. */
  write(client: number): Promise<string>;
  reply(client: number, userId: string): Promise<void>;
  /** Asks until there is an answer, which may take as long as a client waits. */
  when<T>(what: string, ask: () => Promise<T | undefined | false>): Promise<T>;
  /** The chat, once it is as wanted. */
  chatWhen(client: number, what: string, wanted: (chat: ApiAnswer['body']) => boolean): Promise<ApiAnswer['body']>;
  /** Resolves when a sweep has put the task of the client who waits. */
  armed(client: number): Promise<void>;
  /** Who got the client, by which rule and from whom, the newest first. */
  records(client: number): Promise<readonly Said[]>;
  /** The ids of the clients whom a list of the user's notices names. */
  noticed(userId: string, list: 'leaving' | 'late'): Promise<number[]>;
  /** What is counted of each user. */
  counted(names: readonly string[]): Promise<Readonly<Record<string, Said>>>;
  /** Who is on and who is away. */
  statuses(): Promise<Readonly<Record<string, Said>>>;
}

/** Some of what an answer says. */
type Said = Readonly<Record<string, unknown>>;

/** Makes a shop with these sellers. */
export async function openWaitingShop(
  hands: Hands,
  trial: Trial,
  sellers: readonly string[],
  waiting: object = {},
): Promise<WaitingShop> {
  const { call, channelId, webhook } = await connect(trial);
  const tasks = createTasks(hands.store);
  // A sweep finds who is late, and sweeps are a minute apart.
  const withinMs = MINUTES * 60_000 + trial.withinMs;
  const addressOf = (client: number) => ({ channelId, chatType: 'telegram', chatId: String(client) });
  const path = (client: number) => `/v1/chats/${channelId}/telegram/${client}`;
  const done: WaitingShop['done'] = async (method, route, body, userId) => {
    const answer = await call(method, route, body, userId);
    ok(answer.status < 300, `${method} ${route}: ${JSON.stringify(answer)}`);
    return answer.body;
  };
  const when: WaitingShop['when'] = (what, ask) =>
    until(what, async () => (await ask()) || sleep(ASKS_EVERY_MS, undefined), withinMs);
  const chatWhen: WaitingShop['chatWhen'] = (client, what, wanted) =>
    when(what, async () => {
      const { status, body } = await call('GET', path(client));
      return status === 200 && wanted(body) && body;
    });

  await giveInTurn(done, channelId, sellers, waiting);
  return {
    channelId,
    done,
    when,
    chatWhen,
    async write(client) {
      const { status } = await postUpdate(webhook, clientText({ chat: client, id: 1, text: 'Is anybody there?' }));
      ok(status === 200, `the webhook: ${status}`);
      const isGiven = (chat: ApiAnswer['body']) => chat.responsibleUserId !== null && chat.contactId !== null;
      return (await chatWhen(client, 'the client is given out', isGiven)).responsibleUserId;
    },
    async reply(client, userId) {
      await done('POST', '/v3/message', { ...addressOf(client), text: `good day, ${client}` }, userId);
      await chatWhen(client, 'the client is answered', ({ unanswered }) => !unanswered);
    },
    async armed(client) {
      const name = taskName({ kind: 'wait', chatKey: chatKey(addressOf(client)) });
      await when('there is a task for the client', () => tasks.look(name));
    },
    async records(client) {
      const { assignments } = await done('GET', `/v1/assignments?${new URLSearchParams(addressOf(client))}`);
      return assignments.map((one: Said) => only(one, ['userId', 'rule', 'from']));
    },
    async noticed(userId, list) {
      const notices = await done('GET', '/v1/me/notices', undefined, userId);
      return notices[list].map(({ chatId }: { chatId: string }) => Number(chatId));
    },
    async counted(names) {
      const { rows } = await done('GET', '/v1/statistics?groupBy=user');
      return Object.fromEntries(rows.map((one: Said) => [one.key, only(one, names)]));
    },
    async statuses() {
      const { users: all } = await done('GET', '/v1/users');
      return Object.fromEntries(all.map((one: Said) => [one.userId, only(one, ['status', 'by', 'reason'])]));
    },
  };
}

/** The sellers get clients in turn, day and night, and lose them after the least minutes. */
async function giveInTurn(
  done: WaitingShop['done'],
  channelId: string,
  sellers: readonly string[],
  waiting: object,
): Promise<void> {
  const users = [...sellers, HEAD].map((id) => ({ id, name: id }));
  await done('POST', '/v3/users', users);
  await done('POST', '/v3/pipelines', [{ id: '1', name: 'Sales' }]);
  const week = Object.fromEntries(DAYS.map((day) => [day, [['00:00', '24:00']]]));
  const zone = 'Europe/Moscow';
  await done('PATCH', '/v1/settings', { zone, schedules: { Always: { zone, week } } });
  await done('PUT', `/v1/settings/channels/${channelId}`, {
    newClients: { mode: 'round-robin', pipelineId: '1' },
    userRoles: [
      ...sellers.map((userId) => ({ userId, role: 'seller', allowGetNewClients: true })),
      { userId: HEAD, role: 'manager', allowGetNewClients: false },
    ],
    schedule: 'Always',
    waiting: { returnAfterMinutes: MINUTES, ...waiting },
  });
}

function only(said: Said, names: readonly string[]): Said {
  return Object.fromEntries(names.filter((name) => name in said).map((name) => [name, said[name]]));
}
