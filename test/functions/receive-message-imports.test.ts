import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { NO_SUBSCRIPTIONS } from '#domain/receiver';
import { newSigningSecret } from '#store/accounts/open-receivers';
import { START } from '#test/world';
import { createSharedWorld, type SharedWorld, said } from './shared-address.ts';

const CHAT = '79001112233';
const DAY = 24 * 3_600_000;

let shared: SharedWorld;

beforeEach(async () => {
  shared = await createSharedWorld();
});

afterEach(() => shared.world.stop());

/** A line of an import, of the client or of the team. */
function imported(id: string, at: number, more: object = {}) {
  return said(CHAT, id, { time: at, history: true, opens: true, ...more });
}

async function post(...items: Parameters<SharedWorld['post']>[0][]): Promise<void> {
  expect(await shared.post(items)).toMatchObject({ status: 200 });
  await shared.world.drain();
}

async function chat(): Promise<Record<string, unknown>> {
  return (await shared.chatOf(CHAT)).body as Record<string, unknown>;
}

async function texts(): Promise<unknown[] | undefined> {
  return (await shared.history(CHAT))?.map(({ text }) => text);
}

/** The rows of what leaves, without tasks. */
function leaving(): unknown[] {
  return shared.world.db.items('outbox').filter(({ l }) => !String(l).startsWith('task#'));
}

async function listen(): Promise<void> {
  const { store, account } = shared.world;
  const before = await store.receivers.now(account.accountId);
  const subscriptions = { ...NO_SUBSCRIPTIONS, messagesAndStatuses: true, contactsAndDealsCreation: true };
  const registration = { uri: 'http://127.0.0.1:9/', subscriptions, signing: [{ secret: newSigningSecret() }] };
  await store.receivers.save(before, registration as never, 'key');
}

describe('U4 an import', () => {
  test('is shown in its place, and opens nothing', async () => {
    await post(imported('h2', START - 2 * DAY), said(CHAT, 'm1'), imported('h3', START - DAY));
    await post(imported('h1', START - 3 * DAY));

    expect(await texts()).toEqual(['text of h1', 'text of h2', 'text of h3', 'text of m1']);
    expect((await shared.history(CHAT))!.map(({ isImported }) => isImported)).toEqual([true, true, true, undefined]);
    expect(await chat()).toMatchObject({ unansweredCount: 1 });
  });

  test('moves no place and changes no words, in whatever order it comes', async () => {
    await post(said(CHAT, 'm1'));
    const before = await chat();

    await post(
      imported('h1', START - DAY),
      imported('h9', START + 60_000, { content: { type: 'text', text: 'newer' } }),
    );

    expect(await chat()).toEqual(before);
  });

  test('costs a chat in which somebody wrote no write and one read', async () => {
    await post(said(CHAT, 'm1'));
    await shared.post([imported('h1', START - DAY)]);
    const asked: string[] = [];
    shared.world.failing = ({ kind, input }) => {
      if (input.TableName === 'chats' || input.TableName === 'messages') asked.push(`${kind} ${input.TableName}`);
      return false;
    };

    await shared.world.drain();

    expect(asked).toEqual(['GetCommand chats']);
  });

  test('gives a chat that has nothing else a place, by its newest line', async () => {
    await post(imported('h2', START - DAY), imported('h1', START - 2 * DAY));
    await post(
      imported('h3', START - DAY + 1_000, { kind: 'echo', opens: false, content: { type: 'text', text: 'bye' } }),
    );
    await post(imported('h0', START - 3 * DAY));

    const { body } = await shared.world.call('GET', '/v1/chats', { key: shared.world.account.apiKey });
    expect(body).toMatchObject({ chats: [{ chatId: CHAT, unansweredCount: 0 }] });
    expect(JSON.stringify(body)).toContain('bye');
  });

  test('gives way to the first message, also to one that is older', async () => {
    await post(imported('h1', START));
    await post(said(CHAT, 'm1', { time: START - 5_000 }));

    expect(await chat()).toMatchObject({ unansweredCount: 1 });
    expect(JSON.stringify(await chat())).toContain('text of m1');
    expect(JSON.stringify(await chat())).not.toContain('text of h1');
  });

  test('covers nothing and ends no "no reply needed"', async () => {
    await post(said(CHAT, 'm1'));
    await post(imported('h1', START + 60_000, { kind: 'echo', opens: false }));
    expect(await chat()).toMatchObject({ unansweredCount: 1 });

    const { channelId } = shared.number;
    const { seenUpTo } = (
      await shared.world.call('GET', `/v1/chats/${channelId}/whatsapp/${CHAT}/messages`, {
        key: shared.world.account.apiKey,
      })
    ).body as { seenUpTo: string };
    await shared.world.call('PUT', `/v1/chats/${channelId}/whatsapp/${CHAT}/no-reply-needed`, {
      key: shared.world.account.apiKey,
      body: { noReplyNeeded: true, seenUpTo },
    });
    await shared.world.drain();
    await post(imported('h2', START + 120_000, { kind: 'echo', opens: false }), imported('h3', START + 130_000));

    expect(await chat()).toMatchObject({ unansweredCount: 0, noReplyNeeded: expect.anything() });
  });

  test('tells the CRM nothing, and makes nobody a new client', async () => {
    await listen();
    const account = { key: shared.world.account.apiKey };
    await shared.world.call('POST', '/v3/users', { ...account, body: [{ id: 'anna', name: 'Anna' }] });
    await shared.world.call('POST', '/v3/pipelines', {
      ...account,
      body: [{ id: 'p', name: 'Sales', stages: [{ id: 's', name: 'New' }] }],
    });
    await shared.world.call('PUT', `/v1/settings/channels/${shared.number.channelId}`, {
      ...account,
      body: {
        newClients: { mode: 'round-robin', pipelineId: 'p', stageId: 's' },
        userRoles: [{ userId: 'anna', role: 'seller', allowGetNewClients: true }],
      },
    });
    await shared.world.drain();

    await post(
      imported('h1', START - DAY),
      imported('h2', START - DAY + 1, { kind: 'echo', opens: false }),
      imported('h3', START - DAY + 2, { content: { type: 'text', kind: 'button', text: 'Yes' } }),
    );
    await post({
      kind: 'edit',
      ids: [{ chatType: 'whatsapp', chatId: CHAT }],
      providerId: 'h1',
      time: START,
      content: { type: 'text', text: 'edited' },
    });
    await post({ kind: 'deletion', ids: [{ chatType: 'whatsapp', chatId: CHAT }], providerId: 'h2' });

    expect(leaving()).toEqual([]);
    expect(await chat()).toMatchObject({ responsibleUserId: null });

    await post(said(CHAT, 'm1'));
    expect(await chat()).toMatchObject({ responsibleUserId: 'anna' });
    expect(leaving().length).toBeGreaterThan(0);
  });

  test('of a message that comes as well gives way to it, and the message counts once', async () => {
    await post(imported('m1', START), imported('m2', START + 1));
    await post(said(CHAT, 'm2', { time: START + 1 }));
    await post(imported('m2', START + 1));
    await post(said(CHAT, 'm2', { time: START + 1 }));

    expect(await texts()).toEqual(['text of m1', 'text of m2']);
    expect((await shared.history(CHAT))!.map(({ isImported }) => isImported)).toEqual([true, undefined]);
    expect(await chat()).toMatchObject({ unansweredCount: 1 });
  });

  test('gives the line of an edit what it has, and gives way to the message', async () => {
    const ids = [{ chatType: 'whatsapp', chatId: CHAT }];
    const message = { kind: 'client', author: { name: 'Anna' }, time: START };
    await post({
      kind: 'edit',
      ids,
      providerId: 'm1',
      time: START + 5,
      content: { type: 'text', text: 'edited' },
      message,
    });
    const media = { mimeType: 'image/png' };
    await post(imported('m1', START, { content: { type: 'image', text: 'first words', media } }));
    expect(shared.world.db.items('messages')).toContainEqual(
      expect.objectContaining({ fromEdit: true, content: { type: 'image', text: 'first words', media } }),
    );
    expect(await shared.history(CHAT)).toMatchObject([{ text: 'edited', isEdited: true }]);

    await post(said(CHAT, 'm1'));

    expect(await shared.history(CHAT)).toMatchObject([{ text: 'edited', oldInfo: { oldText: 'text of m1' } }]);
    expect(await chat()).toMatchObject({ unansweredCount: 1 });
  });
});

test('a file that comes after its import is no edit', async () => {
  const ids = [{ chatType: 'whatsapp', chatId: CHAT }] as const;
  await post(imported('m1', START, { content: { type: 'unsupported', kind: 'media_placeholder' } }));
  const content = { type: 'image', media: { fileId: 'f1', mimeType: 'image/png' } } as const;
  await post({ kind: 'edit', ids, providerId: 'm1', time: START, content });

  const [line] = (await shared.history(CHAT)) ?? [];
  expect(line).toMatchObject({ type: 'image', contentUri: expect.any(String) });
  expect(line).not.toHaveProperty('isEdited');
});

describe('what another program holds', () => {
  test('opens as ever, is marked, and the program’s own messages answer nothing', async () => {
    await post(said(CHAT, 'm1', { standby: true }));
    await post(said(CHAT, 'm2', { kind: 'echo', opens: false, time: START + 60_000, standby: true }));

    expect(await chat()).toMatchObject({ unansweredCount: 1 });
    expect(await shared.history(CHAT)).toMatchObject([
      { text: 'text of m1', isStandby: true, status: 'inbound' },
      { text: 'text of m2', isStandby: true, by: 'automatic' },
    ]);
  });
});

describe('what a messenger tells of a person', () => {
  const [phone, user] = [
    { chatType: 'whatsapp', chatId: CHAT },
    { chatType: 'whatsapp', chatId: 'US.704' },
  ];

  test('is a line that opens nothing', async () => {
    const became = [{ chatType: 'whatsapp', chatId: '79009998877' }];
    const content = { type: 'text', text: 'changed number' };
    await post({ kind: 'identity', ids: [phone, user], providerId: 'i1', time: START, became, content });

    expect(await shared.history(CHAT)).toMatchObject([{ type: 'system', text: 'changed number', isEcho: false }]);
    expect(await chat()).toMatchObject({ unansweredCount: 0 });
    expect(shared.world.db.items('messages')).toMatchObject([{ kind: 'client', opens: false, ids: [user], became }]);
  });

  test('stands with each message: the ids beside that of the chat', async () => {
    await post(
      said(CHAT, 'm1', { ids: [phone, user] }),
      said(CHAT, 'm2', { kind: 'echo', opens: false, ids: [phone, user] }),
    );

    expect(shared.world.db.items('messages')).toMatchObject([{ ids: [user] }, { ids: [user] }]);
    expect(JSON.stringify(await shared.history(CHAT))).not.toContain('US.704');
  });
});
