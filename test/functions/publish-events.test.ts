import { DeleteCommand } from '@aws-sdk/lib-dynamodb';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { toProviderId } from '#channels/telegram/ids';
import { FIRST_KEY, factKey } from '#domain/fact';
import { messageIdOf } from '#domain/message-id';
import { NO_SUBSCRIPTIONS, type Subscriptions } from '#domain/receiver';
import { newSigningSecret } from '#store/accounts/open-receivers';
import { type Account, type ConnectedChannel, createWorld, messageOf, START, type World } from '#test/world';

const CHAT = 5;
const ALL: Subscriptions = {
  messagesAndStatuses: true,
  contactsAndDealsCreation: true,
  channelsUpdates: true,
  templateStatus: true,
  assignments: true,
  waiting: true,
};

let world: World;

beforeEach(async () => {
  world = await createWorld();
});

afterEach(() => world.stop());

async function listen(subscriptions: Partial<Subscriptions> = ALL, { accountId }: Account = world.account) {
  const before = await world.store.receivers.now(accountId);
  const given = { uri: 'https://crm.example/hook', subscriptions: { ...NO_SUBSCRIPTIONS, ...subscriptions } };
  const secrets = { crmKey: undefined, signing: [{ secret: newSigningSecret() }] };
  await world.store.receivers.save(before, { ...given, ...secrets, endedAt: undefined }, 'key-1');
}

/** Follows every bell, except those that would call somebody. */
const publish = () => world.drain({ deliver: false });

function chatKey(chatId = CHAT, { channelId } = world.channel): string {
  return `${channelId}#telegram#${chatId}`;
}

const messageId = (key: string, chatId = CHAT) => messageIdOf(chatKey(chatId), key);

/** The rows of an account, in the order of its lane. */
function rows({ accountId }: Account = world.account): Record<string, unknown>[] {
  const found = world.db.items('outbox').filter(({ l, e }) => l === `event#${accountId}` && e !== '-');
  return found.sort((one, other) => (String(one.e) < String(other.e) ? -1 : 1)) as Record<string, unknown>[];
}

/** The ids of events in the rows. */
const ids = (account?: Account) => rows(account).map(({ e }) => String(e).slice(14));

/** Everything in `messages` as news, as a stream repeats it on one machine: keys without images. */
function repeated() {
  const Records = world.db
    .items('messages')
    .map(({ c, k }) => ({ eventName: 'MODIFY', dynamodb: { Keys: { c: { S: c }, k: { S: k } } } }));
  return world.app.listeners['publish-events']({ Records });
}

async function hear(update: unknown, channel: ConnectedChannel = world.channel): Promise<void> {
  expect(await world.webhook(update, { channel })).toMatchObject({ status: 200 });
}

/** A message of the client to a person of the team. The channel may read the account of that person. */
function said(id: number, text = 'hello', chatId = CHAT, at = world.clock.now()) {
  return { update_id: id, business_message: { ...messageOf(chatId, text, id, at), business_connection_id: 'b1' } };
}

function edited(id: number, text: string): unknown {
  const message = { ...messageOf(CHAT, text, id, START), business_connection_id: 'b1', edit_date: START / 1000 + 60 };
  return { update_id: 900, edited_business_message: message };
}

/** The key of such a message. */
const keyOf = (id: number) => factKey(START, toProviderId(id, 'b1'));

const deleted = (...message_ids: number[]) => ({
  update_id: 901,
  deleted_business_messages: { business_connection_id: 'b1', chat: { id: CHAT, type: 'private' }, message_ids },
});

/** A reply, and the end of its first attempt. */
async function replyEnds(how: 'sent' | 'refused'): Promise<string> {
  await world.reply(CHAT);
  await publish();
  const { k } = world.db.items('messages').find(({ kind }) => kind === 'reply')!;
  world.clock.advance(2_000);
  await endAttempt(String(k), 1, how);
  await publish();
  return String(k);
}

async function endAttempt(key: string, attempt: number, how: 'sent' | 'refused'): Promise<void> {
  const { attempts, rows: outbox } = world.store;
  if (how === 'sent') return void (await attempts.recordSent(chatKey(), key, attempt, `p${attempt}`));
  const why = { code: '403', description: 'blocked' };
  const row = { lane: `reply#${chatKey()}`, event: key, account: world.account.accountId, chat: chatKey(), attempt };
  await attempts.refuse(chatKey(), key, attempt, why, outbox.failing({ ...row, storedAt: START }, 1, why));
}

describe('C2 a receiver is told of', () => {
  beforeEach(() => listen());

  test('a message of the client, by the key of its fact and no word of it', async () => {
    await hear(said(7, 'a word that stays here'));
    await publish();

    const key = keyOf(7);
    const { subject, ...row } = rows()[0]!;
    expect(rows()).toHaveLength(1);
    expect(row).toEqual({
      l: `event#${world.account.accountId}`,
      e: `${START}#message#${messageId(key)}`,
      kind: 'event',
      what: 'message',
      account: world.account.accountId,
      chat: chatKey(),
      fact: key,
      createdAt: START,
      since: START,
      calls: 0,
    });
    expect(subject).toMatch(/^[0-9a-z]{1,11}$/);
  });

  test('an echo', async () => {
    const { business_message, ...update } = {
      business_message: messageOf(CHAT, 'from the phone', 7, START),
      update_id: 1,
    };
    const from = { id: 62000111, is_bot: false, first_name: 'Shop' };
    await hear({ ...update, business_message: { ...business_message, from, business_connection_id: 'b1' } });
    await publish();

    expect(ids()).toEqual([`message#${messageId(keyOf(7))}`]);
  });

  test.each(['sent', 'refused'] as const)('a reply that is %s, with its status', async (how) => {
    const key = await replyEnds(how);

    const status = how === 'sent' ? 'sent' : 'error';
    expect(ids()).toEqual([`message#${messageId(key)}`, `status#${messageId(key)}#${status}#1`]);
    expect(rows()[1]).toMatchObject({ what: 'status', status, attempt: 1, at: START + 2_000, fact: key });
    expect(rows().map(({ createdAt }) => createdAt)).toEqual([START, START + 2_000]);
  });

  test('a later attempt by its status alone', async () => {
    const key = await replyEnds('refused');
    await world.store.attempts.startAttempt(chatKey(), key, 2);
    world.clock.advance(1_000);
    await endAttempt(key, 2, 'sent');
    await publish();

    expect(ids().slice(2)).toEqual([`status#${messageId(key)}#sent#2`]);
  });

  test('no reply that has not left yet', async () => {
    await world.reply(CHAT);
    await publish();

    expect(rows()).toEqual([]);
  });

  test('an edit and a deletion, both behind their message', async () => {
    await hear(said(7));
    await publish();
    await hear(edited(7, 'better words'));
    await publish();
    world.clock.advance(120_000);
    await hear(deleted(7));
    await publish();

    const id = messageId(keyOf(7));
    expect(ids()).toEqual([`message#${id}`, `edit#${id}#${START + 60_000}.900`, `deletion#${id}`]);
  });

  test('an edit and a deletion of a reply that left', async () => {
    const key = await replyEnds('sent');
    const edit = { at: START + 5_000, content: { type: 'text', text: 'better words' } } as const;
    world.clock.advance(1_000);
    await world.store.outcomes.recordEdit(chatKey(), 'p1', edit);
    await world.store.outcomes.recordDeletion(chatKey(), 'p1');
    await publish();

    const id = messageId(key);
    expect(ids().slice(2)).toEqual([`deletion#${id}`, `edit#${id}#${START + 5_000}.0`]);
  });

  test('an edit of a reply that was reported before it was known to be ours', async () => {
    await world.reply(CHAT);
    const { k } = world.db.items('messages').find(({ kind }) => kind === 'reply')!;
    const edit = { at: START + 5_000, content: { type: 'text', text: 'better words' } } as const;
    await world.store.outcomes.recordEdit(chatKey(), 'p1', edit);
    await publish();
    expect(rows()).toEqual([]);

    await endAttempt(String(k), 1, 'sent');
    await publish();

    expect(ids().map((id) => id.split('#')[0])).toEqual(['message', 'status', 'edit']);
  });

  test.each([
    { name: 'a deletion that came before its message', first: () => hear(deleted(7)), what: 'deletion' },
    { name: 'an edit that came before its message', first: () => hear(edited(7, 'better words')), what: 'edit' },
  ])('$name, together with it', async ({ first, what }) => {
    await first();
    await publish();
    expect(rows()).toEqual([]);

    await hear(said(7, 'hello', CHAT, START));
    await publish();

    expect(rows().map((row) => row.what)).toEqual(['message', what]);
  });

  test.each([
    {
      name: 'the decision that no reply is needed',
      act: async () => {
        const { seenUpTo } = await world.history(CHAT);
        await world.noReplyNeeded(CHAT, { noReplyNeeded: true, seenUpTo });
      },
    },
    {
      name: 'a reaction',
      act: () => world.store.outcomes.recordReaction(chatKey(), toProviderId(7, 'b1'), { at: START, emojis: ['👍'] }),
    },
    { name: 'an edit of a message that never came', act: () => hear(edited(8, 'words')) },
    { name: 'a deletion of a message that never came', act: () => hear(deleted(8)) },
    { name: 'the same edit again', act: () => hear(edited(7, 'hello')), before: () => hear(edited(7, 'hello')) },
    { name: 'the same deletion again', act: () => hear(deleted(7)), before: () => hear(deleted(7)) },
  ])('nothing by $name', async ({ act, before }) => {
    await hear(said(7));
    await before?.();
    await publish();
    const told = ids();
    world.clock.advance(1_000);

    await act();
    await publish();

    expect(ids()).toEqual(told);
  });
});

describe('C1 a batch', () => {
  beforeEach(() => listen());

  test('of many messages rings their lane once, and each is there', async () => {
    for (let id = 1; id <= 60; id += 1) await hear(said(id, 'hello', 1 + (id % 20)));
    await publish();

    expect(rows()).toHaveLength(60);
    expect(world.sent.events).toEqual([`event#${world.account.accountId}`]);
  });

  test('that is repeated adds nothing, and rings its lane at most once', async () => {
    await hear(said(7));
    await replyEnds('sent');
    await hear(edited(7, 'better words'));
    await hear(deleted(7));
    await publish();
    const before = rows();
    expect(before).toHaveLength(5);
    world.sent.events.splice(0);

    world.clock.advance(400);
    await repeated();

    expect(rows()).toEqual(before);
    expect(world.sent.events).toEqual([`event#${world.account.accountId}`]);
    await repeated();
    expect(world.sent.events).toHaveLength(2);
  });

  test('that is repeated after its rows have left changes and announces nothing', async () => {
    const lane = `event#${world.account.accountId}`;
    await hear(said(7));
    await publish();
    const [row] = await world.store.rows.pendingIn(lane, FIRST_KEY, 1);
    await world.store.rows.markDone(row!);
    world.db.apply(new DeleteCommand({ TableName: 'outbox', Key: { l: lane, e: '-' } }) as never);
    const left = rows();
    world.sent.events.splice(0);

    await repeated();

    expect(rows()).toEqual(left);
    expect(await world.store.rows.pendingIn(lane, FIRST_KEY, 1)).toEqual([]);
    expect(world.db.items('outbox').filter(({ e }) => e === '-')).toEqual([]);
    expect(world.sent.events).toEqual([]);
  });

  test('whose announcement failed is announced by its repeat', async () => {
    await hear(said(7));
    world.failing = ({ kind, input }) => kind === 'UpdateCommand' && String(input.Key?.l).startsWith('event#');
    await expect(publish()).rejects.toThrow();
    world.failing = undefined;
    expect(rows()).toHaveLength(1);
    expect(world.sent.events).toEqual([]);

    await repeated();

    expect(rows()).toHaveLength(1);
    expect(world.sent.events).toHaveLength(1);
  });

  test('puts what is told of a person in order, one after another', async () => {
    const put: string[] = [];
    for (let id = 1; id <= 12; id += 1) {
      world.clock.advance(1);
      await hear(said(id, 'hello', 1 + (id % 3)));
    }
    world.failing = async ({ kind, input }) => {
      if (kind !== 'PutCommand' || input.Item?.kind !== 'event') return false;
      // The sooner it is asked for, the later it is done.
      const turns = 24 - put.length;
      for (let turn = 0; turn < turns; turn += 1) await Promise.resolve();
      put.push(`${input.Item.subject} ${input.Item.e}`);
      return false;
    };
    await publish();

    expect(put).toHaveLength(12);
    for (const ofOne of Map.groupBy(put, (line) => line.split(' ')[0]).values()) {
      expect(ofOne).toHaveLength(4);
      expect(ofOne).toEqual(ofOne.toSorted());
    }
  });

  test('of two accounts has a lane for each', async () => {
    const account = await world.addAccount();
    const channel = await world.addChannel(account);
    await listen(ALL, account);
    await hear(said(7));
    await hear(said(8), channel);
    await publish();

    expect(ids()).toEqual([`message#${messageId(keyOf(7))}`]);
    expect(ids(account)).toEqual([`message#${messageIdOf(chatKey(CHAT, channel), keyOf(8))}`]);
    expect(world.sent.events.toSorted()).toEqual(
      [world.account, account].map(({ accountId }) => `event#${accountId}`).sort(),
    );
  });

  test('whose bells were lost is published by the watchdog', async () => {
    await hear(said(7));
    await world.reply(CHAT);
    const { k } = world.db.items('messages').find(({ kind }) => kind === 'reply')!;
    await endAttempt(String(k), 1, 'sent');
    await hear(edited(7, 'better words'));
    world.dropBells();
    expect(rows()).toEqual([]);

    await world.app.listeners['watch-chats']();
    await world.app.listeners['watch-chats']();

    expect(rows().map(({ what }) => what)).toEqual(['message', 'message', 'status', 'edit']);
  });
});

describe('C2 a receiver that begins to listen', () => {
  test('is not told by the watchdog of what was said before, and is told of what becomes of it', async () => {
    await hear(said(7));
    await world.reply(CHAT);
    await publish();
    world.clock.advance(1_000);
    await listen();
    await world.app.listeners['watch-chats']();
    expect(rows()).toEqual([]);

    const { k } = world.db.items('messages').find(({ kind }) => kind === 'reply')!;
    await endAttempt(String(k), 1, 'sent');
    await hear(edited(7, 'better words'));
    await publish();

    expect(rows().map(({ what }) => what)).toEqual(['message', 'status', 'edit']);
  });

  test.each([
    { name: 'with other words of the same', between: async () => undefined, told: 1 },
    { name: 'after it wanted nothing', between: () => listen(NO_SUBSCRIPTIONS), told: 0 },
    {
      name: 'after it had ended',
      between: () => world.store.receivers.end(world.account.accountId, 1),
      told: 0,
    },
  ])('again, $name, is told of $told of what was said meanwhile', async ({ between, told }) => {
    await listen();
    await between();
    world.clock.advance(10_000);
    await hear(said(7));
    world.dropBells();
    world.clock.advance(10_000);
    await listen();

    await world.app.listeners['watch-chats']();

    expect(rows()).toHaveLength(told);
  });
});

test('C2 a receiver that begins to listen again is told at once, also by a process that knows it did not', async () => {
  await listen(NO_SUBSCRIPTIONS);
  const publishEvents = world.newProcess().listeners['publish-events'];
  const newsOf = (id: number) => ({
    Records: [{ eventName: 'INSERT', dynamodb: { Keys: { c: { S: chatKey() }, k: { S: keyOf(id) } } } }],
  });
  await hear(said(7));
  await publishEvents(newsOf(7));
  world.clock.advance(1_000);
  await listen();
  world.clock.advance(1_000);
  await hear(said(8, 'hello', CHAT, START));
  await publishEvents(newsOf(8));

  expect(ids()).toEqual([`message#${messageId(keyOf(8))}`]);
});

describe('C2 nothing is put', () => {
  test.each([
    { name: 'without a receiver', prepare: async () => undefined },
    { name: 'for one that wants other news', prepare: () => listen({ ...ALL, messagesAndStatuses: false }) },
    { name: 'for one that wants nothing', prepare: () => listen(NO_SUBSCRIPTIONS) },
    {
      name: 'for one that has ended',
      prepare: async () => {
        await listen();
        await world.store.receivers.end(world.account.accountId, 1);
      },
    },
    {
      name: 'for one of another account',
      prepare: async () => listen(ALL, await world.addAccount()),
    },
  ])('$name', async ({ prepare }) => {
    await prepare();
    await hear(said(7));
    await replyEnds('sent');
    await hear(edited(7, 'better words'));
    await publish();

    expect(world.db.items('outbox').filter(({ l }) => String(l).startsWith('event#'))).toEqual([]);
    expect(world.sent.events).toEqual([]);
  });

  test('and no message is read where nobody listens', async () => {
    const asked: string[] = [];
    world.failing = ({ input }) => {
      asked.push(String(input.TableName));
      return false;
    };
    const Keys = { c: { S: chatKey() }, k: { S: keyOf(7) } };
    const Records = [{ eventName: 'INSERT', dynamodb: { Keys, NewImage: { kind: { S: 'client' } } } }];
    await world.app.listeners['publish-events']({ Records });

    expect(asked.filter((table) => table !== 'accounts')).toEqual([]);
  });
});
