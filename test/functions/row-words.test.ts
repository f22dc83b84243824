import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { chatKey } from '#domain/message';
import { BOT_TOKEN, createWorld, messageOf, START, type World } from '#test/world';

const CHAT = 51;
const OWNER = 9000;

const bot = { id: Number(BOT_TOKEN.split(':')[0]), is_bot: true };

let world: World;
let updates = 0;

beforeEach(async () => {
  world = await createWorld();
  world.clock.advance(60_000);
  updates = 0;
});

afterEach(() => world.stop());

const text = (id: number, words: string) => messageOf(CHAT, words, id, START + id * 1000);
const photo = { photo: [{ file_id: 'p1', width: 1, height: 1 }] };
const video = { video: { file_id: 'v1', duration: 1 } };

function media(id: number, fields: object) {
  const { text: _, ...message } = text(id, '');
  return { ...message, ...fields };
}

/** In a chat of a business account. */
function business(id: number, words: string, from = CHAT) {
  return { ...text(id, words), from: { id: from, is_bot: false, first_name: 'P' }, business_connection_id: 'bc1' };
}

async function tell(name: string, value: object): Promise<void> {
  updates += 1;
  const edited = name.startsWith('edited') ? { edit_date: START / 1000 + 1000 + updates } : {};
  expect((await world.webhook({ update_id: updates, [name]: { ...value, ...edited } })).status).toBe(200);
  await world.drain();
}

async function deleted(...ids: number[]): Promise<void> {
  const chat = { id: CHAT, type: 'private' };
  await tell('deleted_business_messages', { business_connection_id: 'bc1', chat, message_ids: ids });
}

async function row() {
  const { preview, unanswered, unansweredCount } = await world.chat(CHAT);
  return { preview, unanswered, unansweredCount };
}

describe('U6 the row says what the history now says, and is as unanswered as before, after', () => {
  const rows: { name: string; preview: string; count?: number; act: () => Promise<void> }[] = [
    {
      name: 'an edit of the newest message',
      preview: 'Do not cancel my order 7',
      act: async () => {
        await tell('message', text(1, 'Cancel my order 7'));
        await tell('edited_message', text(1, 'Do not cancel my order 7'));
      },
    },
    {
      name: 'an edit of an older message',
      preview: 'second',
      count: 2,
      act: async () => {
        await tell('message', text(1, 'first'));
        await tell('message', text(2, 'second'));
        await tell('edited_message', text(1, 'first, changed'));
      },
    },
    {
      name: 'two edits, the older one delivered last',
      preview: 'newest',
      act: async () => {
        await tell('message', text(1, 'first'));
        await tell('edited_message', text(1, 'newest'));
        await world.webhook({ update_id: 1, edited_message: { ...text(1, 'older'), edit_date: START / 1000 + 2 } });
        await world.drain();
      },
    },
    {
      name: 'a replaced file',
      preview: '[video]',
      act: async () => {
        await tell('message', media(1, photo));
        await tell('edited_message', media(1, video));
      },
    },
    {
      name: 'a caption that was taken away',
      preview: '[image]',
      act: async () => {
        await tell('message', media(1, { ...photo, caption: 'the receipt' }));
        await tell('edited_message', media(1, photo));
      },
    },
    {
      name: 'a deletion of the newest message',
      preview: '[deleted]',
      act: async () => {
        await tell('business_message', business(1, 'secret'));
        await deleted(1);
      },
    },
    {
      name: 'a deletion of an older message',
      preview: 'second',
      count: 2,
      act: async () => {
        await tell('business_message', business(1, 'first'));
        await tell('business_message', business(2, 'second'));
        await deleted(1);
      },
    },
    {
      name: 'a deletion that overtook its message',
      preview: '[deleted]',
      act: async () => {
        await deleted(1);
        await tell('business_message', business(1, 'secret'));
      },
    },
    {
      name: 'an edit and a deletion in one batch with the message',
      preview: '[deleted]',
      act: async () => {
        const edited = { ...business(1, 'b'), edit_date: START / 1000 + 5 };
        const gone = { business_connection_id: 'bc1', chat: { id: CHAT, type: 'private' }, message_ids: [1] };
        await world.webhook({ update_id: 1, business_message: business(1, 'a') });
        await world.webhook({ update_id: 2, edited_business_message: edited });
        await world.webhook({ update_id: 3, deleted_business_messages: gone });
        await world.drain();
      },
    },
    {
      name: 'an edit that the messenger sends for a change nobody sees',
      preview: 'a link',
      act: async () => {
        await tell('message', text(1, 'a link'));
        await tell('edited_message', { ...text(1, 'a link'), link_preview_options: {} });
      },
    },
  ];

  test.each(rows)('$name', async ({ act, preview, count = 1 }) => {
    await act();

    expect(await row()).toEqual({ preview, unanswered: true, unansweredCount: count });
  });

  test('an edit and a deletion of a message of the team', async () => {
    await tell('business_message', business(1, 'a question'));
    await tell('business_message', business(7, 'an answer', OWNER));
    await tell('edited_business_message', business(7, 'a better answer', OWNER));
    expect(await row()).toEqual({ preview: 'a better answer', unanswered: false, unansweredCount: 0 });

    await deleted(7);

    expect(await row()).toEqual({ preview: '[deleted]', unanswered: false, unansweredCount: 0 });
  });

  test('an edit of a reply of ours in the messenger’s own app', async () => {
    await tell('business_message', business(1, 'a question'));
    await world.reply(CHAT, { text: 'an answer' });
    await world.drain({ deliver: true });
    const sent = world.bot.calls.filter(({ method }) => method === 'sendMessage').length;
    expect(sent).toBe(1);
    const ids = world.db.items('messages').flatMap(({ k, reply }) =>
      // The messenger's id of our reply.
      reply && String(k).includes('.') ? [String(k).split('.')[1]] : [],
    );

    const edited = { ...business(Number(ids[0]), 'a better answer', OWNER), sender_business_bot: bot };
    await tell('edited_business_message', edited);

    expect(await row()).toMatchObject({ preview: 'a better answer' });
    expect((await world.history(CHAT)).messages).toHaveLength(2);
  });

  test.each([
    { name: 'an edit', preview: 'a better answer' },
    { name: 'a deletion', preview: '[deleted]' },
  ])('$name of a reply of ours that is told before the messenger has answered', async ({ name, preview }) => {
    await tell('business_message', business(1, 'a question'));
    await world.reply(CHAT, { text: 'an answer' });
    await world.drain({ deliver: true });
    const [first] = world.db.items('messages').flatMap(({ k, reply }) =>
      // The messenger's id of our reply.
      reply && String(k).includes('.') ? [String(k).split('.')[1]] : [],
    );
    const next = Number(first) + 1;
    await world.reply(CHAT, { text: 'another answer' });

    if (name === 'a deletion') await deleted(next);
    else await tell('edited_business_message', { ...business(next, preview, OWNER), sender_business_bot: bot });
    await world.drain({ deliver: true });

    expect(await row()).toMatchObject({ preview });
  });
});

test('a reply quotes what the message says now', async () => {
  await tell('message', text(1, 'Cancel my order 7'));
  await tell('edited_message', text(1, 'Do not cancel my order 7'));
  const [message] = (await world.history(CHAT)).messages;

  await world.reply(CHAT, { text: 'Why?', refMessageId: message?.messageId });

  const [, reply] = (await world.history(CHAT)).messages;
  expect(reply?.quotedMessage).toMatchObject({ messageId: message?.messageId, text: 'Do not cancel my order 7' });
});

describe('an edit of a message that was never stored (U6)', () => {
  test('is a line under the key of the message, opens nothing, and gives its place to the message', async () => {
    await tell('edited_message', text(1, 'changed words'));
    const before = await world.history(CHAT);
    expect(before.messages).toMatchObject([{ text: 'changed words', isEdited: true, status: 'inbound' }]);
    expect(before.messages[0]).not.toHaveProperty('oldInfo');
    expect(await row()).toEqual({ preview: 'changed words', unanswered: false, unansweredCount: 0 });

    await tell('message', text(1, 'first words'));

    const after = await world.history(CHAT);
    expect(after.messages).toMatchObject([
      { text: 'changed words', isEdited: true, oldInfo: { oldText: 'first words' } },
    ]);
    expect(after.messages[0]?.messageId).toBe(before.messages[0]?.messageId);
    expect(await row()).toEqual({ preview: 'changed words', unanswered: true, unansweredCount: 1 });
  });

  test('shows the latest of several edits, and a deletion', async () => {
    await tell('edited_business_message', business(1, 'one'));
    await tell('edited_business_message', business(1, 'two'));
    expect(await row()).toMatchObject({ preview: 'two' });

    await deleted(1);

    expect(await row()).toMatchObject({ preview: '[deleted]' });
    expect((await world.history(CHAT)).messages).toMatchObject([{ text: 'two', isDeleted: true }]);
  });

  test('by the owner covers nothing until the message itself comes (U3)', async () => {
    await tell('business_message', business(1, 'a question'));
    await tell('edited_business_message', business(20, 'an answer, changed', OWNER));
    expect(await row()).toEqual({ preview: 'an answer, changed', unanswered: true, unansweredCount: 1 });

    await tell('business_message', business(20, 'an answer', OWNER));

    expect(await row()).toEqual({ preview: 'an answer, changed', unanswered: false, unansweredCount: 0 });
  });

  test.each([
    ['our own send', { sender_business_bot: bot }],
    ['a notice about the owner', { text: undefined, pinned_message: { message_id: 3 } }],
  ])('makes no line if it is of %s', async (_name, fields) => {
    await tell('edited_business_message', { ...business(20, 'x', OWNER), ...fields });

    expect((await world.call('GET', world.pathOf(CHAT), { key: world.account.apiKey })).status).toBe(404);
  });

  test('an answer of somebody who saw the line covers the message that comes later', async () => {
    await tell('edited_message', text(1, 'changed words'));
    const { seenUpTo } = await world.history(CHAT);
    world.clock.advance(30_000);
    await world.reply(CHAT, { text: 'an answer', seenUpTo });
    await tell('message', text(1, 'first words'));

    expect(await row()).toMatchObject({ unanswered: false });
  });
});

test('a status and a reaction fold nothing; an edit of an older message reads and writes nothing', async () => {
  await tell('business_message', business(1, 'first'));
  await tell('business_message', business(2, 'second'));
  const key = chatKey({ channelId: world.channel.channelId, chatType: 'telegram', chatId: String(CHAT) });
  const versionOf = () => world.db.items('chats').find(({ c }) => c === key)?.ver;
  const version = versionOf();
  const touched: string[] = [];
  world.failing = ({ kind, input }) => {
    if (input.TableName?.includes('chats')) touched.push(kind);
    return false;
  };

  const reaction = { chat: { id: CHAT, type: 'private' }, user: { id: CHAT, is_bot: false }, message_id: 2 };
  await tell('message_reaction', {
    ...reaction,
    date: START / 1000 + 9,
    new_reaction: [{ type: 'emoji', emoji: '👍' }],
  });
  expect(touched).toEqual([]);
  await tell('edited_business_message', business(1, 'first, changed'));

  expect(touched).toEqual(['GetCommand']);
  expect(versionOf()).toBe(version);
});
