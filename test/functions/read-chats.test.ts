import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { chat, chatList } from '#api/chat-routes';
import { writeCursor } from '#api/cursor';
import { messageList } from '#api/history-routes';
import { type ChatAnswer, createWorld, type MessageListAnswer, messageOf, START, type World } from '#test/world';

const CHAT = 5;
const MINUTE = 60_000;

let world: World;

beforeEach(async () => {
  world = await createWorld();
});

afterEach(() => world.stop());

function get(path: string, key = world.account.apiKey) {
  return world.call('GET', path, { key });
}

async function pages(query: string): Promise<ChatAnswer[][]> {
  const found: ChatAnswer[][] = [];
  let cursor: string | undefined = '';
  while (cursor !== undefined) {
    const page = await world.chats(`${query}${cursor && `&cursor=${cursor}`}`);
    found.push(page.chats);
    cursor = page.nextCursor;
    if (found.length > 200) throw new Error('The list does not end');
  }
  return found;
}

function idsOf(chats: readonly ChatAnswer[]): number[] {
  return chats.map(({ chatId }) => Number(chatId));
}

describe('U7 the list', () => {
  /** Chats 1 to 30 wrote in order, eleven minutes apart. Then the even ones were answered in the same order. */
  beforeEach(async () => {
    const second = await world.addChannel();
    for (let chat = 1; chat <= 30; chat += 1) {
      await world.say(chat, 'hello', chat % 3 === 0 ? { channel: second } : {});
      world.clock.advance(11 * MINUTE);
    }
    for (let chat = 2; chat <= 30; chat += 2) {
      await world.reply(chat, chat % 3 === 0 ? { channelId: second.channelId } : {});
      await world.drain();
      world.clock.advance(11 * MINUTE);
    }
  });

  const waiting = Array.from({ length: 15 }, (_, index) => 2 * index + 1);
  const answered = Array.from({ length: 15 }, (_, index) => 30 - 2 * index);

  test.each([1, 2, 3, 7, 14, 15, 16, 29, 30, 31, 100])(
    'shows each chat once in pages of %i, the longest waiting first, then the newest',
    async (limit) => {
      const found = await pages(`limit=${limit}`);

      expect(idsOf(found.flat())).toEqual([...waiting, ...answered]);
      expect(Math.max(...found.map((page) => page.length))).toBeLessThanOrEqual(limit);
    },
  );

  test.each([1, 4, 15, 100])('shows only unanswered chats with view=unanswered, in pages of %i', async (limit) => {
    expect(idsOf((await pages(`view=unanswered&limit=${limit}`)).flat())).toEqual(waiting);
  });

  test('is that of view=all if no view is given, 50 chats at once', async () => {
    const { chats, nextCursor } = await world.chats();

    expect(await world.chats('view=all&limit=50')).toEqual({ chats });
    expect(nextCursor).toBeUndefined();
    expect(chats).toHaveLength(30);
  });

  test('is in exact order on a page, although places lag by up to ten minutes', async () => {
    await world.reply(29);
    await world.drain();
    world.clock.advance(5 * MINUTE);
    await world.reply(28);
    await world.drain();
    world.clock.advance(4 * MINUTE);
    await world.reply(29);
    await world.drain();

    expect(idsOf((await world.chats()).chats).slice(14, 18)).toEqual([29, 28, 30, 26]);
  });

  test('keeps the contract', async () => {
    const { body } = await get('/v1/chats?limit=3');

    expect(chatList.parse(body)).toEqual(body);
  });

  test('misses no chat that is answered or becomes unanswered while it is read', async () => {
    const first = await world.chats('limit=5');
    world.clock.advance(11 * MINUTE);
    await world.reply(13);
    await world.say(10, 'hello again');
    await world.drain();

    const rest = await pages(`limit=5&cursor=${first.nextCursor}`);

    expect(new Set(idsOf([...first.chats, ...rest.flat()]))).toEqual(new Set([...waiting, ...answered]));
  });

  test('I6 is empty for another account', async () => {
    const { apiKey } = await world.addAccount();

    expect(await get('/v1/chats', apiKey)).toMatchObject({ status: 200, body: { chats: [] } });
  });
});

describe('a chat', () => {
  test('is shown with all its fields', async () => {
    await world.say(CHAT, 'hello', { at: START - 5_000 });
    await world.say(CHAT, 'anybody?', { at: START });

    const { body } = await get(world.pathOf(CHAT));

    expect(body).toEqual({
      channelId: world.channel.channelId,
      chatType: 'telegram',
      chatId: '5',
      name: 'Client 5',
      contactId: null,
      responsibleUserId: null,
      unanswered: true,
      unansweredSince: new Date(START - 5_000).toISOString(),
      unansweredCount: 2,
      noReplyNeeded: null,
      lastMessageAt: new Date(START).toISOString(),
      preview: 'anybody?',
      seenUpTo: expect.any(String),
      version: 2,
      mayWrite: true,
      isOwn: false,
      thread: expect.any(String),
    });
    expect(chat.parse(body)).toEqual(body);
    expect((await world.chats()).chats).toEqual([body]);
  });

  test('of a deleted channel can be read and dealt with, but not written in, by whom might before', async () => {
    const { key, path, channelId } = { key: world.account.apiKey, path: world.pathOf(CHAT), ...world.channel };
    const as = (userId?: string) => ({ key, ...(userId !== undefined && { headers: { 'konvert-user': userId } }) });
    const users = ['head', 'control'].map((id) => ({ id, name: id }));
    await world.call('POST', '/v3/users', { key, body: users });
    const userRoles = [
      { userId: 'head', role: 'manager', allowGetNewClients: false },
      { userId: 'control', role: 'auditor', allowGetNewClients: false },
    ];
    const settings = { newClients: { mode: 'first-reply' }, userRoles };
    await world.call('PUT', `/v1/settings/channels/${channelId}`, { key, body: settings });
    await world.say(CHAT, 'hello');
    await world.call('DELETE', `/v1/channels/${channelId}`, { key });
    world.clock.advance(11_000);

    for (const [user, channelDeleted] of [
      [undefined, true],
      ['head', true],
      ['control', undefined],
    ] as const) {
      const one = (await world.call('GET', path, as(user))).body as ChatAnswer;
      const list = (await world.call('GET', '/v1/chats', as(user))).body;
      const found = (await world.call('GET', '/v1/chats?find=Client', as(user))).body;
      expect([user, one.mayWrite, one.channelDeleted]).toEqual([user, false, channelDeleted]);
      for (const all of [list, found]) expect(all).toMatchObject({ chats: [one] });
    }
    const { seenUpTo } = await world.chat(CHAT);
    const quiet = { noReplyNeeded: true, seenUpTo };
    const answer = await world.call('PUT', `${path}/no-reply-needed`, { ...as('head'), body: quiet });
    expect(answer).toMatchObject({ status: 200, body: { unanswered: false, mayWrite: false, channelDeleted: true } });
  });

  test('is in no list while nothing was said', async () => {
    expect(await world.chats()).toEqual({ chats: [] });
  });

  test('is not changed by reading', async () => {
    await world.say(CHAT, 'hello');
    const { sequence } = world.db;

    await world.chats();
    await world.history(CHAT);

    expect(world.db.sequence).toBe(sequence);
    expect(await world.chat(CHAT)).toMatchObject({ unanswered: true });
  });

  test('can be read after its channel was deleted', async () => {
    await world.say(CHAT, 'hello');
    await world.call('DELETE', `/v1/channels/${world.channel.channelId}`, { key: world.account.apiKey });

    expect(idsOf((await world.chats()).chats)).toEqual([CHAT]);
    expect((await world.history(CHAT)).messages).toHaveLength(1);
  });
});

describe('the history', () => {
  /** Sends a reply that gets that id from the messenger. */
  async function sendAs(message_id: number, text: string): Promise<void> {
    world.bot.answerNext('sendMessage', { status: 200, body: { ok: true, result: { message_id } } });
    await world.reply(CHAT, { text });
    await world.drain();
  }

  test.each([1, 2, 3, 24, 25, 26, 100])('shows each message once in pages of %i, the newest last', async (limit) => {
    for (let id = 1; id <= 25; id += 1) await world.say(CHAT, `m${id}`, { id, at: START + Math.floor(id / 3) * 1_000 });

    let found: (string | undefined)[] = [];
    let before: string | undefined;
    do {
      const page = await world.history(CHAT, `limit=${limit}${before ? `&before=${before}` : ''}`);
      expect(page.messages.length).toBeLessThanOrEqual(limit);
      expect(page.messages.length).toBeGreaterThan(0);
      found = [...page.messages.map(({ text }) => text), ...found];
      before = page.before;
    } while (before !== undefined);

    expect([...found].sort()).toEqual(Array.from({ length: 25 }, (_, index) => `m${index + 1}`).sort());
    const seconds = found.map((text) => Math.floor(Number(text?.slice(1)) / 3));
    expect(seconds).toEqual([...seconds].sort((one, other) => one - other));
  });

  test('can be read although one id came at two times, which no messenger should send', async () => {
    await world.say(CHAT, 'once', { id: 7, at: START });
    await world.say(CHAT, 'again', { id: 7, at: START + 1_000 });

    expect((await world.history(CHAT)).messages.map(({ text }) => text)).toEqual(['once', 'again']);
  });

  test('shows every kind of line', async () => {
    await world.say(CHAT, 'question', { id: 7, at: START });
    const edited_message = { ...messageOf(CHAT, 'question!', 7, START), edit_date: START / 1000 + 1 };
    await world.webhook({ update_id: 2, edited_message });
    world.clock.advance(1_000);
    await world.reply(CHAT, { text: 'answer', crmUserId: '17', crmMessageId: 'crm-1' });
    world.clock.advance(1_000);
    await world.reply(CHAT, { text: 'waits' });
    await world.drain({ deliver: false });
    const { seenUpTo } = await world.history(CHAT);
    world.clock.advance(1_000);
    await world.noReplyNeeded(CHAT, { noReplyNeeded: true, seenUpTo, reason: 'done' });

    const { body } = await get(`${world.pathOf(CHAT)}/messages`);

    const base = {
      messageId: expect.any(String),
      channelId: world.channel.channelId,
      chatType: 'telegram',
      chatId: '5',
    };
    const at = (second: number) => new Date(START + second * 1_000).toISOString();
    expect((body as MessageListAnswer).messages).toEqual([
      {
        ...base,
        dateTime: at(0),
        type: 'text',
        isEcho: false,
        contact: { name: 'Client 5' },
        text: 'question!',
        isEdited: true,
        oldInfo: { oldText: 'question' },
        status: 'inbound',
      },
      { ...base, dateTime: at(1), type: 'text', isEcho: true, text: 'answer', authorId: '17', crmMessageId: 'crm-1' },
      { ...base, dateTime: at(2), type: 'text', isEcho: true, text: 'waits' },
      {
        ...base,
        dateTime: at(3),
        type: 'system',
        isEcho: true,
        noReplyNeeded: { userId: null, reason: 'done', withdrawnAt: null },
      },
    ]);
    expect(messageList.parse(body)).toEqual(body);
  });

  test('shows each kind of content in its fields, without those for the messenger only', async () => {
    const told = { date: START / 1000, from: { id: CHAT, is_bot: false, first_name: 'Client 5' } };
    const messages = [
      { voice: { file_id: 'F1', mime_type: 'audio/ogg', file_size: 9100, duration: 4 }, media_group_id: 'a1' },
      { venue: { location: { latitude: 59.93, longitude: 30.33 }, title: 'Office', address: 'Nevsky 1' } },
      { contact: { phone_number: '12025550142', first_name: 'Client 5', user_id: CHAT, vcard: 'BEGIN:VCARD' } },
      { poll: { question: 'When?', options: [{ text: 'Today' }] } },
      { text: 'look', forward_origin: { type: 'hidden_user', sender_user_name: 'Olga', date: START / 1000 - 60 } },
      { text: '/start promo7' },
      { story: { id: 3, chat: {} } },
      { pinned_message: { message_id: 1, chat: {}, date: 1 } },
    ];
    for (const [index, fields] of messages.entries()) {
      const { text: _, ...message } = messageOf(CHAT, '', index + 1, START + index * 1_000);
      await world.webhook({ update_id: index, message: { ...message, ...fields, from: told.from } });
    }
    await world.drain();

    const { body, text } = await get(`${world.pathOf(CHAT)}/messages`);

    const shown = (body as MessageListAnswer).messages.map(
      ({ messageId: _1, channelId: _2, chatType: _3, chatId: _4, dateTime: _5, contact: _6, ...fields }) => fields,
    );
    const inbound = { isEcho: false, status: 'inbound' };
    expect(shown).toEqual([
      {
        ...inbound,
        type: 'audio',
        kind: 'voice',
        contentUri: expect.stringMatching(/^https:\/\/konvert\.example\/files\/[\w-]{27}\/audio\.ogg$/),
        media: { mimeType: 'audio/ogg', size: 9100, durationSeconds: 4 },
        albumId: 'a1',
      },
      {
        ...inbound,
        type: 'geo',
        kind: 'venue',
        text: 'Office, Nevsky 1',
        location: { latitude: 59.93, longitude: 30.33, title: 'Office', address: 'Nevsky 1' },
      },
      {
        ...inbound,
        type: 'vcard',
        text: 'Client 5, 12025550142',
        vcards: [{ name: 'Client 5', phone: '12025550142', isSender: true, text: 'BEGIN:VCARD' }],
      },
      {
        ...inbound,
        type: 'text',
        kind: 'poll',
        text: 'When?\n• Today',
        poll: { question: 'When?', options: ['Today'] },
      },
      {
        ...inbound,
        type: 'text',
        text: 'look',
        forwarded: { from: 'Olga', dateTime: new Date(START - MINUTE).toISOString() },
      },
      { ...inbound, type: 'text', text: '/start promo7', referral: 'promo7' },
      { ...inbound, type: 'unsupported', kind: 'story' },
      { ...inbound, type: 'system', kind: 'pinned_message' },
    ]);
    expect(messageList.parse(body)).toEqual(body);
    expect(text).not.toMatch(/F1|raw/);
  });

  test('shows what was quoted, with its id if it is a line of this history', async () => {
    await world.say(CHAT, 'which chair?', { id: 7, at: START });
    world.clock.advance(1_000);
    await sendAs(4711, 'the red one');
    const quoting = async (id: number, reply_to_message: unknown) => {
      const message = { ...messageOf(CHAT, 'this', id, START + id * 1_000), reply_to_message };
      await world.webhook({ update_id: id, message });
    };
    const bot = { id: 7, is_bot: true, first_name: 'Konvert' };

    await quoting(20, messageOf(CHAT, 'which chair?', 7, START));
    await quoting(21, { message_id: 4711, date: START / 1000, from: bot, text: 'the red one' });
    await quoting(22, { message_id: 999, date: START / 1000, from: bot, text: 'not sent by us' });
    await world.drain();

    const { messages } = await world.history(CHAT);
    expect(messages.slice(2).map(({ quotedMessage }) => quotedMessage)).toEqual([
      { messageId: messages[0]?.messageId, type: 'text', text: 'which chair?', authorName: 'Client 5' },
      { messageId: messages[1]?.messageId, type: 'text', text: 'the red one', authorName: 'Konvert' },
      { type: 'text', text: 'not sent by us', authorName: 'Konvert' },
    ]);
  });

  test('shows on a reply what the messenger tells of it under its own id', async () => {
    await sendAs(4711, 'the red one');
    const who = { chat: { id: CHAT, type: 'private' }, user: { id: CHAT, is_bot: false }, date: START / 1000 };
    const new_reaction = [{ type: 'emoji', emoji: '👍' }];

    await world.webhook({ update_id: 1, message_reaction: { ...who, message_id: 4711, new_reaction } });

    expect((await world.history(CHAT)).messages).toMatchObject([
      { text: 'the red one', status: 'sent', reactions: ['👍'] },
    ]);
  });

  test('shows no edit that changed nothing that is shown', async () => {
    const { text: _, ...place } = messageOf(CHAT, '', 7, START);
    const at = (latitude: number, edit_date?: number) => ({
      ...place,
      location: { latitude, longitude: 2, live_period: 900, heading: latitude },
      edit_date,
    });
    const locations = async () =>
      (await world.history(CHAT)).messages.map(({ location, isEdited }) => [location, isEdited]);
    await world.webhook({ update_id: 1, message: at(1) });
    await world.drain();

    await world.webhook({ update_id: 2, edited_message: { ...at(1, START / 1000 + 1), link_preview_options: {} } });
    expect(await locations()).toEqual([[{ latitude: 1, longitude: 2 }, undefined]]);
    await world.webhook({ update_id: 3, edited_message: at(5, START / 1000 + 2) });
    expect(await locations()).toEqual([[{ latitude: 5, longitude: 2 }, true]]);
  });

  test('shows the status of a reply, and why it was refused', async () => {
    await world.reply(CHAT, { text: 'one' });
    await world.drain();
    world.clock.advance(1_000);
    const description = 'Forbidden: bot was blocked by the user';
    world.bot.answerNext('sendMessage', { status: 403, body: { ok: false, error_code: 403, description } });
    await world.reply(CHAT, { text: 'two' });
    await world.drain();

    const { messages } = await world.history(CHAT);

    expect(messages).toMatchObject([
      { text: 'one', status: 'sent' },
      { text: 'two', status: 'error', error: { error: '403', description } },
    ]);
  });
});

describe('seenUpTo', () => {
  beforeEach(async () => {
    for (let id = 1; id <= 10; id += 1) await world.say(CHAT, `m${id}`, { id, at: START + id * 1_000 });
    world.clock.advance(MINUTE);
  });

  async function leaves(seenUpTo: string): Promise<number> {
    const { body } = await world.noReplyNeeded(CHAT, { noReplyNeeded: true, seenUpTo });
    return (body as ChatAnswer).unansweredCount;
  }

  test('of a list row stands for what the row counts', async () => {
    const [row] = (await world.chats()).chats;
    await world.say(CHAT, 'one more');

    expect(await leaves(row!.seenUpTo)).toBe(1);
  });

  test('of the newest page stands for what it shows and for older messages that are counted', async () => {
    const page = await world.history(CHAT, 'limit=3');
    await world.say(CHAT, 'one more');

    expect(await leaves(page.seenUpTo)).toBe(1);
  });

  test('of an older page stands for what it shows and nothing else', async () => {
    const { before } = await world.history(CHAT, 'limit=3');
    const page = await world.history(CHAT, `limit=3&before=${before}`);

    expect(page.messages.map(({ text }) => text)).toEqual(['m5', 'm6', 'm7']);
    expect(await leaves(page.seenUpTo)).toBe(7);
  });

  test('of a page with a burst names the newest 20, and the rest stays open', async () => {
    for (let id = 11; id <= 35; id += 1) await world.say(CHAT, `m${id}`, { id });

    expect(await leaves((await world.history(CHAT)).seenUpTo)).toBe(5);
  });

  test('I1 leaves a message open that arrives while the page is shown, however old it is', async () => {
    const page = await world.history(CHAT);
    await world.say(CHAT, 'late', { id: 99, at: START + 4_500 });

    expect(await leaves(page.seenUpTo)).toBe(1);
  });
});

describe('refused', () => {
  const cursor = (place: unknown) => writeCursor(place);
  const good = { begunAt: START, block: 'rest', after: '1791190800000#abc' };

  test.each([
    { name: 'an unknown view', path: '/v1/chats?view=mine', fields: ['view'] },
    { name: 'a limit of 0', path: '/v1/chats?limit=0', fields: ['limit'] },
    { name: 'a limit of 101', path: '/v1/chats?limit=101', fields: ['limit'] },
    { name: 'a negative limit', path: '/v1/chats?limit=-1', fields: ['limit'] },
    { name: 'a word for a limit', path: '/v1/chats?limit=ten', fields: ['limit'] },
    { name: 'a fraction for a limit', path: '/v1/chats?limit=1.5', fields: ['limit'] },
    { name: 'several wrong fields', path: '/v1/chats?limit=0&view=mine', fields: ['view', 'limit'] },
    { name: 'an empty cursor', path: '/v1/chats?cursor=', fields: ['cursor'] },
    { name: 'a cursor that is no JSON', path: '/v1/chats?cursor=AAAA', fields: ['cursor'] },
    ...[
      null,
      5,
      [],
      {},
      'rest',
      { ...good, begunAt: '1' },
      { ...good, begunAt: 1.5 },
      { ...good, block: 'all' },
      { ...good, after: 5 },
      { ...good, after: '' },
      { ...good, after: null },
      { ...good, after: 'x'.repeat(3_000) },
    ].map((place) => ({
      name: `a cursor of ${JSON.stringify(place).slice(0, 70)}`,
      path: `/v1/chats?cursor=${cursor(place)}`,
      fields: ['cursor'],
    })),
  ])('the list with $name: a 400 that names the field', async ({ path, fields }) => {
    const answer = await get(path);

    expect(answer.status).toBe(400);
    expect(answer.body).toEqual({ error: 'INVALID_REQUEST', description: expect.any(String), data: { fields } });
  });

  test.each([
    { name: 'a limit of 0', query: 'limit=0', fields: ['limit'] },
    { name: 'an empty before', query: 'before=', fields: ['before'] },
    { name: 'a before that is no JSON', query: 'before=AAAA', fields: ['before'] },
    ...[null, 5, {}, [], '', 'of#731', '~', 'once#731', `1791190800000#${'я'.repeat(520)}`].map((place) => ({
      name: `a before of ${JSON.stringify(place).slice(0, 40)}`,
      query: `before=${cursor(place)}`,
      fields: ['before'],
    })),
  ])('the history with $name: a 400 that names the field', async ({ query, fields }) => {
    await world.say(CHAT, 'hello');

    const answer = await get(`${world.pathOf(CHAT)}/messages?${query}`);

    expect(answer.status).toBe(400);
    expect(answer.body).toEqual({ error: 'INVALID_REQUEST', description: expect.any(String), data: { fields } });
  });

  test.each(['', '/messages'])(
    'a chat%s gets the same 404 whether it is not there or of another account',
    async (behind) => {
      await world.say(CHAT, 'hello');
      const { apiKey } = await world.addAccount();

      const unknown = await get(`${world.pathOf(404)}${behind}`);
      const foreign = await get(`${world.pathOf(CHAT)}${behind}`, apiKey);
      const endless = await get(`${world.pathOf('x'.repeat(3_000))}${behind}`);

      expect(unknown).toMatchObject({ status: 404, body: { error: 'CHAT_NOT_FOUND' } });
      expect(foreign.body).toEqual(unknown.body);
      expect([foreign.status, endless.status]).toEqual([404, 404]);
    },
  );

  test.each(['/v1/chats', '/v1/chats/c/telegram/5', '/v1/chats/c/telegram/5/messages'])(
    '%s without a key: 401',
    async (path) => {
      expect(await world.call('GET', path)).toMatchObject({ status: 401, body: { error: 'UNAUTHORIZED' } });
    },
  );
});
