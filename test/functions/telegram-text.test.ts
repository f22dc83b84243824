import { afterEach, beforeEach, expect, test } from 'vitest';

import { createWorld, messageOf, START, type World } from '#test/world';

const CHAT = 51000444;
const SHOP = 'https://shop.example/item/4417';

let world: World;

beforeEach(async () => {
  world = await createWorld();
});

afterEach(() => world.stop());

async function sent(fields: Record<string, unknown>): Promise<{ text?: string | undefined; preview: string }> {
  const { text: _, ...message } = messageOf(CHAT, '', 7, START);
  const { status } = await world.webhook({ update_id: 1, message: { ...message, ...fields } });
  expect(status).toBe(200);
  await world.drain();
  const { messages } = await world.history(CHAT);
  const { chats } = await world.chats();
  return { text: messages.at(-1)!.text, preview: chats[0]!.preview };
}

const link = { type: 'text_link', offset: 3, length: 8, url: SHOP };

test.each<{ name: string; fields: Record<string, unknown>; text: string; preview?: string }>([
  {
    name: 'the address behind the words of a text',
    fields: { text: 'Is this one in stock?', entities: [link] },
    text: `Is this one (${SHOP}) in stock?`,
  },
  {
    name: 'the address behind the words of a caption',
    fields: { photo: [{ file_id: 'Ph' }], caption: 'Is this one in stock?', caption_entities: [link] },
    text: `Is this one (${SHOP}) in stock?`,
  },
  {
    name: 'the buttons of a forwarded advert',
    fields: { text: 'Sale', reply_markup: { inline_keyboard: [[{ text: 'Shop', url: SHOP }]] } },
    text: `Sale\n[Shop (${SHOP})]`,
  },
  {
    name: 'the price of a payment',
    fields: { successful_payment: { currency: 'USD', total_amount: 145, invoice_payload: 'order-7' } },
    text: 'Paid: 1.45 USD',
  },
  {
    name: 'the title of a topic',
    fields: { forum_topic_created: { name: 'Orders', icon_color: 7 } },
    text: 'Topic created: Orders',
  },
  {
    name: 'as much of a rich message as Telegram allows',
    fields: { rich_message: { blocks: [{ type: 'paragraph', text: '👍'.repeat(32_768) }] } },
    text: '👍'.repeat(32_768),
    preview: '👍'.repeat(50),
  },
])('the history and the list say $name', async ({ fields, text, preview = text }) => {
  expect(await sent(fields)).toEqual({ text, preview });
});

test('an edit says what its links lead to, and so does what was there before', async () => {
  await sent({ text: 'Is this one in stock?', entities: [link] });
  const edited = { ...messageOf(CHAT, 'Is this one sold?', 7, START), entities: [link], edit_date: START / 1000 + 5 };

  await world.webhook({ update_id: 2, edited_message: edited });

  expect((await world.history(CHAT)).messages).toMatchObject([
    { text: `Is this one (${SHOP}) sold?`, isEdited: true, oldInfo: { oldText: `Is this one (${SHOP}) in stock?` } },
  ]);
});

test('further files are described in the history', async () => {
  await sent({
    paid_media: {
      star_count: 5,
      paid_media: [
        { type: 'video', video: { file_id: 'V1', file_name: 'a.mp4' } },
        { type: 'video', video: { file_id: 'V2', file_name: 'b.mp4' } },
      ],
    },
  });

  expect((await world.history(CHAT)).messages).toMatchObject([
    { text: 'Paid media: 5 ⭐', media: { name: 'a.mp4' }, furtherMedia: [{ name: 'b.mp4' }] },
  ]);
});

test('a hostile body of 1 MB is stored and shown', async () => {
  const words = '€'.repeat(300);
  const file = { file_id: words, file_name: words, mime_type: words, emoji: words };
  const blocks = Array.from({ length: 215 }, () => ({ type: 'document', document: file, caption: { text: words } }));

  const { text } = await sent({ rich_message: { blocks } });

  expect(text).toContain(words);
});
