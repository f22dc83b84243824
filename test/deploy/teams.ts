import { deepEqual, equal, match, notEqual, ok } from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import { UpdateCommand } from '@aws-sdk/lib-dynamodb';
import { addressKey } from '#domain/address';
import { uuidOf } from '#domain/hash';
import { chatKey } from '#domain/message';
import type { NewClientMode } from '#domain/settings';
import { createChannels } from '#store/accounts/channels';
import { createChats } from '#store/chats/chats';
import { createAddresses } from '#store/clients/addresses';
import { createContacts } from '#store/directory/contacts';
import { createTasks, placeTask, taskName } from '#store/outbox/tasks';
import { type ApiAnswer, until } from '#test/e2e/call-api';
import { clientText, postUpdate } from '#test/e2e/telegram-update';
import type { Hands } from './hands.ts';
import { type Connected, connect, type Trial } from './spine.ts';

const ANNA = { id: '17', name: 'Anna' };
const BORIS = { id: '18', name: 'Boris' };
const HEAD = { id: '19', name: 'Vera' };
/** A user that is never pushed. */
const GONE = '21';
/** So many addresses that a function needs a second or more for them, and this process less, on a busy machine too. */
const OTHERS = 200;

/** A shop with two sellers and a head, and access behind it. */
interface Team {
  readonly trial: Trial;
  readonly shop: Connected;
  readonly hands: Hands;
  readonly account: string;
  /** Makes a call that has to succeed. */
  done(method: string, path: string, body?: unknown, userId?: string): Promise<ApiAnswer['body']>;
  /** Sets the mode, the sellers who receive new clients, and the other sellers. Others but the head get no role. */
  choose(mode: NewClientMode, receive: readonly string[], others?: readonly string[]): Promise<void>;
  /** Lets the client write. Resolves when the chat is unanswered. */
  write(client: number, id?: number, secondsAgo?: number): Promise<void>;
  path(client: number): string;
  chat(client: number): Promise<ApiAnswer['body']>;
  /** The chat, once it is as wanted. */
  chatWhen(client: number, what: string, wanted: (chat: ApiAnswer['body']) => boolean): Promise<ApiAnswer['body']>;
}

/** Tries who becomes responsible for clients: new ones, handed over ones, and after a change that was cut short. */
export async function playTeams(hands: Hands, trial: Trial): Promise<void> {
  const team = await toTeam(hands, trial);
  const first = 1000 + Math.floor(Math.random() * 1e9);
  const [pooled, answered, known, patient, late, turned] = Array.from({ length: 6 }, (_, index) => first + index) as [
    number,
    number,
    number,
    number,
    number,
    number,
  ];
  const { report } = trial;
  await report.check('the pool is seen and counted by those who receive new clients', () => playPool(team, pooled));
  await report.check('a client is handed over together with the contact', () => playHandOver(team, pooled));
  await report.check(
    'a client of the CRM is handed over, and the contact stays as it is; its deals have further viewers',
    () => playKnown(team, known),
  );
  await report.check('the first reply makes its writer responsible, the second is a 409', () =>
    playFirstReply(team, answered),
  );
  await report.check('a reply from the pool makes its user responsible for a contact that Konvert keeps', () =>
    playTakeOver(team, answered),
  );
  await report.check('while nobody is eligible a new client waits', () => playNobody(team, patient, late));
  await report.check('waiting clients are given out as soon as somebody is eligible', () =>
    playWaiting(team, patient, late),
  );
  await report.check('a new client is given out in turn, and again once the contact is deleted', () =>
    playTurn(team, turned),
  );
  await report.check('fold-chat gives out a new client if assign-contact cannot, and forgets old turns', () =>
    playGiveOut(team, turned + 2),
  );
  await report.check('a decision has its record although the CRM takes the client over at once', () =>
    playTaken(team, turned + 1),
  );
  await report.check('assign-contact makes a task for an address that fails, and rings it', () => playUnreadable(team));
  await report.check('assign-contact finishes an assignment that was cut short', () => playCutAssignment(team, turned));
  await report.check('do-tasks settles a contact after a change that was cut short, also a deleted one', () =>
    playSettle(team, known),
  );
  await report.check(
    'record-reply finishes both changes if a contact changes while a reply takes it over',
    async () => {
      await team.choose('first-reply', [ANNA.id]);
      const { contactId } = await team.chat(pooled);
      await overtake(team, contactId, async () => equal((await reply(team, pooled, ANNA.id)).status, 201));
    },
  );
  await report.check('hand-over does so while a client is handed over', async () => {
    const { contactId } = await team.chat(answered);
    await overtake(team, contactId, () => handOver(team, answered, ANNA.id, HEAD.id));
  });
  await report.check('assign-contact does so while a client is given out', async () => {
    const { contactId, begin } = await prepareAssignment(team, turned);
    await overtake(team, contactId, begin);
  });
  await report.check('sweep-lanes rings a task that is due', () => playSweep(team));
}

async function toTeam(hands: Hands, trial: Trial): Promise<Team> {
  const shop = await connect(trial);
  const { channelId, webhook, call } = shop;
  const { account } = await createChannels(hands.store).getKnown(channelId);
  const done: Team['done'] = async (method, path, body, userId) => {
    const answer = await call(method, path, body, userId);
    equal(answer.status, 200, `${method} ${path}: ${JSON.stringify(answer.body)}`);
    return answer.body;
  };
  const path: Team['path'] = (client) => `/v1/chats/${channelId}/telegram/${client}`;
  const chat: Team['chat'] = (client) => done('GET', path(client));
  await done('POST', '/v3/users', [ANNA, BORIS, HEAD]);
  await done('POST', '/v3/pipelines', [{ id: 1, name: 'Sales' }]);
  return {
    trial,
    shop,
    hands,
    account,
    done,
    path,
    chat,
    async choose(mode, receive, others = []) {
      const roleOf = (userId: string, allowGetNewClients: boolean) => ({ userId, role: 'seller', allowGetNewClients });
      await done('PUT', `/v1/settings/channels/${channelId}`, {
        newClients: { mode, pipelineId: '1' },
        userRoles: [
          ...receive.map((userId) => roleOf(userId, true)),
          ...others.map((userId) => roleOf(userId, false)),
          { userId: HEAD.id, role: 'manager', allowGetNewClients: false },
        ],
      });
    },
    async write(client, id = 1, secondsAgo = 0) {
      const date = Math.floor(Date.now() / 1000) - secondsAgo;
      equal((await postUpdate(webhook, clientText({ chat: client, id, text: 'hello', date }))).status, 200);
      await shop.chatAs(client, { unanswered: true });
    },
    chatWhen: (client, what, wanted) =>
      until(
        what,
        async () => {
          const found = await chat(client);
          return wanted(found) ? found : undefined;
        },
        trial.withinMs,
      ),
  };
}

async function playPool(team: Team, client: number): Promise<void> {
  const { done, trial } = team;
  await team.choose('first-reply', [ANNA.id, BORIS.id]);
  await team.write(client);
  await until('Anna sees the client', async () => (await isListed(team, client, ANNA.id)) || undefined, trial.withinMs);
  deepEqual(await counterOf(team, ANNA.id), { counterV2: 1, type: 'red' });
  deepEqual(await counterOf(team, HEAD.id), { counterV2: 1, type: 'grey' });
  await done('PATCH', '/v1/settings', { notifyHeadsAboutAllMessages: false });
  deepEqual(await counterOf(team, HEAD.id), { counterV2: 0, type: null });
}

async function counterOf({ done }: Team, userId: string) {
  const { counterV2, type } = await done('GET', `/v3/unanswered/${userId}`);
  return { counterV2, type };
}

async function isListed({ done }: Team, client: number, userId: string): Promise<boolean> {
  const { chats } = await done('GET', '/v1/chats', undefined, userId);
  return chats.some(({ chatId }: { chatId: string }) => chatId === String(client));
}

/** Hands over an unowned client, and then the same client with a contact that Konvert keeps. */
async function playHandOver(team: Team, client: number): Promise<void> {
  const { done } = team;
  equal((await handOver(team, client, ANNA.id, HEAD.id)).responsibleUserId, ANNA.id);
  const { contactId } = await team.chatWhen(client, 'the client has a contact', (chat) => chat.contactId !== null);
  equal((await done('GET', `/v3/contacts/${contactId}`)).responsibleUserId, ANNA.id);
  await cutShort(team, contactId, [client]);
  equal((await handOver(team, client, BORIS.id, ANNA.id)).responsibleUserId, BORIS.id);
  equal((await done('GET', `/v3/contacts/${contactId}`)).responsibleUserId, BORIS.id);
  equal((await ownDeal(team, contactId)).responsibleUserId, BORIS.id);
  equal(await isListed(team, client, ANNA.id), false);
}

function handOver(team: Team, client: number, userId: string, actor: string): Promise<ApiAnswer['body']> {
  return team.done('PUT', `${team.path(client)}/responsible`, { userId }, actor);
}

async function ownDeal({ done }: Team, contactId: string): Promise<ApiAnswer['body']> {
  const { data } = await done('GET', '/v3/deals');
  return data.find(({ contacts }: { contacts: string[] }) => contacts.includes(contactId));
}

/** Leaves a contact as if a change had ended before its addresses followed. */
async function cutShort({ hands, account }: Team, contactId: string, clients: readonly number[]): Promise<void> {
  await hands.dynamodb('update_item', 'directory', {
    Key: contactRow(account, contactId),
    UpdateExpression: 'SET unsettled = :addresses, ver = :ver',
    ExpressionAttributeValues: {
      ':addresses': { L: clients.map((client) => ({ S: addressOf(account, client) })) },
      ':ver': { S: randomUUID() },
    },
  });
}

function contactRow(account: string, contactId: string) {
  return { p: { S: `${account}#contacts` }, s: { S: contactId } };
}

function addressOf(account: string, client: number): string {
  return addressKey(account, 'telegram', String(client));
}

async function viewersOf({ hands, shop }: Team, client: number): Promise<readonly string[] | undefined> {
  const key = chatKey({ channelId: shop.channelId, chatType: 'telegram', chatId: String(client) });
  return (await createChats(hands.store).load(key))?.viewers;
}

async function playKnown(team: Team, client: number): Promise<void> {
  const { done } = team;
  await team.write(client);
  const contactData = [{ chatType: 'telegram', chatId: String(client) }];
  await done('POST', '/v3/contacts', [{ id: 'k', responsibleUserId: ANNA.id, name: 'Client', contactData }]);
  const deal = { id: 'kd', responsibleUserId: BORIS.id, name: 'Sale', contacts: ['k'], closed: false };
  await done('POST', '/v3/deals', [deal]);
  const { seenUpTo } = await team.chat(client);
  const quiet = { noReplyNeeded: true, seenUpTo };
  equal((await done('PUT', `${team.path(client)}/no-reply-needed`, quiet, BORIS.id)).unanswered, false);
  await team.write(client, 2);
  await until(
    'Boris sees it by the deal',
    async () => (await isListed(team, client, BORIS.id)) || undefined,
    team.trial.withinMs,
  );
  equal((await handOver(team, client, BORIS.id, HEAD.id)).responsibleUserId, BORIS.id);
  deepEqual(await viewersOf(team, client), [BORIS.id]);
  equal((await handOver(team, client, ANNA.id, BORIS.id)).responsibleUserId, ANNA.id);
  deepEqual(await viewersOf(team, client), [ANNA.id, BORIS.id]);
  await handOver(team, client, BORIS.id, HEAD.id);
  equal((await done('GET', '/v3/contacts/k')).responsibleUserId, ANNA.id);
}

async function playFirstReply(team: Team, client: number): Promise<void> {
  await team.write(client);
  equal((await reply(team, client, ANNA.id)).status, 201);
  const { status, body } = await reply(team, client, BORIS.id);
  equal(status, 409, JSON.stringify(body));
  match(JSON.stringify(body), /"Anna"/);
  const { responsibleUserId } = await team.chatWhen(
    client,
    'there is a contact',
    ({ contactId }) => contactId !== null,
  );
  equal(responsibleUserId, ANNA.id);
}

function reply({ shop }: Team, client: number, userId: string): Promise<ApiAnswer> {
  const { channelId, call } = shop;
  const text = `good day, ${client}`;
  return call('POST', '/v3/message', { channelId, chatType: 'telegram', chatId: String(client), text }, userId);
}

/** Replies to a client with no responsible user who may answer. Konvert's own deal changes with the contact. */
async function playTakeOver(team: Team, client: number): Promise<void> {
  const { done } = team;
  const { contactId } = await team.chat(client);
  const deal = await ownDeal(team, contactId);
  const other = { id: 'other', responsibleUserId: ANNA.id, name: 'Sale', contacts: [contactId], closed: false };
  await done('POST', '/v3/deals', [{ ...deal, responsibleUserId: GONE }, other]);
  deepEqual(await viewersOf(team, client), [ANNA.id, GONE]);
  await team.choose('first-reply', [BORIS.id]);
  await cutShort(team, contactId, [client]);
  equal((await reply(team, client, BORIS.id)).status, 201);
  equal((await team.chat(client)).responsibleUserId, BORIS.id);
  deepEqual(await viewersOf(team, client), [BORIS.id, ANNA.id]);
}

/** Calls the functions directly, because assign-contact also fails while the chat is not folded yet. */
async function playNobody(team: Team, client: number, late: number): Promise<void> {
  const { hands, account, trial } = team;
  await team.choose('round-robin', [], [ANNA.id, BORIS.id]);
  await team.write(client, 1, 60);
  await team.write(late);
  const tasks = createTasks(hands.store);
  const address = addressOf(account, client);
  const name = taskName({ kind: 'assign', address });
  const isLeft = async () => (await tasks.take(name)) !== undefined;
  await until(
    'assign-contact leaves no task',
    async () => {
      await hands.dynamodb('delete_item', 'outbox', { Key: { l: { S: name }, e: { S: '-' } } });
      const Keys = { a: { S: address }, s: { S: '-' } };
      await hands.invoke('assign-contact', { Records: [{ eventName: 'MODIFY', dynamodb: { Keys } }] });
      return !(await isLeft()) || undefined;
    },
    trial.withinMs,
  );
  await tasks.put({ kind: 'assign', address });
  await hands.invoke('do-tasks', { Records: [{ body: name }] });
  equal(await isLeft(), false, 'do-tasks has not done it');
  equal((await team.chat(client)).responsibleUserId, null);
}

/** Gives out two waiting clients. The first has more chats than a transaction holds. */
async function playWaiting(team: Team, client: number, late: number): Promise<void> {
  const { hands, account, shop, trial } = team;
  const { channelId } = shop;
  const many = Array.from({ length: 100 }, (_, index) => {
    return chatKey({ channelId, chatType: 'telegram', chatId: `${client}-${index}` });
  });
  await hands.dynamodb('update_item', 'addresses', {
    Key: { a: { S: addressOf(account, client) }, s: { S: '-' } },
    UpdateExpression: 'ADD chats :many, av :one',
    ExpressionAttributeValues: { ':many': { SS: many }, ':one': { N: '1' } },
  });
  await team.choose('round-robin', [ANNA.id, BORIS.id]);
  const isGiven = (chat: ApiAnswer['body']) => chat.contactId !== null;
  const one = await team.chatWhen(client, 'the first is given out', isGiven);
  const other = await team.chatWhen(late, 'the second is given out', isGiven);
  notEqual(one.responsibleUserId, other.responsibleUserId);
  await until(
    'the places of chats are looked at again',
    async () => (await hands.delayed('tasks')).includes(placeTask(channelId)) || undefined,
    trial.withinMs,
  );
}

async function playTurn(team: Team, client: number): Promise<void> {
  const isGiven = (chat: ApiAnswer['body']) => chat.contactId !== null;
  await team.write(client);
  const { contactId } = await team.chatWhen(client, 'the client is given out', isGiven);
  await team.done('DELETE', `/v3/contacts/${contactId}`);
  equal((await team.chat(client)).responsibleUserId, null);
  await team.write(client, 2);
  const again = await team.chatWhen(client, 'the client is given out again', isGiven);
  notEqual(again.contactId, contactId);
}

/** Takes a client over by the CRM right after the decision, mostly before assign-contact gets the bell. */
async function playTaken(team: Team, client: number): Promise<void> {
  const { done, hands, account, shop } = team;
  const chatOf = { channelId: shop.channelId, chatType: 'telegram', chatId: String(client) };
  const why = { userId: ANNA.id, rule: 'first-reply' as const, chatKey: chatKey(chatOf), place: null, passedOver: [] };
  await createAddresses(hands.store).decide({ key: addressOf(account, client), generation: 0 }, why);
  const contactData = [{ chatType: 'telegram', chatId: String(client) }];
  await done('POST', '/v3/contacts', [{ id: 'taken', responsibleUserId: BORIS.id, name: 'Client', contactData }]);
  const { assignments } = await done('GET', '/v1/assignments');
  const [{ chatId, userId }] = assignments;
  deepEqual({ chatId, userId }, { chatId: String(client), userId: ANNA.id });
}

/** Gives out a client who also wrote in a channel with unreadable settings. `assign-contact` needs those, and fails. */
async function playGiveOut(team: Team, client: number): Promise<void> {
  const { hands, account, shop, trial } = team;
  const unreadable = { p: { S: `channel#unreadable-${client}` }, s: { S: 'settings' } };
  const there = chatKey({ channelId: `unreadable-${client}`, chatType: 'telegram', chatId: String(client) });
  const rotation = { ch: { S: shop.channelId }, s: { S: '-' } };
  await hands.dynamodb('put_item', 'accounts', { Item: unreadable });
  try {
    await hands.dynamodb('put_item', 'addresses', {
      Item: {
        a: { S: addressOf(account, client) },
        s: { S: '-' },
        viewers: { L: [] },
        wrote: { SS: [there] },
        av: { N: '1' },
      },
    });
    await hands.dynamodb('update_item', 'dispensers', {
      Key: rotation,
      UpdateExpression: 'SET n = :twelfth',
      ExpressionAttributeValues: { ':twelfth': { N: '1200' } },
    });
    await team.write(client);
    const forgot = async () => (await hands.dynamodb('get_item', 'dispensers', { Key: rotation })).Item.done;
    await until('old turns are forgotten', forgot, trial.withinMs);
    notEqual((await team.chat(client)).responsibleUserId, null);
  } finally {
    await hands.dynamodb('delete_item', 'accounts', { Key: unreadable });
  }
}

/** Calls assign-contact directly, because the stream would repeat this address for ever. */
async function playUnreadable({ hands, account }: Team): Promise<void> {
  const address = `${account}#unreadable#1`;
  const Keys = { a: { S: address }, s: { S: '-' } };
  const task = { l: { S: taskName({ kind: 'assign', address }) }, e: { S: '-' } };
  await hands.dynamodb('put_item', 'addresses', { Item: Keys });
  try {
    await hands.invoke('assign-contact', { Records: [{ eventName: 'MODIFY', dynamodb: { Keys } }] });
    ok((await hands.dynamodb('get_item', 'outbox', { Key: task })).Item, 'there is no task');
  } finally {
    await hands.dynamodb('delete_item', 'addresses', { Key: Keys });
    await hands.dynamodb('delete_item', 'outbox', { Key: task });
  }
}

/** Finishes an assignment. Its contact was begun by another run, and the chat was left as it was. */
async function playCutAssignment(team: Team, client: number): Promise<void> {
  const { hands, account, trial } = team;
  const { contactId, begin } = await prepareAssignment(team, client);
  await begin();
  await until(
    'the contact is settled',
    async () => {
      const { card, unsettled } = await createContacts(hands.store).load(account, contactId);
      return (card && !unsettled) || undefined;
    },
    trial.withinMs,
  );
  deepEqual(await viewersOf(team, client), [ANNA.id, BORIS.id]);
  await isFinished(team, contactId);
}

/** Stores what is left when an assignment was cut short. `begin` makes the decision. */
async function prepareAssignment({ hands, account, shop }: Team, client: number) {
  const address = addressOf(account, client);
  const decidedAt = Date.now();
  const Key = { a: { S: address }, s: { S: '-' } };
  const { Item } = await hands.dynamodb('get_item', 'addresses', { Key });
  const contactId = uuidOf(`contact#${address}#${Item.gen.N}#${decidedAt}`);
  await hands.dynamodb('put_item', 'directory', {
    Item: {
      ...contactRow(account, contactId),
      ver: { S: randomUUID() },
      deals: { M: { cut: { S: BORIS.id } } },
      unsettled: { L: [{ S: address }] },
    },
  });
  await hands.dynamodb('update_item', 'chats', {
    Key: {
      c: { S: chatKey({ channelId: shop.channelId, chatType: 'telegram', chatId: String(client) }) },
      s: { S: '-' },
    },
    UpdateExpression: 'SET viewers = :viewers, ver = ver + :one',
    ExpressionAttributeValues: { ':viewers': { L: [{ S: GONE }, { S: HEAD.id }] }, ':one': { N: '1' } },
  });
  const begin = () =>
    hands.dynamodb('update_item', 'addresses', {
      Key,
      UpdateExpression: 'SET #owner = :anna, decidedAt = :now, viewers = :viewers, av = av + :one REMOVE contact',
      ExpressionAttributeNames: { '#owner': 'owner' },
      ExpressionAttributeValues: {
        ':anna': { S: ANNA.id },
        ':now': { N: String(decidedAt) },
        ':viewers': { L: [{ S: ANNA.id }] },
        ':one': { N: '1' },
      },
    });
  return { contactId, begin };
}

/** Changes and then deletes a contact while a run settles it. Many addresses keep the run busy. */
async function overtake(team: Team, contactId: string, begin: () => Promise<unknown>): Promise<void> {
  const { hands, account, trial } = team;
  const contacts = createContacts(hands.store);
  const load = () => contacts.load(account, contactId);
  const change = (UpdateExpression: string, values: object) =>
    hands.store.client.send(
      new UpdateCommand({
        TableName: hands.store.tables.directory,
        Key: { p: `${account}#contacts`, s: contactId },
        UpdateExpression,
        ConditionExpression: 'attribute_exists(unsettled)',
        ExpressionAttributeValues: { ':ver': randomUUID(), ...values },
      }),
    );
  const nobody = 2_000_000_000 + Math.floor(Math.random() * 1e9);
  const other = addressOf(account, nobody);
  await hands.dynamodb('put_item', 'addresses', {
    Item: {
      a: { S: other },
      s: { S: '-' },
      av: { N: '1' },
      viewers: { L: [{ S: GONE }] },
      contact: { M: { id: { S: contactId }, name: { S: 'Client' } } },
    },
  });
  await cutShort(
    team,
    contactId,
    Array.from({ length: OTHERS }, (_, index) => nobody + index),
  );
  const { version } = await load();
  const begun = begin();
  // It is awaited at the end, which may be after it has failed.
  begun.catch(() => undefined);
  await until('it is under way', async () => (await load()).version !== version || undefined, trial.withinMs);
  const added = [{ chatType: 'telegram', chatId: String(nobody) }];
  await change('SET card.contactData = list_append(card.contactData, :added), ver = :ver', { ':added': added });
  await until(
    'the other address follows',
    async () => !(await createAddresses(hands.store).get(other)).viewers.includes(GONE) || undefined,
    trial.withinMs,
  );
  await change('SET deals = :none, unsettled = :nowhere, ver = :ver REMOVE card', {
    ':none': {},
    ':nowhere': [],
  });
  await begun;
  await until('the contact is gone', async () => (await load()).version === undefined || undefined, trial.withinMs);
}

/** Waits until the task that settles the contact has ended. */
async function isFinished({ hands, account, trial }: Team, contactId: string): Promise<void> {
  const name = taskName({ kind: 'settle', account, contactId });
  const Key = { l: { S: name }, e: { S: '-' } };
  await until(
    'the task is finished',
    async () => (await hands.dynamodb('get_item', 'outbox', { Key })).Item === undefined || undefined,
    trial.withinMs,
  );
}

/** Settles a contact that was left with another address and other deals, and then one that was left deleted. */
async function playSettle(team: Team, client: number): Promise<void> {
  const { hands, account } = team;
  const tasks = createTasks(hands.store);
  const contactId = 'k';
  const settle = async () => {
    await tasks.put({ kind: 'settle', account, contactId });
    await hands.invoke('do-tasks', { Records: [{ body: taskName({ kind: 'settle', account, contactId }) }] });
    await isFinished(team, contactId);
  };
  await cutShort(team, contactId, [client, client + 1_000_000_000]);
  await hands.dynamodb('update_item', 'directory', {
    Key: contactRow(account, contactId),
    UpdateExpression: 'SET deals = :deals',
    ExpressionAttributeValues: { ':deals': { M: { cut: { S: ANNA.id } } } },
  });
  await settle();
  deepEqual(await viewersOf(team, client), [BORIS.id, ANNA.id]);
  await cutShort(team, contactId, []);
  await hands.dynamodb('update_item', 'directory', {
    Key: contactRow(account, contactId),
    UpdateExpression: 'SET deals = :none REMOVE card',
    ExpressionAttributeValues: { ':none': { M: {} } },
  });
  await settle();
  ok(
    !(await hands.dynamodb('get_item', 'directory', { Key: contactRow(account, contactId) })).Item,
    'it is still there',
  );
}

async function playSweep({ hands, account, trial }: Team): Promise<void> {
  const task = { kind: 'settle' as const, account, contactId: 'nobody' };
  const tasks = createTasks(hands.store);
  await tasks.put(task);
  await hands.invoke('sweep-lanes', {});
  await until('the task is done', async () => !(await tasks.take(taskName(task))) || undefined, trial.withinMs);
}
