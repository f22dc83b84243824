// The kinds are one table, so that what opens a chat is seen at once; hence the length of this file.

import { describe, expect, test } from 'vitest';
import { createEvolution } from '#channels/evolution/index';
import { CHANGES, EVENTS, MESSAGES, SILENT, WANTED_EVENTS, WRAPPERS } from '#channels/evolution/kinds';
import type { ReceivedMessage } from '#channels/inbound';
import { parserOf } from '#test/channels/messages';
import { DANA, DANA_JID, DANA_LID, said, TIME, webhook } from './webhooks.ts';

const parse = parserOf(createEvolution());
const only = (body: unknown) => parse(body)[0] as ReceivedMessage;
const file = {
  mimetype: 'image/jpeg',
  fileLength: '1234',
  mediaKey: 'c2VjcmV0',
  directPath: '/v/t62',
  jpegThumbnail: 'AA',
};

/** Each kind of message as a client sends it, and what it becomes. `opens`: the chat is unanswered (U6). */
const KINDS: readonly {
  readonly field: string;
  readonly value: unknown;
  readonly opens: boolean;
  readonly content: object;
}[] = [
  { field: 'conversation', value: 'Hi', opens: true, content: { type: 'text', text: 'Hi' } },
  { field: 'extendedTextMessage', value: { text: 'See' }, opens: true, content: { type: 'text', text: 'See' } },
  {
    field: 'imageMessage',
    value: { ...file, caption: 'Look' },
    opens: true,
    content: { type: 'image', text: 'Look', media: { fileId: '3EB0M01', mimeType: 'image/jpeg', size: 1234 } },
  },
  {
    field: 'videoMessage',
    value: { ...file, gifPlayback: true, seconds: 3 },
    opens: true,
    content: { type: 'video', kind: 'animation', media: { durationSeconds: 3 } },
  },
  { field: 'ptvMessage', value: file, opens: true, content: { type: 'video', kind: 'video_note' } },
  { field: 'audioMessage', value: { ...file, ptt: true }, opens: true, content: { type: 'audio', kind: 'voice' } },
  {
    field: 'documentMessage',
    value: { ...file, fileName: 'act.pdf', fileLength: { low: 5, high: 0, unsigned: true } },
    opens: true,
    content: { type: 'document', media: { name: 'act.pdf', size: 5 } },
  },
  { field: 'stickerMessage', value: file, opens: true, content: { type: 'image', kind: 'sticker' } },
  {
    field: 'locationMessage',
    value: { degreesLatitude: 59.93, degreesLongitude: 30.36, name: 'Office' },
    opens: true,
    content: { type: 'geo', text: 'Office', location: { latitude: 59.93, longitude: 30.36, title: 'Office' } },
  },
  {
    field: 'liveLocationMessage',
    value: { degreesLatitude: 1, degreesLongitude: 2 },
    opens: true,
    content: { type: 'geo', kind: 'live_location' },
  },
  {
    field: 'contactMessage',
    value: { displayName: 'Dana', vcard: `BEGIN:VCARD\nitem1.TEL;waid=${DANA}:+1 202 555-0142\nEND:VCARD` },
    opens: true,
    content: { type: 'vcard', vcards: [{ name: 'Dana', phone: '+1 202 555-0142', isSender: true }] },
  },
  {
    field: 'contactsArrayMessage',
    value: { contacts: [{ displayName: 'A' }, { displayName: 'B' }] },
    opens: true,
    content: { type: 'vcard', text: 'A\nB' },
  },
  ...['pollCreationMessage', 'pollCreationMessageV2', 'pollCreationMessageV3', 'pollCreationMessageV5'].map(
    (field) => ({
      field,
      value: { name: 'When?', options: [{ optionName: 'Today' }, { optionName: 'Never' }] },
      opens: true,
      content: { type: 'text', kind: 'poll', poll: { question: 'When?', options: ['Today', 'Never'] } },
    }),
  ),
  {
    field: 'pollUpdateMessage',
    value: { vote: { selectedOptions: ['Today'] } },
    opens: true,
    content: { type: 'text', kind: 'poll_vote', text: 'Today' },
  },
  ...['pollResultSnapshotMessage', 'pollResultSnapshotMessageV3'].map((field) => ({
    field,
    value: { name: 'When?' },
    opens: true,
    content: { type: 'text', kind: 'poll_result', text: 'When?' },
  })),
  {
    field: 'buttonsResponseMessage',
    value: { selectedButtonId: 'y1', selectedDisplayText: 'Yes' },
    opens: true,
    content: { type: 'text', kind: 'button', text: 'Yes', pressed: 'y1' },
  },
  {
    field: 'templateButtonReplyMessage',
    value: { selectedId: 't1', selectedDisplayText: 'Later' },
    opens: true,
    content: { kind: 'button', text: 'Later', pressed: 't1' },
  },
  {
    field: 'listResponseMessage',
    value: { title: 'Doors', singleSelectReply: { selectedRowId: 'r1' } },
    opens: true,
    content: { kind: 'button', text: 'Doors', pressed: 'r1' },
  },
  {
    field: 'interactiveResponseMessage',
    value: { body: { text: 'Sent' }, nativeFlowResponseMessage: { name: 'flow', paramsJson: '{"a":1}' } },
    opens: true,
    content: { kind: 'button', text: 'Sent', pressed: '{"a":1}' },
  },
  {
    field: 'buttonsMessage',
    value: { contentText: 'Choose' },
    opens: true,
    content: { kind: 'interactive', text: 'Choose' },
  },
  {
    field: 'listMessage',
    value: { title: 'Menu', description: 'Of today' },
    opens: true,
    content: { text: 'Menu\nOf today' },
  },
  { field: 'interactiveMessage', value: { body: { text: 'Pay' } }, opens: true, content: { text: 'Pay' } },
  {
    field: 'templateMessage',
    value: { hydratedTemplate: { hydratedContentText: 'Your order' } },
    opens: true,
    content: { kind: 'template', text: 'Your order' },
  },
  { field: 'highlyStructuredMessage', value: { namespace: 'n' }, opens: true, content: { kind: 'template' } },
  {
    field: 'orderMessage',
    value: { orderTitle: 'Door', itemCount: 2, totalAmount1000: '9900000', totalCurrencyCode: 'RUB' },
    opens: true,
    content: { kind: 'order', text: 'Door\n2 ×, 9900 RUB' },
  },
  {
    field: 'productMessage',
    value: { product: { title: 'Door', priceAmount1000: '9900', currencyCode: 'USD', url: 'https://a.example' } },
    opens: true,
    content: { kind: 'product', text: 'Door 9.9 USD\nhttps://a.example' },
  },
  {
    field: 'eventMessage',
    value: { name: 'Opening', startTime: '1796000000' },
    opens: true,
    content: { kind: 'event', text: 'Opening\n2026-11-30T00:53:20.000Z' },
  },
  {
    field: 'scheduledCallCreationMessage',
    value: { title: 'Call me' },
    opens: true,
    content: { kind: 'event', text: 'Call me' },
  },
  {
    field: 'groupInviteMessage',
    value: { groupName: 'Doors' },
    opens: true,
    content: { kind: 'invitation', text: 'Doors' },
  },
  ...['newsletterAdminInviteMessage', 'newsletterFollowerInviteMessageV2'].map((field) => ({
    field,
    value: { newsletterName: 'News' },
    opens: true,
    content: { kind: 'invitation', text: 'News' },
  })),
  { field: 'invoiceMessage', value: { note: 'For May' }, opens: true, content: { kind: 'invoice', text: 'For May' } },
  ...['sendPaymentMessage', 'requestPaymentMessage', 'paymentInviteMessage'].map((field) => ({
    field,
    value: { noteMessage: { conversation: 'Thanks' } },
    opens: true,
    content: { type: 'unsupported', kind: 'payment', text: 'Thanks' },
  })),
  {
    field: 'stickerPackMessage',
    value: { name: 'Cats' },
    opens: true,
    content: { kind: 'sticker_pack', text: 'Cats' },
  },
  { field: 'commentMessage', value: { message: {} }, opens: true, content: { type: 'unsupported', kind: 'comment' } },
  {
    field: 'questionResponseMessage',
    value: { text: 'Because' },
    opens: true,
    content: { kind: 'answer', text: 'Because' },
  },
  { field: 'richResponseMessage', value: { submessages: [] }, opens: true, content: { kind: 'rich' } },
  { field: 'callLogMesssage', value: { callOutcome: 'MISSED' }, opens: true, content: { type: 'missing_call' } },
  { field: 'placeholderMessage', value: { type: 0 }, opens: true, content: { kind: 'placeholder' } },
  { field: 'requestPhoneNumberMessage', value: {}, opens: true, content: { kind: 'phone_requested' } },
  { field: 'declinePaymentRequestMessage', value: { key: {} }, opens: false, content: { type: 'system' } },
  { field: 'cancelPaymentRequestMessage', value: { key: {} }, opens: false, content: { type: 'system' } },
  { field: 'scheduledCallEditMessage', value: { key: {} }, opens: false, content: { type: 'system' } },
  { field: 'encEventResponseMessage', value: { encIv: '' }, opens: false, content: { type: 'system' } },
  { field: 'secretEncryptedMessage', value: { encIv: '' }, opens: false, content: { kind: 'edit' } },
];

/** All fields of `Message` in the protocol: WAProto.proto of Baileys 7.0.0-rc.9. */
const PROTOCOL =
  'conversation senderKeyDistributionMessage imageMessage contactMessage locationMessage extendedTextMessage documentMessage audioMessage videoMessage call chat protocolMessage contactsArrayMessage highlyStructuredMessage fastRatchetKeySenderKeyDistributionMessage sendPaymentMessage liveLocationMessage requestPaymentMessage declinePaymentRequestMessage cancelPaymentRequestMessage templateMessage stickerMessage groupInviteMessage templateButtonReplyMessage productMessage deviceSentMessage messageContextInfo listMessage viewOnceMessage orderMessage listResponseMessage ephemeralMessage invoiceMessage buttonsMessage buttonsResponseMessage paymentInviteMessage interactiveMessage reactionMessage stickerSyncRmrMessage interactiveResponseMessage pollCreationMessage pollUpdateMessage keepInChatMessage documentWithCaptionMessage requestPhoneNumberMessage viewOnceMessageV2 encReactionMessage editedMessage viewOnceMessageV2Extension pollCreationMessageV2 scheduledCallCreationMessage groupMentionedMessage pinInChatMessage pollCreationMessageV3 scheduledCallEditMessage ptvMessage botInvokeMessage callLogMesssage messageHistoryBundle encCommentMessage bcallMessage lottieStickerMessage eventMessage encEventResponseMessage commentMessage newsletterAdminInviteMessage placeholderMessage secretEncryptedMessage albumMessage eventCoverImage stickerPackMessage statusMentionMessage pollResultSnapshotMessage pollCreationOptionImageMessage associatedChildMessage groupStatusMentionMessage pollCreationMessageV4 statusAddYours groupStatusMessage richResponseMessage statusNotificationMessage limitSharingMessage botTaskMessage questionMessage messageHistoryNotice groupStatusMessageV2 botForwardedMessage statusQuestionAnswerMessage questionReplyMessage questionResponseMessage statusQuotedMessage statusStickerInteractionMessage pollCreationMessageV5 newsletterFollowerInviteMessageV2 pollResultSnapshotMessageV3'.split(
    ' ',
  );

describe('kinds of messages', () => {
  test.each(KINDS)('$field: opens $opens', ({ field, value, opens, content }) => {
    const received = only(said({ messageContextInfo: { messageSecret: 's' }, [field]: value }));

    expect(received).toMatchObject({ kind: 'client', opens, content });
  });

  test('are all of the protocol, each once, and each has a row here', () => {
    const all = [...Object.keys(MESSAGES), ...WRAPPERS, ...CHANGES, ...SILENT];
    const ofBridge = ['base64', 'mediaUrl', 'speechToText'];

    expect(all.filter((field) => !ofBridge.includes(field)).sort()).toEqual([...PROTOCOL].sort());
    expect(new Set(all).size).toBe(all.length);
    expect(KINDS.map(({ field }) => field).sort()).toEqual(Object.keys(MESSAGES).sort());
  });

  test.each([...WRAPPERS])('%s is taken off', (wrapper) => {
    const inner = { message: { ephemeralMessage: { message: { conversation: 'Hi' } } } };

    expect(only(said({ [wrapper]: inner }))).toMatchObject({ opens: true, content: { type: 'text', text: 'Hi' } });
  });

  test.each([...SILENT])('%s alone says nothing', (field) => {
    expect(parse(said({ [field]: { a: 1 } }))).toEqual([{ kind: 'ignored', reason: 'nothing-said' }]);
  });

  test('what cannot be read of a known kind is unknown: it opens, and all of it is kept', () => {
    expect(only(said({ locationMessage: { degreesLatitude: 'x' } }))).toMatchObject({
      opens: true,
      content: { type: 'unknown', kind: 'locationMessage', raw: '{"locationMessage":{"degreesLatitude":"x"}}' },
    });
  });

  test('keys, thumbnails and whole files are in nothing that is kept', () => {
    const inner = { ...file, base64: 'UEsDBBQ', waveform: 'AA' };
    const bodies = [said({ hologramMessage: { a: inner } }), said({ imageMessage: inner, base64: 'UEsDBBQ' })];

    for (const body of bodies) expect(JSON.stringify(parse(body))).not.toMatch(/c2VjcmV0|UEsDBBQ|t62|jpegThumb/);
  });

  test('the file is named by its message, and by where the bridge keeps it', () => {
    const url = 'https://files.example/a.jpg?X-Amz-Signature=1';

    expect(only(said({ imageMessage: file, mediaUrl: url })).content.media?.fileId).toBe(`3EB0M01 ${url}`);
    expect(only(said({ imageMessage: file, mediaUrl: 'x'.repeat(3000) })).content.media?.fileId).toBe('3EB0M01');
  });

  test('a quote, a message passed on and an advertisement are told, however deep quotes are in quotes', () => {
    let quotedMessage: object = { conversation: 'How much?' };
    for (let depth = 0; depth < 1000; depth += 1) {
      quotedMessage = { extendedTextMessage: { text: 'How much?', contextInfo: { stanzaId: 'Q', quotedMessage } } };
    }
    const contextInfo = {
      stanzaId: '3EB0Q1',
      quotedMessage,
      isForwarded: true,
      externalAdReply: { sourceId: '778', title: 'Doors', sourceUrl: 'https://fb.me/1' },
    };

    const { content } = only(said({ conversation: 'This' }, { contextInfo }));

    expect(content).toMatchObject({
      quoted: { providerId: '3EB0Q1', type: 'text', text: 'How much?' },
      forwarded: {},
      referral: '778',
      text: 'This\nAd: Doors https://fb.me/1',
    });
  });
});

describe('events', () => {
  test('the webhook is registered for those that are read, and for no others', () => {
    expect(WANTED_EVENTS).toEqual([
      'MESSAGES_UPSERT',
      'MESSAGES_UPDATE',
      'MESSAGES_EDITED',
      'MESSAGES_DELETE',
      'SEND_MESSAGE',
      'SEND_MESSAGE_UPDATE',
      'CALL',
      'CONNECTION_UPDATE',
      'QRCODE_UPDATED',
      'LOGOUT_INSTANCE',
    ]);
  });

  test.each(Object.keys(EVENTS).filter((event) => EVENTS[event] === 'ignored'))('%s is ignored', (event) => {
    expect(parse(webhook(event, [{ id: DANA_JID, name: 'Dana' }]))).toEqual([
      { kind: 'ignored', reason: event.replaceAll('.', '-') },
    ]);
  });

  test('an event of a later bridge is ignored', () => {
    expect(parse(webhook('holograms.upsert', {}))).toEqual([{ kind: 'ignored', reason: 'unknown-event' }]);
  });

  test('the history of a phone opens nothing', () => {
    const { data } = said({ conversation: 'Long ago' });

    expect(parse(webhook('messages.set', [data, data]))).toMatchObject([
      { kind: 'client', opens: false, history: true },
      { kind: 'client', opens: false, history: true },
    ]);
  });

  test('what a program sent by the bridge is a machine’s', () => {
    const { data } = said({ conversation: 'Your code' }, {}, { fromMe: true });

    expect(only(webhook('send.message', data))).toMatchObject({ kind: 'echo', by: 'automatic', opens: false });
  });

  test.each([
    ['timeout', { opens: true, content: { type: 'missing_call' } }],
    ['reject', { opens: true, content: { type: 'missing_call' } }],
    ['terminate', { opens: true, content: { type: 'missing_call' } }],
    ['accept', { opens: false, content: { type: 'system', kind: 'call' } }],
  ])('a call that ended with %s', (status, expected) => {
    const call = { id: 'C1', from: DANA_LID, callerPn: DANA_JID, date: '2026-11-30T00:00:00.000Z', status };

    const received = only(webhook('call', call));

    expect(received).toMatchObject({ kind: 'client', providerId: 'call.C1', ...expected });
    // So the first word about a call counts, and an answered one does not end as a missed one.
    expect(received).not.toHaveProperty('time');
    expect(received.ids.map(({ chatId }) => chatId)).toEqual([DANA, DANA_LID]);
  });

  test('a call that rings, of a group or of our own is ignored', () => {
    const call = (more: object) => parse(webhook('call', { id: 'C1', from: DANA_JID, status: 'timeout', ...more }));

    expect(call({ status: 'offer' })).toEqual([{ kind: 'ignored', reason: 'call-on-its-way' }]);
    expect(call({ chatId: '1203@g.us' })).toEqual([{ kind: 'ignored', reason: 'group' }]);
    expect(call({ from: '14155550100:7@s.whatsapp.net' })).toEqual([{ kind: 'ignored', reason: 'own-call' }]);
  });

  test.each([
    [{ state: 'open', statusReason: 200 }, 'active'],
    [{ state: 'refused', statusReason: 428 }, 'qridle'],
    [{ state: 'close', statusReason: 401 }, 'qridle'],
    [{ state: 'close', statusReason: 440 }, 'openelsewhere'],
    [{ state: 'close', statusReason: 408 }, 'phoneUnavailable'],
  ])('the link to the phone: %j is %s', (data, link) => {
    expect(parse(webhook('connection.update', data))).toEqual([{ kind: 'channel', link, time: TIME * 1000 }]);
  });

  test('a link that is being made again is no news; a QR code is told of, and itself kept out', () => {
    expect(parse(webhook('connection.update', { state: 'connecting' }))).toEqual([
      { kind: 'ignored', reason: 'connecting' },
    ]);
    expect(parse(webhook('qrcode.updated', { qrcode: { code: '2@secret', base64: 'AA' } }))).toEqual([
      { kind: 'channel', link: 'qridle', time: TIME * 1000 },
    ]);
    expect(parse(webhook('logout.instance', null))).toMatchObject([{ link: 'qridle' }]);
  });
});
