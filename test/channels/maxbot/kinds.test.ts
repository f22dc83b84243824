import type { AttachmentType, UpdateType } from '@maxhub/max-bot-api/types';
import { describe, expect, test } from 'vitest';
import type { Received } from '#channels/inbound';
import { createMaxbot } from '#channels/maxbot/index';
import { ATTACHMENTS, UPDATES } from '#channels/maxbot/kinds';
import { parserOf } from '#test/channels/messages';
import { bodyWith, ECHO, messageWith, notice, PRESS, REMOVAL, TEXT, withAttachment } from './updates.ts';

const BOT_ID = '229229229';
const parse = (update: unknown) => parserOf(createMaxbot())(update, BOT_ID)[0];
const ADDRESS = 'https://i.oneme.ru/i?r=BTGBPUwtwgYUeoFhO7rESmr8';
const { sender } = TEXT.message;
const VCF = 'BEGIN:VCARD\r\nVERSION:3.0\r\nTEL;TYPE=cell:79005550101\r\nFN:Dana K.\r\nEND:VCARD\r\n';
const payload = { url: ADDRESS, token: 'tok-1' };

describe('updates', () => {
  const edit = { ...TEXT, update_type: 'message_edited', timestamp: 1770679799999 };
  const rows: Record<UpdateType, { update: unknown; read: object }> = {
    message_created: { update: TEXT, read: { kind: 'client', opens: true } },
    message_edited: {
      update: edit,
      read: { kind: 'edit', time: 1770679799999, message: { kind: 'client', time: 1770679787821 } },
    },
    message_removed: { update: REMOVAL, read: { kind: 'deletion', providerId: REMOVAL.message_id } },
    message_callback: {
      update: PRESS,
      read: {
        kind: 'client',
        opens: true,
        time: 1770679803383,
        content: { type: 'text', kind: 'button', text: 'Да', pressed: 'confirm-9' },
      },
    },
    bot_started: {
      update: notice('bot_started', { payload: 'promo-7' }),
      read: { opens: false, content: { type: 'system', kind: 'bot_started', referral: 'promo-7' } },
    },
    bot_stopped: {
      update: notice('bot_stopped'),
      read: { opens: false, content: { type: 'system', kind: 'blocked' } },
    },
    dialog_cleared: { update: notice('dialog_cleared'), read: { opens: false, content: { kind: 'dialog_cleared' } } },
    dialog_muted: { update: notice('dialog_muted'), read: { opens: false, content: { kind: 'dialog_muted' } } },
    dialog_unmuted: { update: notice('dialog_unmuted'), read: { opens: false, content: { kind: 'dialog_unmuted' } } },
    dialog_removed: { update: notice('dialog_removed'), read: { opens: false, content: { kind: 'dialog_removed' } } },
    bot_added: { update: notice('bot_added'), read: { kind: 'ignored', reason: 'bot_added' } },
    bot_removed: { update: notice('bot_removed'), read: { kind: 'ignored' } },
    chat_title_changed: { update: notice('chat_title_changed'), read: { kind: 'ignored' } },
    user_added: { update: notice('user_added'), read: { kind: 'ignored' } },
    user_removed: { update: notice('user_removed'), read: { kind: 'ignored' } },
    comment_created: { update: { ...TEXT, update_type: 'comment_created' }, read: { kind: 'ignored' } },
    comment_edited: { update: { ...TEXT, update_type: 'comment_edited' }, read: { kind: 'ignored' } },
    comment_removed: { update: { ...REMOVAL, update_type: 'comment_removed' }, read: { kind: 'ignored' } },
  };

  test.each(Object.entries(rows))('%s', (name, { update, read }) => {
    expect(UPDATES).toHaveProperty(name);
    const received = parse(update);

    expect(received).toMatchObject(read);
    if (received?.kind !== 'ignored') expect(received).toMatchObject({ ids: [{ chatType: 'max', chatId: '10001' }] });
  });

  test.each([
    {
      name: 'a message in it opens',
      update: { ...TEXT, update_type: 'message_forwarded' },
      read: { kind: 'client', opens: true },
    },
    {
      name: 'a message of the bot in it is none',
      update: { ...ECHO, update_type: 'message_seen' },
      read: { kind: 'echo', opens: false },
    },
    {
      name: 'nothing in it is known',
      update: notice('bot_praised'),
      read: { kind: 'ignored', reason: 'unknown-update' },
    },
  ])('a kind that is new: $name', ({ update, read }) => {
    expect(parse(update)).toMatchObject(read);
  });
});

describe('attachments', () => {
  const rows: Record<AttachmentType, { attachment: Record<string, unknown>; content: object }> = {
    image: {
      attachment: { payload: { ...payload, photo_id: 4484450835 } },
      content: { type: 'image', media: { fileId: ` ${ADDRESS}` } },
    },
    video: {
      attachment: { payload, duration: 7, width: 1, height: 1, thumbnail: { url: ADDRESS } },
      content: { type: 'video', media: { fileId: `tok-1 ${ADDRESS}`, durationSeconds: 7 } },
    },
    audio: {
      attachment: { payload, transcription: 'Перезвоните мне' },
      content: { type: 'audio', media: { fileId: ` ${ADDRESS}` }, text: 'Transcription: Перезвоните мне' },
    },
    file: {
      attachment: { payload, filename: 'act.pdf', size: 12 },
      content: { type: 'document', media: { fileId: ` ${ADDRESS}`, name: 'act.pdf', size: 12 } },
    },
    sticker: {
      attachment: { payload: { url: ADDRESS, code: '60eb7d' }, width: 512, height: 512 },
      content: { type: 'image', kind: 'sticker', media: { fileId: ` ${ADDRESS}` } },
    },
    contact: {
      attachment: { payload: { vcf_info: VCF, max_info: sender, hash: 'h' } },
      content: {
        type: 'vcard',
        vcards: [{ name: 'Dana Kim', phone: '79005550101', isSender: true, text: VCF }],
        text: 'Dana Kim, 79005550101',
      },
    },
    location: {
      attachment: { latitude: 55.7558, longitude: 37.6173 },
      content: { type: 'geo', location: { latitude: 55.7558, longitude: 37.6173 } },
    },
    share: {
      attachment: { payload: { url: 'https://a.example/1', token: 't' }, title: 'Sale', description: 'Of chairs' },
      content: { type: 'text', kind: 'share', text: 'Sale\nhttps://a.example/1' },
    },
    inline_keyboard: {
      attachment: { payload: { buttons: [[{ type: 'callback', text: 'Yes', payload: 'y' }]] } },
      content: { type: 'text', kind: 'buttons', text: '[Yes]' },
    },
  };

  test.each(Object.entries(rows))('%s', (type, { attachment, content }) => {
    expect(ATTACHMENTS).toHaveProperty(type);

    expect(parse(withAttachment({ type, ...attachment }))).toMatchObject({ kind: 'client', opens: true, content });
  });

  test('of several, the first that is more than a decoration makes the kind, and no file is lost', () => {
    const attachments = [
      { type: 'share', payload: { url: 'https://a.example' } },
      { type: 'image', payload },
      { type: 'file', payload: { url: `${ADDRESS}2`, token: 't' }, filename: 'b.pdf', size: 1 },
    ];

    expect(parse(bodyWith({ text: 'Look: https://a.example', attachments }))).toMatchObject({
      content: {
        type: 'image',
        text: 'Look: https://a.example',
        media: { fileId: ` ${ADDRESS}` },
        furtherMedia: [{ name: 'b.pdf' }],
      },
    });
  });

  test('a card of somebody else is not the sender’s own', () => {
    const max_info = { ...sender, user_id: 10002, first_name: 'Eva' };

    const received = parse(withAttachment({ type: 'contact', payload: { vcf_info: VCF, max_info } }));

    expect(received).toMatchObject({ content: { vcards: [{ name: 'Eva Kim', phone: '79005550101' }] } });
    expect(received).not.toHaveProperty('content.vcards.0.isSender');
  });

  test('a text beside an attachment that nobody knows is not lost', () => {
    const attachments = [{ type: 'hologram', payload: { url: ADDRESS } }];

    expect(parse(bodyWith({ text: 'Look', attachments }))).toMatchObject({
      opens: true,
      content: { type: 'unknown', kind: 'hologram', text: 'Look', raw: expect.stringContaining('hologram') },
    });
  });
});

test.each(['~', '😀'.repeat(256), 'a b'])('an id that cannot be a part of a key is none: %s', (mid) => {
  expect(parse(bodyWith({ mid, text: 'Hello' }))).toMatchObject({
    kind: 'client',
    providerId: expect.stringMatching(/^message\.\d+$/),
  });
});

describe('what a message repeats', () => {
  const message = { mid: 'mid.0000000008a53b9b019c44bd612d33e1', seq: 1, text: 'Kept?' };

  test('a quote names its message, and when it was written if the client wrote it', () => {
    const link = (sender: object) => ({ type: 'reply', sender, message });

    expect(parse(messageWith({ link: link(sender) }))).toMatchObject({
      content: {
        text: 'Ещё в продаже?',
        quoted: { providerId: message.mid, time: 1770679787821, type: 'text', text: 'Kept?', authorName: 'Dana Kim' },
      },
    });
    const ofBot = parse(messageWith({ link: link(PRESS.message.sender) }));
    expect(ofBot).toMatchObject({ content: { quoted: { providerId: message.mid, authorName: 'Konvert' } } });
    expect(ofBot).not.toHaveProperty('content.quoted.time');
  });

  test('a message that was passed on is what it was, with its author', () => {
    const file = { type: 'file', payload, filename: 'act.pdf', size: 1 };
    const link = {
      type: 'forward',
      sender: { ...sender, first_name: 'Eva' },
      chat_id: 5,
      message: { ...message, attachments: [file] },
    };

    expect(parse(messageWith({ link, body: { ...TEXT.message.body, text: null } }))).toMatchObject({
      opens: true,
      content: { type: 'document', text: 'Kept?', media: { name: 'act.pdf' }, forwarded: { from: 'Eva Kim' } },
    });
  });

  test('a link behind words is told', () => {
    const markup = [
      { from: 5, length: 4, type: 'link', url: 'https://a.example' },
      { from: 0, length: 4, type: 'strong' },
    ];

    expect(parse(bodyWith({ text: 'Look here, please', markup }))).toMatchObject({
      content: { text: 'Look here (https://a.example), please' },
    });
  });
});

// MAX repeats a refused update for eight hours, and ends the subscription then.
describe('an update that cannot be read is ignored, and never refused:', () => {
  test.each(
    Object.entries({
      'a message that is none': { ...TEXT, message: 'hello' },
      'a message without a place': messageWith({ recipient: undefined }),
      'a message without a time': messageWith({ timestamp: undefined }),
      'a removal without its message': { ...notice('message_removed'), chat_id: 1, user_id: 2 },
      'a press without a button': notice('message_callback'),
      'a press with an id that fits into no key': {
        ...PRESS,
        callback: { ...PRESS.callback, callback_id: '€'.repeat(512) },
      },
      'a notice about nobody': notice('bot_started', { user: undefined }),
    }),
  )('%s', (_, update) => {
    expect(parse(update)).toEqual({ kind: 'ignored', reason: 'unreadable-update' });
  });

  test.each(['€'.repeat(512), '~', 'a b', '\ud800'])('a message with the id %j is open, under an id of ours', (mid) => {
    const { kind, opens, providerId } = parse(bodyWith({ mid })) as Extract<Received, { kind: 'client' }>;

    expect({ kind, opens, providerId }).toEqual({ kind: 'client', opens: true, providerId: 'message.1770679787821' });
  });
});
