import type { Chat, ChatBoostAdded, Message, PhotoSize, User } from '@grammyjs/types';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';

import { fieldsOf } from '#channels/fields';
import { createTelegram } from '#channels/telegram/index';
import type { Content } from '#domain/message';
import type { NoFields } from '#no-fields';
import { damaged } from '#test/channels/contract';
import { parserOf, readerOf } from '#test/channels/messages';
import { readsOrRefuses } from '#test/channels/spoilt';
import { cpuMsOf } from '#test/cpu-time';
import { said, update } from './updates.ts';

const telegram = createTelegram();
const parse = parserOf(telegram);

const DATE = 1791806400;
const SHOWN_DATE = '2026-10-12 12:00 UTC';
const olga: User = { id: 5, is_bot: false, first_name: 'Olga', last_name: 'Orlova', username: 'olga' };
const news: Chat.ChannelChat = { id: -1001234, type: 'channel', title: 'Shop news', username: 'shopnews' };
const photo: PhotoSize[] = [{ file_id: 'Ph', file_unique_id: 'p', width: 90, height: 90 }];
const file = { file_id: 'F1', file_unique_id: 'f' };
const video = { ...file, width: 1, height: 1, duration: 9 };
const sticker = { ...file, type: 'regular', width: 1, height: 1, is_animated: false, is_video: false } as const;
const held = { message_id: 9, date: DATE, chat: news, text: 'the post' } as Message;
const replied = held as NonNullable<Message['reply_to_message']>;
const gift = { id: 'g', sticker: { ...sticker, emoji: '🎁' }, star_count: 50 };
const price = { currency: 'XTR', amount: 25 } as const;
const link = (length: number) => [{ type: 'text_link', offset: 0, length, url: 'https://shop.example' } as const];

/** A value of a field as the Bot API has it, and what is shown of it. */
interface Row<T> {
  readonly value: T;
  /** Other fields of the same message. */
  readonly also?: Partial<Message>;
  readonly content: Partial<Content>;
}

/** A field with what a person reads of it, or the reason why a person reads nothing of it in a private chat. */
type Rows = { readonly [F in keyof Message]-?: Row<NonNullable<Message[F]>> | string };

const LOOK = 'a look, no words';
const GROUPS = 'groups and channels only';
const KIND = 'the kind of the notice says all';
const PROGRAMS = 'for programs';

const FIELDS: Rows = {
  // The words, and what stands around them.
  text: { value: 'hello', content: { text: 'hello' } },
  entities: { value: link(4), also: { text: 'this' }, content: { text: 'this (https://shop.example)' } },
  caption: { value: 'receipt', also: { photo }, content: { type: 'image', text: 'receipt' } },
  caption_entities: {
    value: link(4),
    also: { photo, caption: 'this' },
    content: { type: 'image', text: 'this (https://shop.example)' },
  },
  reply_markup: {
    value: {
      inline_keyboard: [
        [
          { text: 'Yes', callback_data: 'y' },
          { text: 'Shop', url: 'https://shop.example' },
        ],
        [
          { text: 'App', web_app: { url: 'https://app.example' } },
          { text: 'In', login_url: { url: 'https://in.example' } },
          { text: 'Code', copy_text: { text: 'SALE7' } },
          { text: 'https://shop.example', url: 'https://shop.example/' },
        ],
      ],
    },
    also: { text: 'Which?' },
    content: {
      text: 'Which?\n[Yes] [Shop (https://shop.example)]\n[App (https://app.example)] [In (https://in.example)] [Code (SALE7)] [https://shop.example]',
    },
  },
  link_preview_options: {
    value: { url: 'https://shop.example/1' },
    also: { text: 'look' },
    content: { text: 'look\nhttps://shop.example/1' },
  },
  via_bot: { value: olga, also: { text: 'look' }, content: { text: 'look\nvia @olga' } },
  paid_star_count: { value: 10, also: { text: 'look' }, content: { text: 'look\n10 ⭐' } },
  author_signature: { value: 'Anna', also: { text: 'look' }, content: { text: 'look\n— Anna' } },
  suggested_post_info: {
    value: { state: 'pending', price, send_date: DATE },
    also: { text: 'look' },
    content: { text: `look\npending, 25 ⭐, ${SHOWN_DATE}` },
  },

  // What a message repeats of others.
  forward_origin: {
    value: { type: 'channel', date: DATE, chat: news, message_id: 42, author_signature: 'Anna' },
    also: { text: 'look' },
    content: { forwarded: { at: DATE * 1000, from: 'Shop news (@shopnews, https://t.me/shopnews/42), Anna' } },
  },
  reply_to_message: {
    value: replied,
    also: { text: 'yes' },
    content: { quoted: { providerId: '9', type: 'text', text: 'the post' } },
  },
  quote: {
    value: {
      text: 'at ten',
      position: 0,
      entities: [{ type: 'date_time', offset: 0, length: 6, unix_time: DATE, date_time_format: 't' }],
    },
    also: { text: 'yes', reply_to_message: replied },
    content: { quoted: { providerId: '9', type: 'text', text: `at ten (${SHOWN_DATE})` } },
  },
  external_reply: {
    value: {
      origin: { type: 'chat', date: DATE, sender_chat: { id: -1005, type: 'supergroup', title: 'Buyers' } },
      chat: { id: -1005, type: 'supergroup', title: 'Buyers' },
      message_id: 7,
      invoice: { title: 'Chair', description: 'red', currency: 'USD', total_amount: 145, start_parameter: '' },
    },
    also: { text: 'yes' },
    content: {
      quoted: {
        type: 'unsupported',
        kind: 'invoice',
        text: 'Chair\nred\n1.45 USD',
        authorName: 'Buyers (https://t.me/c/5/7)',
      },
    },
  },
  reply_to_story: {
    value: { chat: news, id: 3 },
    also: { text: 'yes' },
    content: {
      quoted: {
        type: 'unsupported',
        kind: 'story',
        text: 'https://t.me/shopnews/s/3',
        authorName: 'Shop news (@shopnews)',
      },
    },
  },
  reply_to_checklist_task_id: {
    value: 2,
    also: {
      text: 'mine',
      reply_to_message: {
        ...held,
        text: undefined,
        checklist: {
          title: 'Order',
          tasks: [
            { id: 1, text: 'chairs' },
            { id: 2, text: 'table' },
          ],
        },
      } as unknown as NonNullable<Message['reply_to_message']>,
    },
    content: { quoted: { providerId: '9', type: 'text', kind: 'checklist', text: '☐ table' } },
  },
  reply_to_poll_option_id: {
    value: 'b',
    also: {
      text: 'this one',
      reply_to_message: {
        ...held,
        text: undefined,
        poll: {
          question: 'When?',
          options: [
            { persistent_id: 'a', text: 'Today' },
            { persistent_id: 'b', text: 'Later' },
          ],
        },
      } as unknown as NonNullable<Message['reply_to_message']>,
    },
    content: { quoted: { providerId: '9', type: 'text', kind: 'poll', text: 'Later' } },
  },

  // Files.
  animation: { value: video, content: { type: 'video', media: { fileId: 'F1', durationSeconds: 9 } } },
  audio: {
    value: { ...file, duration: 9, title: 'Song' },
    content: { media: { fileId: 'F1', durationSeconds: 9, name: 'Song' } },
  },
  document: { value: { ...file, file_name: 'a.pdf' }, content: { media: { fileId: 'F1', name: 'a.pdf' } } },
  live_photo: {
    value: video,
    also: { photo },
    content: { type: 'image', media: { fileId: 'Ph' }, furtherMedia: [{ fileId: 'F1', durationSeconds: 9 }] },
  },
  photo: { value: photo, content: { type: 'image', media: { fileId: 'Ph' } } },
  sticker: { value: { ...sticker, emoji: '👍' }, content: { media: { fileId: 'F1', emoji: '👍' } } },
  video: { value: video, content: { type: 'video', media: { fileId: 'F1', durationSeconds: 9 } } },
  video_note: {
    value: { ...file, length: 1, duration: 9 },
    content: { kind: 'video_note', media: { fileId: 'F1', durationSeconds: 9 } },
  },
  voice: { value: { ...file, duration: 9 }, content: { kind: 'voice', media: { fileId: 'F1', durationSeconds: 9 } } },
  paid_media: {
    value: {
      star_count: 5,
      paid_media: [
        { type: 'preview' },
        { type: 'photo', photo },
        { type: 'video', video },
        { type: 'live_photo', live_photo: { ...video, photo } },
      ],
    },
    also: { caption: 'look', caption_entities: link(4) },
    content: {
      kind: 'paid_media',
      text: 'look (https://shop.example)\nPaid media: 5 ⭐',
      media: { fileId: 'Ph' },
      furtherMedia: [{ fileId: 'F1', durationSeconds: 9 }, { fileId: 'Ph' }, { fileId: 'F1', durationSeconds: 9 }],
    },
  },

  // Other kinds of content.
  rich_message: {
    value: {
      blocks: [{ type: 'paragraph', text: ['a ', { type: 'url', text: 'chair', url: 'https://shop.example' }] }],
    },
    content: { type: 'text', text: 'a chair (https://shop.example)' },
  },
  contact: {
    value: { phone_number: '12025550199', first_name: 'Olga', last_name: 'Orlova' },
    content: { type: 'vcard', text: 'Olga Orlova, 12025550199' },
  },
  venue: {
    value: { location: { latitude: 1, longitude: 2 }, title: 'Office', address: 'Nevsky 1' },
    content: { type: 'geo', text: 'Office, Nevsky 1' },
  },
  location: { value: { latitude: 1, longitude: 2 }, content: { type: 'geo', text: '1, 2' } },
  poll: {
    value: {
      id: '5',
      question: 'When?',
      description: 'Of the delivery',
      description_entities: [{ type: 'text_link', offset: 7, length: 8, url: 'https://shop.example' }],
      media: { photo },
      options: [
        { persistent_id: 'a', text: 'Today', voter_count: 0, media: { link: { url: 'https://today.example' } } },
        { persistent_id: 'b', text: 'Later', voter_count: 3, added_by_user: olga, media: { sticker } },
        {
          persistent_id: 'c',
          text: 'There',
          voter_count: 0,
          media: { venue: { location: { latitude: 1, longitude: 2 }, title: 'Office', address: 'Nevsky 1' } },
        },
      ],
      total_voter_count: 3,
      is_closed: false,
      is_anonymous: true,
      type: 'quiz',
      allows_multiple_answers: false,
      allows_revoting: false,
      members_only: false,
      correct_option_ids: [1],
      explanation: 'Because',
      explanation_entities: link(7),
      explanation_media: { location: { latitude: 1, longitude: 2 } },
      close_date: DATE,
    },
    content: {
      kind: 'poll',
      poll: { question: 'When?', options: ['Today', 'Later', 'There'] },
      text: `When?\nOf the delivery (https://shop.example)\n[photo]\n• Today https://today.example\n✓ Later (3) – Olga Orlova (@olga) [sticker]\n• There Office, Nevsky 1\nBecause (https://shop.example)\n1, 2\n[quiz]\nCloses: ${SHOWN_DATE}`,
      media: { fileId: 'Ph' },
      furtherMedia: [{ fileId: 'F1' }],
    },
  },
  checklist: {
    value: {
      title: 'Order 7',
      title_entities: [{ type: 'date_time', offset: 6, length: 1, unix_time: DATE, date_time_format: '' }],
      tasks: [
        { id: 1, text: 'chairs', completed_by_user: olga, completion_date: DATE },
        { id: 2, text: 'table' },
      ],
    },
    content: { kind: 'checklist', text: `Order 7 (${SHOWN_DATE})\n☑ chairs – Olga Orlova (@olga)\n☐ table` },
  },
  dice: { value: { emoji: '🎲', value: 4 }, content: { text: '🎲 4' } },
  game: {
    value: {
      title: 'Chess',
      description: 'a game',
      photo,
      text: 'Olga leads',
      text_entities: link(4),
      animation: video,
    },
    content: {
      kind: 'game',
      text: 'Chess\na game\nOlga (https://shop.example) leads',
      media: { fileId: 'F1', durationSeconds: 9 },
      furtherMedia: [{ fileId: 'Ph' }],
    },
  },
  story: {
    value: { chat: news, id: 3 },
    content: { text: 'Story: Shop news (@shopnews) (https://t.me/shopnews/s/3)' },
  },
  invoice: {
    value: { title: 'Chair', description: 'red', currency: 'JPY', total_amount: 14500, start_parameter: 's' },
    content: { kind: 'invoice', text: 'Chair\nred\n14500 JPY' },
  },
  giveaway: {
    value: {
      chats: [news],
      winners_selection_date: DATE,
      winner_count: 3,
      only_new_members: true,
      prize_description: 'a chair',
      country_codes: ['DE', 'FR'],
      prize_star_count: 500,
    },
    content: {
      text: `Giveaway:\na chair\n500 ⭐\nWinners: 3\nNew members of: Shop news (@shopnews)\nCountries: DE, FR\nDate: ${SHOWN_DATE}`,
    },
  },
  giveaway_winners: {
    value: {
      chat: news,
      giveaway_message_id: 42,
      winners_selection_date: DATE,
      winner_count: 1,
      winners: [olga],
      premium_subscription_month_count: 6,
      unclaimed_prize_count: 2,
      was_refunded: true,
    },
    content: {
      text: `Giveaway ended:\nShop news (@shopnews) (https://t.me/shopnews/42)\nMonths of Telegram Premium: 6\nWinners: 1\nOlga Orlova (@olga)\nUnclaimed prizes: 2\n[refunded]\nDate: ${SHOWN_DATE}`,
    },
  },
  web_app_data: { value: { button_text: 'Size', data: '{"size":42}' }, content: { text: 'Size\n{"size":42}' } },
  passport_data: {
    value: {
      data: [
        { type: 'passport', hash: 'h' },
        { type: 'phone_number', phone_number: '12025550142', hash: 'h' },
        { type: 'email', email: 'a@b.example', hash: 'h' },
      ],
      credentials: { data: 'd', hash: 'h', secret: 's' },
    },
    content: { text: 'Telegram Passport:\npassport\nphone_number: 12025550142\nemail: a@b.example' },
  },
  users_shared: {
    value: { request_id: 1, users: [{ user_id: 5, first_name: 'Olga', username: 'olga', photo }, { user_id: 6 }] },
    content: { kind: 'users_shared', text: 'Shared:\nOlga, @olga, 5\n6', media: { fileId: 'Ph' } },
  },
  chat_shared: {
    value: { request_id: 1, chat_id: -5, title: 'Buyers', username: 'buyers', photo },
    content: { kind: 'chat_shared', text: 'Shared: Buyers, @buyers, -5', media: { fileId: 'Ph' } },
  },
  gift: {
    value: { gift, text: 'for you', entities: link(7), unique_gift_number: 7 },
    content: { kind: 'gift', text: 'for you (https://shop.example)\nGift: 🎁 #7 50 ⭐' },
  },
  unique_gift: {
    value: {
      gift: {
        gift_id: 'g',
        base_name: 'Plush Pepe',
        name: 'PlushPepe-7',
        number: 7,
        model: { name: 'Gold', sticker, rarity_per_mille: 1 },
        symbol: { name: 'Star', sticker, rarity_per_mille: 1 },
        backdrop: {
          name: 'Onyx',
          rarity_per_mille: 1,
          colors: { center_color: 1, edge_color: 1, symbol_color: 1, text_color: 1 },
        },
      },
      origin: 'resale',
      last_resale_currency: 'TON',
      last_resale_amount: 1_500_000_000,
      text: 'for you',
    },
    content: {
      text: 'for you\nGift:\nPlush Pepe #7 (https://t.me/nft/PlushPepe-7)\nGold, Star, Onyx\n1.5 TON',
    },
  },

  // Notices.
  boost_added: { value: { boost_count: 2 }, content: { text: 'Boosts: 2' } },
  chat_background_set: {
    value: { type: { type: 'chat_theme', theme_name: '🎃' } },
    content: { text: 'Background: 🎃' },
  },
  chat_owner_changed: { value: { new_owner: olga }, content: { text: 'New owner: Olga Orlova (@olga)' } },
  chat_owner_left: { value: { new_owner: olga }, content: { text: 'Next owner: Olga Orlova (@olga)' } },
  checklist_tasks_added: {
    value: {
      checklist_message: { ...held, checklist: { title: 'Order', tasks: [] } },
      tasks: [{ id: 3, text: 'lamp' }],
    },
    content: { text: 'Tasks added:\nOrder\n☐ lamp' },
  },
  checklist_tasks_done: {
    value: {
      checklist_message: {
        ...held,
        checklist: { title: 'Order', tasks: [{ id: 3, text: 'lamp', completed_by_user: olga }] },
      },
      marked_as_done_task_ids: [3],
      marked_as_not_done_task_ids: [4],
    },
    content: { text: 'Tasks changed:\nOrder\n☑ lamp – Olga Orlova (@olga)\n☐ 4' },
  },
  community_chat_added: { value: { community: { id: 1, name: 'Fans' } }, content: { text: 'Community: Fans' } },
  community_chat_joined: { value: { community: { id: 1, name: 'Fans' } }, content: { text: 'Community: Fans' } },
  connected_website: { value: 'shop.example', content: { text: 'Logged in on: shop.example' } },
  direct_message_price_changed: {
    value: { are_direct_messages_enabled: true, direct_message_star_count: 5 },
    content: { text: 'Price of a message: 5 ⭐' },
  },
  forum_topic_created: { value: { name: 'Orders', icon_color: 1 }, content: { text: 'Topic created: Orders' } },
  forum_topic_edited: { value: { name: 'Returns' }, content: { text: 'Topic renamed: Returns' } },
  gift_upgrade_sent: { value: { gift, text: 'here' }, content: { text: 'Gift upgraded:\nhere\nGift: 🎁 50 ⭐' } },
  giveaway_completed: {
    value: { winner_count: 3, unclaimed_prize_count: 1, giveaway_message: held },
    content: { text: 'Giveaway completed:\nWinners: 3\nUnclaimed prizes: 1\nthe post' },
  },
  giveaway_created: { value: { prize_star_count: 500 }, content: { text: 'Giveaway created: 500 ⭐' } },
  left_chat_member: { value: olga, content: { text: 'Left: Olga Orlova (@olga)' } },
  managed_bot_created: { value: { bot: olga }, content: { text: 'Bot created: Olga Orlova (@olga)' } },
  message_auto_delete_timer_changed: {
    value: { message_auto_delete_time: 604_800 },
    content: { text: 'Auto-delete: 7 d' },
  },
  migrate_from_chat_id: { value: -5, content: { text: 'Moved from: -5' } },
  migrate_to_chat_id: { value: -1005, content: { text: 'Moved to: -1005' } },
  new_chat_members: {
    value: [olga, { ...olga, username: 'o2' }],
    content: { text: 'Joined: Olga Orlova (@olga), Olga Orlova (@o2)' },
  },
  new_chat_photo: { value: photo, content: { media: { fileId: 'Ph' } } },
  new_chat_title: { value: 'Buyers', content: { text: 'Chat title: Buyers' } },
  paid_message_price_changed: { value: { paid_message_star_count: 5 }, content: { text: 'Price of a message: 5 ⭐' } },
  pinned_message: { value: held, content: { text: 'Pinned: the post' } },
  poll_option_added: {
    value: { option_persistent_id: 'a', option_text: 'Never', option_text_entities: link(5), poll_message: held },
    content: { text: 'Poll option added:\nNever (https://shop.example)\nthe post' },
  },
  poll_option_deleted: {
    value: { option_persistent_id: 'a', option_text: 'Never' },
    content: { text: 'Poll option deleted: Never' },
  },
  proximity_alert_triggered: {
    value: { traveler: olga, watcher: { ...olga, username: 'o2' }, distance: 100 },
    content: { text: 'Near: Olga Orlova (@olga), Olga Orlova (@o2), 100 m' },
  },
  refunded_payment: {
    value: { currency: 'XTR', total_amount: 5, invoice_payload: 'p', telegram_payment_charge_id: 't' },
    content: { text: 'Refunded: 5 ⭐' },
  },
  successful_payment: {
    value: {
      currency: 'USD',
      total_amount: 145,
      invoice_payload: 'p',
      telegram_payment_charge_id: 't',
      provider_payment_charge_id: 'c',
      subscription_expiration_date: DATE,
      shipping_option_id: 'express',
      order_info: {
        name: 'Olga',
        phone_number: '12025550142',
        email: 'a@b.example',
        shipping_address: {
          country_code: 'DE',
          state: 'Berlin',
          city: 'Berlin',
          street_line1: 'Street 1',
          street_line2: 'Flat 2',
          post_code: '10115',
        },
      },
    },
    content: {
      text: `Paid:\n1.45 USD\nUntil: ${SHOWN_DATE}\nShipping: express\nOlga\n12025550142\na@b.example\nStreet 1, Flat 2, 10115, Berlin, Berlin, DE`,
    },
  },
  suggested_post_approval_failed: {
    value: { suggested_post_message: held, price },
    content: { text: 'Approval of a suggested post failed:\n25 ⭐\nthe post' },
  },
  suggested_post_approved: {
    value: { suggested_post_message: held, price: { currency: 'TON', amount: 10_000_000 }, send_date: DATE },
    content: { text: `Suggested post approved:\n0.01 TON\n${SHOWN_DATE}\nthe post` },
  },
  suggested_post_declined: { value: { comment: 'too long' }, content: { text: 'Suggested post declined: too long' } },
  suggested_post_paid: {
    value: { currency: 'XTR', star_amount: { amount: 5, nanostar_amount: 500_000_000 } },
    content: { text: 'Suggested post paid: 5.5 ⭐' },
  },
  suggested_post_refunded: {
    value: { reason: 'post_deleted' },
    content: { text: 'Suggested post refunded: post_deleted' },
  },
  video_chat_ended: { value: { duration: 5_400 }, content: { text: 'Video chat ended: 90 min' } },
  video_chat_participants_invited: {
    value: { users: [olga] },
    content: { text: 'Invited to a video chat: Olga Orlova (@olga)' },
  },
  video_chat_scheduled: { value: { start_date: DATE }, content: { text: `Video chat scheduled: ${SHOWN_DATE}` } },
  write_access_allowed: { value: { web_app_name: 'Shop' }, content: { text: 'Allowed to write by: Shop' } },
  channel_chat_created: KIND,
  community_chat_removed: KIND,
  delete_chat_photo: KIND,
  forum_topic_closed: KIND,
  forum_topic_reopened: KIND,
  general_forum_topic_hidden: KIND,
  general_forum_topic_unhidden: KIND,
  group_chat_created: KIND,
  supergroup_chat_created: KIND,
  video_chat_started: KIND,

  // Shown as other parts of the line.
  chat: 'the chat of the line',
  date: 'the time of the line',
  edit_date: 'the time of the edit',
  from: 'the author of the line',
  media_group_id: 'the album of the line',
  message_id: 'the id of the line',

  effect_id: LOOK,
  has_media_spoiler: LOOK,
  show_caption_above_media: LOOK,
  has_protected_content: LOOK,
  business_connection_id: PROGRAMS,
  ephemeral_message_id: PROGRAMS,
  guest_query_id: PROGRAMS,
  is_from_offline: PROGRAMS,
  is_topic_message: PROGRAMS,
  message_thread_id: PROGRAMS,
  sender_business_bot: 'what it sends is no line of its own',
  direct_messages_topic: GROUPS,
  guest_bot_caller_chat: GROUPS,
  guest_bot_caller_user: GROUPS,
  is_automatic_forward: GROUPS,
  is_paid_post: GROUPS,
  receiver_user: GROUPS,
  sender_boost_count: GROUPS,
  sender_chat: GROUPS,
  sender_tag: GROUPS,
};

test.each(
  Object.entries(FIELDS).flatMap(([field, row]) =>
    typeof row === 'string' ? [] : [{ field, ...(row as Row<unknown>) }],
  ),
)('of $field, everything that a person reads is in the line', ({ field, value, also, content }) => {
  expect(parse(said({ ...also, [field]: value }))).toMatchObject([{ kind: 'client', content }]);
});

test('a file with nothing but its origin is still shown as what it is', () => {
  expect(parse(said({ animation: video, via_bot: olga }))).toMatchObject([
    { content: { type: 'video', text: '[animation]\nvia @olga' } },
  ]);
});

test.each([
  { name: 'that is in the text', text: 'see https://shop.example', options: { url: 'https://shop.example/' } },
  { name: 'that is switched off', text: 'see', options: { url: 'https://shop.example', is_disabled: true } },
  { name: 'of no address', text: 'see', options: { show_above_text: true } },
])('a preview $name adds nothing', ({ text, options }) => {
  expect(parse(said({ text, link_preview_options: options }))).toMatchObject([{ content: { text } }]);
});

describe('the label of a pressed button', () => {
  const button = { text: ['Yes, ', { type: 'bold', text: 'this' }], callback_data: 'ok:17' };
  const rich_message = { blocks: [{ type: 'details', blocks: [{ type: 'buttons', buttons: [button] }] }] };
  const game = { inline_keyboard: [[{ text: 'Play', callback_game: {} }]] };

  test.each<{ name: string; fields: Record<string, unknown>; text: string }>([
    { name: 'in a rich message', fields: { data: 'ok:17', message: { rich_message } }, text: 'Yes, this' },
    {
      name: 'in the words of a rich message',
      fields: { data: 'ok:17', message: { rich_message: { blocks: [{ text: ['a', { type: 'button', button }] }] } } },
      text: 'Yes, this',
    },
    { name: 'of a game', fields: { game_short_name: 'chess', message: { reply_markup: game } }, text: 'Play' },
    { name: 'of a game that is out of reach', fields: { game_short_name: 'chess', message: {} }, text: '[button]' },
    { name: 'that is not there', fields: { data: 'ok:18', message: { rich_message } }, text: 'ok:18' },
    { name: 'of broken rows', fields: { data: 'ok:17', message: { reply_markup: [null, { a: 5 }] } }, text: 'ok:17' },
  ])('$name', ({ fields, text }) => {
    const press = update('callback-query');
    const query = press.callback_query as Record<string, Record<string, unknown>>;
    const message = { chat: query.message!.chat, message_id: 1, date: DATE, ...(fields.message as object) };
    const { data: _, ...rest } = query;

    expect(parse({ ...press, callback_query: { ...rest, ...fields, message } })).toMatchObject([
      { content: { kind: 'button', text } },
    ]);
  });
});

test('any damaged message is read or unreadable, and nothing else is thrown', () => {
  const bodies = Object.entries(FIELDS).flatMap(([field, row]) =>
    typeof row === 'string' ? [] : [said({ ...row.also, [field]: row.value })],
  );
  fc.assert(
    fc.property(damaged(bodies), (body) => readsOrRefuses(readerOf(telegram), body)),
    { numRuns: 2_000 },
  );
});

describe('lists of a megabyte are read at once', () => {
  const many = (item: unknown, count: number) => Array.from({ length: count }, () => item);
  const options = many({ text: 'a' }, 60_000);

  test.each<{ name: string; fields: Record<string, unknown> }>([
    {
      name: 'entities',
      fields: {
        text: 'a'.repeat(4096),
        entities: many({ type: 'text_link', offset: 0, length: 4096, url: 'b' }, 15_000),
      },
    },
    { name: 'blocks', fields: { rich_message: { blocks: many({ text: 'a' }, 80_000) } } },
    { name: 'blocks of nothing', fields: { rich_message: { blocks: many(5, 500_000) } } },
    { name: 'items', fields: { rich_message: { blocks: [{ type: 'list', items: many(5, 500_000) }] } } },
    { name: 'rows', fields: { rich_message: { blocks: [{ type: 'table', cells: many([], 300_000) }] } } },
    { name: 'words', fields: { rich_message: { blocks: [{ text: many({ text: 'a' }, 80_000) }] } } },
    { name: 'options', fields: { poll: { question: 'a', options, correct_option_ids: many(-1, 150_000) } } },
    { name: 'tasks', fields: { checklist: { title: 'a', tasks: options } } },
    { name: 'done tasks', fields: { checklist_tasks_done: { marked_as_done_task_ids: many(1, 500_000) } } },
    { name: 'buttons', fields: { text: 'a', reply_markup: { inline_keyboard: many([{ text: 'a' }], 60_000) } } },
    { name: 'rows of buttons', fields: { text: 'a', reply_markup: { inline_keyboard: many([], 300_000) } } },
    { name: 'users', fields: { users_shared: { users: many({ user_id: 5 }, 60_000) } } },
    {
      name: 'paid media',
      fields: { paid_media: { paid_media: many({ type: 'video', video: { file_id: 'a' } }, 20_000) } },
    },
    { name: 'winners', fields: { giveaway_winners: { winners: many({ id: 5 }, 90_000) } } },
    {
      name: 'one long task that is done thousands of times',
      fields: {
        checklist_tasks_done: {
          checklist_message: { checklist: { title: 'a', tasks: [{ id: 1, text: 'a'.repeat(800_000) }] } },
          marked_as_done_task_ids: many(1, 20_000),
          marked_as_not_done_task_ids: many(1, 20_000),
        },
      },
    },
    { name: 'documents', fields: { passport_data: { data: many({ type: 'a' }, 80_000) } } },
  ])('$name', ({ fields }) => {
    const took = cpuMsOf(() => expect(parse(said(fields))).toMatchObject([{ kind: 'client' }]));

    expect(took).toBeLessThan(3_000);
  });
});

test('code that forgets a field of the Bot API does not compile', () => {
  const { boost_count: _, ...rest } = fieldsOf<ChatBoostAdded & { readonly later?: string }>({});

  // @ts-expect-error: `later` is neither shown nor set aside.
  rest satisfies NoFields;
  expect(rest).toEqual({});
});
