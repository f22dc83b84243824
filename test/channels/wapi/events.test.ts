import fc from 'fast-check';
import { describe, expect, test } from 'vitest';

import { UnreadableWebhookError } from '#channels/errors';
import type { Received } from '#channels/inbound';
import { createWapi } from '#channels/wapi/index';
import { damaged } from '#test/channels/contract';
import { parserOf, readerOf } from '#test/channels/messages';
import { cpuMsOf } from '#test/cpu-time';
import {
  CONTACT,
  DANA,
  DANA_ID,
  DANA_PARENT,
  echoed,
  history,
  message,
  NUMBER,
  NUMBER_ID,
  said,
  statuses,
  TIME,
  value,
  WABA_ID,
  webhook,
} from './webhooks.ts';

const wapi = createWapi();
const parse = parserOf(wapi);
const text = { type: 'text', text: { body: 'hello' } };
const ids = (...all: string[]) => all.map((chatId) => ({ chatType: 'whatsapp', chatId }));
const both = ids(DANA, DANA_ID);
const at = TIME * 1000;
const messages = (contacts: unknown, ...all: unknown[]) => webhook('messages', value({ contacts, messages: all }));

describe('who wrote', () => {
  const nobody = { from: undefined, from_user_id: undefined };
  const other = { profile: { name: 'Ilya' }, wa_id: '12025550199', user_id: 'US.88' };

  test.each<[string, Record<string, unknown>, Record<string, unknown> | undefined]>([
    [
      'a person with a username has a user id only',
      messages(
        [{ profile: { name: 'Dana', username: 'dana_k' }, user_id: DANA_ID }],
        message({ ...text, from: undefined }),
      ),
      { ids: ids(DANA_ID), author: { id: DANA_ID, name: 'Dana', username: 'dana_k' } },
    ],
    [
      'a person of whom only the number is told',
      messages(undefined, message({ ...text, from_user_id: undefined, from: `+${DANA}` })),
      { ids: ids(DANA), author: { id: DANA } },
    ],
    [
      'a contact is found by the user id, wherever it stands',
      messages([other, CONTACT], message({ ...text, from: undefined })),
      { ids: both, author: { id: DANA, name: 'Dana K.' } },
    ],
    [
      'a contact is found by the number, wherever it stands',
      messages([other, { ...CONTACT, user_id: undefined }], message({ ...text, from_user_id: undefined })),
      { ids: ids(DANA), author: { id: DANA, name: 'Dana K.' } },
    ],
    [
      'a contact of the same number with another user id is somebody else',
      messages([{ ...CONTACT, user_id: 'US.1' }], message(text)),
      { ids: both, author: { id: DANA } },
    ],
    [
      'the number that WhatsApp knows may be another one than was dialled',
      messages([{ ...CONTACT, wa_id: '5511987654321' }], message({ ...text, from: '551187654321' })),
      { ids: ids('551187654321', '5511987654321', DANA_ID) },
    ],
    [
      'the parent id comes last',
      messages([{ ...CONTACT, parent_user_id: DANA_PARENT }], message(text)),
      { ids: ids(DANA, DANA_ID, DANA_PARENT) },
    ],
    [
      'a user id in the place of the number is no number',
      messages(undefined, message({ ...text, from: DANA_ID, from_user_id: undefined })),
      { ids: ids(DANA_ID) },
    ],
    [
      'the only contact is the person of the only message, if it names nobody',
      messages([CONTACT], message({ ...text, ...nobody })),
      { ids: both },
    ],
    [
      'numbers of JSON are the same as texts',
      messages(
        [{ ...CONTACT, wa_id: Number(DANA) }],
        message({ ...text, from: Number(DANA), from_user_id: undefined }),
      ),
      { ids: both, author: { id: DANA, name: 'Dana K.' } },
    ],
    [
      'of two contacts none is guessed',
      messages([CONTACT, other], message({ ...text, ...nobody })),
      { kind: 'ignored', reason: 'no-sender' },
    ],
  ])('%s', (_, body, expected) => {
    expect(parse(body)).toHaveLength(1);
    expect(parse(body)[0]).toMatchObject(expected!);
  });

  test('of two messages beside one contact, that of somebody else keeps its own ids', () => {
    const body = messages([CONTACT], message(text), message({ ...text, from: '12025550199', from_user_id: 'US.88' }));

    expect(parse(body)).toMatchObject([
      { ids: both },
      { ids: ids('12025550199', 'US.88'), author: { id: '12025550199' } },
    ]);
  });

  test.each([
    ['nothing that can be seen', '\u3164\u2800', {}],
    ['invisible signs around it', '\u200bDana\u200b', { name: 'Dana' }],
    ['300,000 characters', 'я'.repeat(300_000), { name: 'я'.repeat(256) }],
  ])('a name of %s', (_, name, profile) => {
    expect(parse(messages([{ ...CONTACT, profile: { name } }], message(text)))).toMatchObject([
      { author: { id: DANA, ...profile } },
    ]);
    expect(parse(messages([{ ...CONTACT, profile: { name } }], message(text)))[0]).not.toHaveProperty(
      'author.username',
    );
  });

  test('a message without a time counts from when it comes', () => {
    const [received] = parse(said({ ...text, timestamp: 'soon' }));

    expect(received).toMatchObject({ kind: 'client', opens: true });
    expect(received).not.toHaveProperty('time');
  });
});

describe('changes of messages', () => {
  const edit = { original_message_id: 'wamid.M00==', message: { type: 'text', text: { body: 'about that' } } };

  test.each<[string, Record<string, unknown>, Record<string, unknown>]>([
    [
      'an edit changes the message that it names',
      said({ type: 'edit', edit }),
      { kind: 'edit', ids: both, providerId: 'wamid.M00==', time: at, content: { type: 'text', text: 'about that' } },
    ],
    [
      'an edit of a caption',
      said({
        type: 'edit',
        edit: { ...edit, message: { type: 'image', image: { id: '9', caption: 'new' }, context: { id: 'wamid.Q==' } } },
      }),
      {
        kind: 'edit',
        content: { type: 'image', text: 'new', media: { fileId: '9' }, quoted: { providerId: 'wamid.Q==' } },
      },
    ],
    ['an edit of nothing', said({ type: 'edit', edit: {} }), { kind: 'ignored', reason: 'edit-of-nothing' }],
    [
      'a message that was deleted',
      said({ type: 'revoke', revoke: { original_message_id: 'wamid.M00==' } }),
      { kind: 'deletion', ids: both, providerId: 'wamid.M00==' },
    ],
    [
      'a reaction',
      said({ type: 'reaction', reaction: { message_id: 'wamid.OUT17==', emoji: '👍' } }),
      { kind: 'reaction', ids: both, providerId: 'wamid.OUT17==', time: at, emojis: ['👍'] },
    ],
    [
      'a reaction that was taken back',
      said({ type: 'reaction', reaction: { message_id: 'wamid.OUT17==' } }),
      { kind: 'reaction', emojis: [] },
    ],
    [
      'a reaction that was taken back, as it was told before',
      said({ type: 'reaction', reaction: { message_id: 'wamid.OUT17==', emoji: '' } }),
      { kind: 'reaction', emojis: [] },
    ],
    [
      'an edit of the team',
      echoed({ type: 'edit', edit }),
      { kind: 'edit', ids: both, providerId: 'wamid.M00==', content: { text: 'about that' } },
    ],
    [
      'a message that the team deleted',
      echoed({ type: 'revoke', revoke: { original_message_id: 'wamid.E00==' } }),
      { kind: 'deletion', ids: both, providerId: 'wamid.E00==' },
    ],
    [
      'a reaction of the team',
      echoed({ type: 'reaction', reaction: { message_id: 'wamid.M00==', emoji: '👍' } }),
      { kind: 'ignored', reason: 'own-reaction' },
    ],
  ])('%s', (_, body, expected) => {
    expect(parse(body)).toHaveLength(1);
    expect(parse(body)[0]).toMatchObject({ ...expected, ...(expected.kind !== 'ignored' && { account: NUMBER_ID }) });
  });
});

describe('what the team wrote on the phone', () => {
  test('is an echo to the person, with their name if it is told', () => {
    const body = webhook(
      'smb_message_echoes',
      value({
        contacts: [CONTACT],
        message_echoes: [
          {
            from: NUMBER,
            to: DANA,
            to_user_id: DANA_ID,
            to_parent_user_id: DANA_PARENT,
            id: 'wamid.E==',
            timestamp: TIME,
            ...text,
          },
        ],
      }),
    );

    expect(parse(body)).toEqual([
      {
        kind: 'echo',
        account: NUMBER_ID,
        ids: ids(DANA, DANA_ID, DANA_PARENT),
        providerId: 'wamid.E==',
        time: at,
        opens: false,
        author: {},
        client: { name: 'Dana K.' },
        content: { type: 'text', text: 'hello' },
      },
    ]);
  });

  test('without contacts it has no name', () => {
    expect(parse(echoed(text))[0]).not.toHaveProperty('client');
  });
});

describe('other ids of a person', () => {
  const system = (fields: Record<string, unknown>, more: Record<string, unknown> = {}) =>
    webhook('messages', value({ messages: [message({ type: 'system', system: fields, ...more })] }));

  test.each<[string, Record<string, unknown>, unknown, unknown]>([
    [
      'another number: the old ids become the new ones',
      system({
        type: 'user_changed_number',
        wa_id: '12025550177',
        user_id: 'US.2',
        previous_user_id: DANA_ID,
        body: 'x',
      }),
      both,
      ids('12025550177', 'US.2'),
    ],
    [
      'another user id only',
      system({ type: 'user_changed_user_id', user_id: 'US.2', previous_user_id: DANA_ID }, { from: undefined }),
      ids(DANA_ID),
      ids('US.2'),
    ],
    [
      'another user id, and the new one stands beside the message',
      system({ type: 'user_changed_user_id', user_id: 'US.2', previous_user_id: DANA_ID }, { from_user_id: 'US.2' }),
      both,
      ids('US.2'),
    ],
    [
      'another parent id',
      system({
        type: 'user_changed_user_id',
        user_id: 'US.2',
        parent_user_id: 'US.ENT.2',
        previous_user_id: DANA_ID,
        previous_parent_user_id: DANA_PARENT,
      }),
      ids(DANA, DANA_ID, DANA_PARENT),
      ids('US.2', 'US.ENT.2'),
    ],
    [
      'the old user id only in the words, as before August 2026',
      system(
        { type: 'user_changed_user_id', user_id: 'US.2', body: 'User Dana K. changed from US.70412295513308 to US.2' },
        { from: undefined, from_user_id: undefined },
      ),
      ids('US.70412295513308'),
      ids('US.2'),
    ],
    [
      'the same number with another user id',
      system({ type: 'user_changed_user_id', wa_id: DANA, user_id: 'US.2' }, { from_user_id: undefined }),
      ids(DANA),
      ids('US.2'),
    ],
    [
      'another number, as servers before 2022 say it',
      system({ type: 'customer_changed_number', new_wa_id: '12025550177' }, { from_user_id: undefined }),
      ids(DANA),
      ids('12025550177'),
    ],
  ])('%s', (_, body, before, after) => {
    expect(parse(body)).toEqual([
      {
        kind: 'identity',
        account: NUMBER_ID,
        ids: before,
        became: after,
        providerId: 'wamid.M01==',
        time: at,
        content: expect.objectContaining({ type: 'system', kind: expect.stringContaining('changed') }),
      },
    ]);
  });

  test('a user id that a provider passes on', () => {
    const update = {
      wa_id: DANA,
      detail: 'Dana’s id changed',
      user_id: { previous: DANA_ID, current: 'US.2' },
      timestamp: String(TIME),
    };

    expect(parse(webhook('user_id_update', value({ user_id_update: [update] })))).toEqual([
      {
        kind: 'identity',
        account: NUMBER_ID,
        ids: both,
        became: ids('US.2'),
        providerId: `user_id_update.${at}`,
        time: at,
        content: { type: 'system', kind: 'user_changed_user_id', text: 'Dana’s id changed' },
      },
    ]);
  });

  describe('a number that WhatsApp asked for', () => {
    const card = { origin: 'contact_request', phones: [{ phone: '+1 202 555-0142', wa_id: DANA }] };
    const gave = (...contacts: unknown[]) =>
      messages(
        [{ profile: { name: 'Dana' }, user_id: DANA_ID }],
        message({ from: undefined, type: 'contacts', contacts }),
      );

    test('is the person’s own: the card is a message, and both ids are one person', () => {
      expect(parse(gave(card))).toMatchObject([
        { kind: 'client', ids: ids(DANA_ID), opens: true, content: { type: 'vcard', vcards: [{ isSender: true }] } },
        {
          kind: 'identity',
          ids: ids(DANA_ID, DANA),
          providerId: 'wamid.M01==.ids',
          time: at,
          content: { type: 'system', kind: 'phone_shared', text: `+${DANA}` },
        },
      ]);
    });

    test.each([
      ['a card that somebody passes on', [{ ...card, origin: 'other' }]],
      ['a card of nobody knows where from', [{ ...card, origin: undefined }]],
      ['two cards', [card, card]],
      ['two cards with one number', [card, { origin: 'contact_request' }]],
      ['two numbers', [{ ...card, phones: [...card.phones, { wa_id: '12025550177' }] }]],
      ['a number that is not at WhatsApp', [{ ...card, phones: [{ phone: '+1 202 555-0142' }] }]],
    ])('%s says nothing of the person', (_, contacts) => {
      expect(parse(gave(...contacts)).map(({ kind }) => kind)).toEqual(['client']);
    });
  });
});

describe('imported history', () => {
  const old = { type: 'text', text: { body: 'Thanks!' }, history_context: { status: 'READ' } };
  const echo = { from: NUMBER, id: 'wamid.H2==', timestamp: String(TIME), ...old };

  test('has messages of both sides, of the person of the thread', () => {
    const body = history(message(old), { from: '+1 202 555 0100', id: 'wamid.H2==', timestamp: String(TIME), ...old });

    expect(parse(body)).toMatchObject([
      { kind: 'client', ids: both, opens: false, history: true, author: { id: DANA, username: 'dana_k' } },
      { kind: 'echo', ids: both, opens: false, history: true, author: {}, client: { username: 'dana_k' } },
    ]);
    expect(parse(body)[0]).toMatchObject({ content: { type: 'text', text: 'Thanks!' }, account: NUMBER_ID, time: at });
    expect(parse(body)[0]).not.toHaveProperty('content.raw');
  });

  test('may know a person by the user id only', () => {
    const thread = { context: { user_id: DANA_ID }, messages: [message({ ...old, from: undefined })] };

    expect(parse(webhook('history', value({ history: [{ threads: [thread] }] })))).toMatchObject([
      { kind: 'client', ids: ids(DANA_ID), history: true },
    ]);
  });

  test('may tell the user id beside a message only', () => {
    const thread = { id: DANA, messages: [message({ ...old, from: undefined }), { ...echo, to_user_id: DANA_ID }] };

    expect(parse(webhook('history', value({ history: [{ threads: [thread] }] })))).toMatchObject([
      { kind: 'client', ids: both, history: true },
      { kind: 'echo', ids: both, history: true },
    ]);
  });

  test('has a place for a file, which comes later and changes it', () => {
    const placeholder = history({ from: NUMBER, id: 'wamid.H3==', timestamp: String(TIME), type: 'media_placeholder' });
    const image = { type: 'image', image: { id: '9', mime_type: 'image/jpeg', caption: 'here' } };
    const fileOfTeam = webhook(
      'history',
      value({ message_echoes: [{ from: NUMBER, to: DANA, id: 'wamid.H3==', timestamp: String(TIME), ...image }] }),
    );

    expect(parse(placeholder)).toMatchObject([
      { kind: 'echo', history: true, content: { type: 'unsupported', kind: 'media_placeholder' } },
    ]);
    expect(parse(fileOfTeam)).toEqual([
      {
        kind: 'edit',
        account: NUMBER_ID,
        ids: ids(DANA),
        providerId: 'wamid.H3==',
        time: at,
        content: { type: 'image', text: 'here', media: { fileId: '9', mimeType: 'image/jpeg' } },
      },
    ]);
    expect(parse(webhook('history', value({ contacts: [CONTACT], messages: [message(image)] })))).toMatchObject([
      { kind: 'edit', ids: both, providerId: 'wamid.M01==' },
    ]);
  });

  test('that its owner does not share is ignored', () => {
    expect(parse(webhook('history', value({ history: [{ errors: [{ code: 2593109 }] }] })))).toEqual([
      { kind: 'ignored', reason: 'history-2593109' },
    ]);
  });
});

describe('a conversation that another program holds', () => {
  const standby = (inner: Record<string, unknown>) => webhook('standby', value({ standby: inner }));
  const sentByAgent = (sent: Record<string, unknown>, more: Record<string, unknown> = {}) =>
    standby({
      message_echoes: [
        {
          id: 'wamid.A1==',
          timestamp: String(TIME),
          message: { messaging_product: 'whatsapp', to: `+${DANA}`, ...sent },
          ...more,
        },
      ],
    });

  test('what the client writes is shown, and waits for nobody', () => {
    expect(parse(standby({ contacts: [CONTACT], messages: [message(text)] }))).toMatchObject([
      { kind: 'client', account: NUMBER_ID, ids: both, standby: true, opens: false, author: { name: 'Dana K.' } },
    ]);
  });

  test.each<[string, Record<string, unknown>, Record<string, unknown>, Record<string, unknown>]>([
    ['a text', { type: 'text', text: { body: 'Shipped' } }, {}, { type: 'text', text: 'Shipped' }],
    [
      'a template with its variables',
      {
        type: 'template',
        template: {
          name: 'sale',
          language: { code: 'en' },
          components: [
            {
              type: 'body',
              parameters: [
                { type: 'text', text: 'Dana' },
                { type: 'text', text: '20 %' },
              ],
            },
          ],
        },
      },
      {
        template: {
          components: [
            { type: 'BODY', text: 'Hi {{1}}, enjoy {{2}} off! {{3}}' },
            { type: 'FOOTER', text: 'Konvert' },
          ],
        },
      },
      { type: 'text', kind: 'template', text: 'Hi Dana, enjoy 20 % off! {{3}}\nKonvert' },
    ],
    [
      'a template with names in it',
      {
        type: 'template',
        template: {
          name: 'sale',
          components: [{ type: 'body', parameters: [{ parameter_name: 'who', text: 'Dana' }] }],
        },
      },
      { template: { components: [{ type: 'BODY', text: 'Hi {{who}}' }] } },
      { type: 'text', kind: 'template', text: 'Hi Dana' },
    ],
    [
      'a template that is not told',
      { type: 'template', template: { name: 'sale' } },
      {},
      { type: 'text', kind: 'template', text: 'sale' },
    ],
    [
      'a message with buttons, quoting',
      {
        type: 'interactive',
        context: { message_id: 'wamid.M01==' },
        interactive: {
          type: 'button',
          header: { type: 'text', text: 'Order 7' },
          body: { text: 'Is it right?' },
          footer: { text: 'Konvert' },
          action: {
            buttons: [{ type: 'reply', reply: { id: 'y', title: 'Yes' } }, { reply: { id: 'n', title: 'No' } }],
          },
        },
      },
      {},
      {
        type: 'text',
        kind: 'interactive',
        text: 'Order 7\nIs it right?\nKonvert\n[Yes]\n[No]',
        quoted: { providerId: 'wamid.M01==' },
      },
    ],
  ])('what the program sends is an echo of a machine: %s', (_, sent, more, content) => {
    expect(parse(sentByAgent(sent, more))).toMatchObject([
      {
        kind: 'echo',
        by: 'automatic',
        standby: true,
        opens: false,
        ids: ids(DANA),
        providerId: 'wamid.A1==',
        time: at,
        content,
      },
    ]);
  });

  test('a template that would become far longer than any is not filled to its end', () => {
    const parameters = Array.from({ length: 2000 }, () => ({ type: 'text', text: 'x'.repeat(1000) }));
    const template = { name: 'sale', components: [{ type: 'body', parameters }] };
    const definition = { components: [{ type: 'BODY', text: '{{1}}'.repeat(200_000) }] };
    let echo: Received | undefined;

    const took = cpuMsOf(() => {
      [echo] = parse(sentByAgent({ type: 'template', template }, { template: definition }));
    });

    expect(echo).toMatchObject({ kind: 'echo', content: { text: expect.stringMatching(/^x{1000}/) } });
    expect(took).toBeLessThan(1_000);
  });

  test('to a person without a number', () => {
    expect(parse(sentByAgent({ to: undefined, recipient: DANA_ID, ...text }))).toMatchObject([{ ids: ids(DANA_ID) }]);
  });

  test('has receipts too', () => {
    expect(
      parse(standby({ statuses: [{ id: 'wamid.A1==', status: 'read', timestamp: String(TIME), recipient_id: DANA }] })),
    ).toMatchObject([{ kind: 'receipt', of: { providerId: 'wamid.A1==' }, status: 'read' }]);
  });

  test('is given back: from then on the client waits for the team', () => {
    const handover = (type: string) =>
      webhook('messaging_handovers', {
        messaging_product: 'whatsapp',
        sender: { phone_number: DANA },
        recipient: { phone_number_id: NUMBER_ID, display_phone_number: NUMBER },
        type,
        timestamp: String(TIME),
        [type]: {
          metadata: 'The client asked for a person',
          conversation_context: { type: 'summary', summary: { text: 'Wants a refund' } },
        },
      });

    expect(parse(handover('control_passed'))).toEqual([
      {
        kind: 'client',
        account: NUMBER_ID,
        ids: ids(DANA),
        providerId: `control_passed.${at}`,
        time: at,
        opens: true,
        author: { id: DANA },
        content: { type: 'system', kind: 'control_passed', text: 'The client asked for a person\nWants a refund' },
      },
    ]);
    expect(parse(handover('control_taken'))).toEqual([{ kind: 'ignored', reason: 'handover-control_taken' }]);
  });
});

describe('statuses', () => {
  test('name the message, the person and what was sent along', () => {
    expect(parse(statuses({ status: 'delivered', biz_opaque_callback_data: 'c1#whatsapp#x' }))).toEqual([
      {
        kind: 'receipt',
        account: NUMBER_ID,
        of: { providerId: 'wamid.OUT17==' },
        ids: both,
        opaque: 'c1#whatsapp#x',
        time: at,
        status: 'delivered',
      },
    ]);
  });

  test('of the name that Konvert has for its own counts for nothing', () => {
    expect(parse(statuses({ status: 'read', id: '~' }))).toEqual([{ kind: 'ignored', reason: 'status-of-nothing' }]);
  });

  test('may name nobody: of a failure Meta tells no contact', () => {
    const failed = {
      id: 'wamid.OUT17==',
      status: 'failed',
      timestamp: String(TIME),
      errors: [{ code: 131026, title: 'Undeliverable' }],
    };

    expect(parse(webhook('messages', value({ statuses: [failed] })))).toMatchObject([
      { ids: [], error: { code: '131026', description: 'Undeliverable', reason: 'BAD_CONTACT' } },
    ]);
  });

  test('tell a code as a text, too', () => {
    expect(parse(statuses({ status: 'failed', errors: [{ code: '131047' }] }))).toMatchObject([
      { error: { code: '131047', reason: '24_HOURS_EXCEEDED' } },
    ]);
  });

  test('a failure without a reason is one of unknown reason', () => {
    expect(parse(statuses({ status: 'failed' }))).toMatchObject([{ error: { code: '', reason: 'UNKNOWN_ERROR' } }]);
  });

  test.each([
    ['of older documentation', { status: 'deleted' }, 'status-deleted'],
    ['of a group', { status: 'read', recipient_type: 'group' }, 'group'],
    ['of a person in a group', { status: 'read', recipient_participant_id: DANA }, 'group'],
    ['of nothing', { status: 'read', id: undefined }, 'status-of-nothing'],
    ['of no time', { status: 'read', timestamp: 'x' }, 'status-of-nothing'],
  ])('%s are ignored', (_, fields, reason) => {
    expect(parse(statuses(fields))).toEqual([{ kind: 'ignored', reason }]);
  });
});

describe('calls', () => {
  const call = (fields: Record<string, unknown>) =>
    webhook(
      'calls',
      value({
        contacts: [CONTACT],
        calls: [
          {
            id: 'wacid.C1==',
            from: DANA,
            from_user_id: DANA_ID,
            to: NUMBER,
            event: 'terminate',
            direction: 'USER_INITIATED',
            status: 'FAILED',
            timestamp: String(TIME),
            ...fields,
          },
        ],
      }),
    );

  test.each([
    ['was not answered', {}],
    ['was hung up before', { status: 'COMPLETED', duration: 0 }],
  ])('a call of the client that %s makes the chat unanswered (U6)', (_, fields) => {
    expect(parse(call(fields))).toEqual([
      {
        kind: 'client',
        account: NUMBER_ID,
        ids: both,
        providerId: 'wacid.C1==',
        time: at,
        opens: true,
        author: { id: DANA, name: 'Dana K.' },
        content: { type: 'missing_call' },
      },
    ]);
  });

  test.each([
    ['a beginning', { status: 'COMPLETED', start_time: String(TIME - 60) }],
    ['a duration', { status: 'COMPLETED', duration: 60 }],
  ])('a call of the client with %s was answered: a line that makes nothing unanswered', (_, fields) => {
    expect(parse(call(fields))).toMatchObject([
      { kind: 'client', ids: both, time: at, opens: false, content: { type: 'system', kind: 'call' } },
    ]);
  });

  test.each([
    ['that begins', { event: 'connect', session: { sdp_type: 'offer', sdp: 'v=0' } }, 'call-connect'],
    ['of the business', { direction: 'BUSINESS_INITIATED' }, 'own-call'],
    ['of nobody', { from: undefined, from_user_id: undefined, id: undefined }, 'call-of-nobody'],
  ])('a call %s is ignored', (_, fields, reason) => {
    expect(parse(call(fields))).toEqual([{ kind: 'ignored', reason }]);
  });

  test('a status of a call is no receipt', () => {
    const status = { id: 'wacid.C1==', type: 'call', status: 'RINGING', timestamp: String(TIME), recipient_id: DANA };

    expect(parse(webhook('calls', value({ statuses: [status] })))).toEqual([
      { kind: 'ignored', reason: 'status-RINGING' },
    ]);
  });
});

describe('the business account', () => {
  const update = (of: Record<string, unknown>, field = 'account_update') => webhook(field, of, { time: TIME });
  const channel = { kind: 'channel', account: WABA_ID, time: at };

  test.each<[string, Record<string, unknown>, Record<string, unknown>]>([
    [
      'is shut out',
      update({ event: 'DISABLED_UPDATE', ban_info: { waba_ban_state: 'DISABLE' } }),
      { ...channel, isBlocked: true },
    ],
    [
      'is let in again',
      update({ event: 'DISABLED_UPDATE', ban_info: { waba_ban_state: 'REINSTATE' } }),
      { ...channel, isBlocked: false },
    ],
    [
      'is told that it will be shut out',
      update({ event: 'DISABLED_UPDATE', ban_info: { waba_ban_state: 'SCHEDULE_FOR_DISABLE' } }),
      { kind: 'ignored', reason: 'account_update-disabled_update' },
    ],
    ['is deleted', update({ event: 'ACCOUNT_DELETED' }), { ...channel, isBlocked: true }],
    ['is cut off from the phone', update({ event: 'ACCOUNT_OFFBOARDED' }), { ...channel, isBlocked: true }],
    ['is connected again', update({ event: 'ACCOUNT_RECONNECTED' }), { ...channel, isBlocked: false }],
    [
      'of a partner is named in the event',
      update({ event: 'PARTNER_REMOVED', waba_info: { waba_id: '99887766' } }),
      { ...channel, account: '99887766', isBlocked: true },
    ],
    [
      'has news of no interest',
      update({ event: 'BUSINESS_PRIMARY_LOCATION_COUNTRY_UPDATE', country: 'KZ' }),
      { kind: 'ignored', reason: 'account_update-business_primary_location_country_update' },
    ],
    [
      'may write to more people',
      update(
        { event: 'ONBOARDING', max_daily_conversations_per_business: 'TIER_2K', current_limit: 'TIER_250' },
        'phone_number_quality_update',
      ),
      { ...channel, tier: 'TIER_2K' },
    ],
    [
      'may write to more people, as servers before 2026 say it',
      update({ event: 'UPGRADE', current_limit: 'TIER_10K' }, 'phone_number_quality_update'),
      { ...channel, tier: 'TIER_10K' },
    ],
    [
      'may write to more people, in a number',
      update({ max_daily_conversations_per_business: 2000 }, 'business_capability_update'),
      { ...channel, tier: 'TIER_2K' },
    ],
    [
      'may write to few people, in a number',
      update({ max_daily_conversation_per_phone: '250' }, 'business_capability_update'),
      { ...channel, tier: 'TIER_250' },
    ],
    [
      'may write to everybody, in a number',
      update({ max_daily_conversation_per_phone: -1 }, 'business_capability_update'),
      { ...channel, tier: 'TIER_UNLIMITED' },
    ],
    [
      'has a new quality only',
      update({ event: 'THROUGHPUT_UPGRADE' }, 'phone_number_quality_update'),
      { kind: 'ignored', reason: 'limit-without-tier' },
    ],
  ])('%s', (_, body, expected) => {
    expect(parse(body)).toEqual([expected]);
  });

  test.each([
    ['approved', 'APPROVED', 1689556908129832, '1689556908129832'],
    ['refused', 'REJECTED', '1689556908129832', '1689556908129832'],
  ])('has a template that was %s', (_, event, message_template_id, templateId) => {
    const of = { event, message_template_id, message_template_name: 'order_ready', message_template_language: 'en' };

    expect(parse(update(of, 'message_template_status_update'))).toEqual([
      { kind: 'template', account: WABA_ID, templateId, name: 'order_ready', status: event, time: at },
    ]);
  });

  test('has a template with more digits than a number keeps', () => {
    const of = { event: 'PAUSED', message_template_id: 0, message_template_name: '"message_template_id":7' };
    const body = JSON.stringify(update(of, 'message_template_status_update')).replace(
      '"message_template_id":0',
      '"message_template_id": 122106531632077777',
    );

    expect(wapi.inbound.parse(JSON.parse(body), { text: body })).toMatchObject([{ templateId: '122106531632077777' }]);
  });

  test('thousands of templates with such ids are found by reading the body once', () => {
    const of = { event: 'PAUSED', message_template_id: 2 ** 60, message_template_name: 'x' };
    const changes = Array.from({ length: 20_000 }, () => ({ field: 'message_template_status_update', value: of }));
    const body = JSON.stringify({ object: 'whatsapp_business_account', entry: [{ id: WABA_ID, time: TIME, changes }] });
    let received: readonly Received[] = [];

    const took = cpuMsOf(() => {
      received = wapi.inbound.parse(JSON.parse(body), { text: body });
    });

    expect(received).toHaveLength(20_000);
    expect(received.at(-1)).toMatchObject({ kind: 'template', templateId: String(2 ** 60) });
    expect(took).toBeLessThan(3_000);
  });

  test('a person wants no more advertisements', () => {
    const preference = {
      wa_id: DANA,
      user_id: DANA_ID,
      detail: 'User requested to stop marketing messages',
      category: 'marketing_messages',
      value: 'stop',
      timestamp: TIME,
    };

    expect(parse(webhook('user_preferences', value({ contacts: [CONTACT], user_preferences: [preference] })))).toEqual([
      {
        kind: 'client',
        account: NUMBER_ID,
        ids: both,
        providerId: `marketing_messages_stop.${at}`,
        time: at,
        opens: false,
        author: { id: DANA, name: 'Dana K.' },
        content: { type: 'system', kind: 'marketing_messages_stop', text: 'User requested to stop marketing messages' },
      },
    ]);
  });
});

describe('what is stored stays small', () => {
  const endless = '€'.repeat(300_000);
  const bytesOf = (body: unknown) => Buffer.byteLength(JSON.stringify(parse(body)));

  test.each([
    ['a text', { type: 'text', text: { body: endless } }],
    [
      'a caption, a name and a kind of file',
      { type: 'document', document: { id: endless, mime_type: endless, filename: endless, caption: endless } },
    ],
    [
      'a place',
      { type: 'location', location: { latitude: 1, longitude: 2, name: endless, address: endless, url: endless } },
    ],
    [
      'cards',
      {
        type: 'contacts',
        contacts: Array(250).fill({ name: { formatted_name: endless.slice(0, 2000) }, vcard: endless.slice(0, 9000) }),
      },
    ],
    [
      'an order',
      {
        type: 'order',
        order: { product_items: Array(3000).fill({ product_retailer_id: endless.slice(0, 500), quantity: 1 }) },
      },
    ],
    [
      'a form',
      {
        type: 'interactive',
        interactive: { type: 'nfm_reply', nfm_reply: { response_json: JSON.stringify({ [endless]: endless }) } },
      },
    ],
    [
      'an advertisement',
      { type: 'text', text: { body: 'a' }, referral: { headline: endless, source_url: endless, source_id: endless } },
    ],
    ['a later kind', { type: 'hologram', hologram: endless }],
    ['a notice', { type: 'system', system: { type: 'news', body: endless } }],
    ['an error', { type: 'unsupported', errors: [{ code: 1, title: endless }] }],
  ])('%s of any length', (_, fields) => {
    expect(bytesOf(said(fields))).toBeLessThan(385_000);
    expect(JSON.stringify(parse(said(fields))).isWellFormed()).toBe(true);
  });

  test('an emoji and what was sent along', () => {
    expect(parse(said({ type: 'reaction', reaction: { message_id: 'wamid.1==', emoji: endless } }))).toMatchObject([
      { emojis: ['€'.repeat(32)] },
    ]);
    expect(parse(statuses({ status: 'read', biz_opaque_callback_data: endless }))[0]).not.toHaveProperty('opaque');
    expect(bytesOf(statuses({ status: 'failed', errors: [{ code: 1, title: endless }] }))).toBeLessThan(3000);
  });
});

test('any damaged webhook is read or unreadable, and nothing else is thrown', () => {
  const bodies = [
    said({ type: 'contacts', contacts: [{ origin: 'contact_request', phones: [{ wa_id: DANA }] }] }),
    said({ type: 'edit', edit: { original_message_id: 'wamid.1==', message: text } }),
    said({
      type: 'system',
      system: { type: 'user_changed_number', wa_id: '1', user_id: 'US.2', body: 'from US.1 to US.2' },
    }),
    said({ type: 'interactive', interactive: { type: 'nfm_reply', nfm_reply: { response_json: '{"a":[1]}' } } }),
    said({ type: 'order', order: { product_items: [{ product_retailer_id: 'x', quantity: 1, item_price: 2 }] } }),
    said({
      type: 'image',
      image: { id: '1' },
      context: { id: 'wamid.1==' },
      referral: { headline: 'x' },
      errors: [{ code: 1 }],
    }),
    history(message(text), { from: NUMBER, id: 'wamid.2==', timestamp: '1', type: 'media_placeholder' }),
    webhook(
      'standby',
      value({
        standby: {
          message_echoes: [
            {
              id: 'wamid.3==',
              timestamp: '1',
              message: {
                to: DANA,
                type: 'template',
                template: { name: 'a', components: [{ type: 'body', parameters: [{ text: 'x' }] }] },
              },
              template: { components: [{ type: 'BODY', text: '{{1}}' }] },
            },
          ],
        },
      }),
    ),
    statuses({ status: 'failed', errors: [{ code: 1, error_data: { details: 'x' } }] }),
    webhook(
      'calls',
      value({
        contacts: [CONTACT],
        calls: [{ id: 'wacid.1', event: 'terminate', direction: 'USER_INITIATED', from: DANA, timestamp: '1' }],
      }),
    ),
    webhook('account_update', { event: 'DISABLED_UPDATE', ban_info: { waba_ban_state: 'DISABLE' } }, { time: TIME }),
    webhook(
      'message_template_status_update',
      { event: 'APPROVED', message_template_id: 1, message_template_name: 'x' },
      { time: TIME },
    ),
    webhook('messaging_handovers', {
      type: 'control_passed',
      sender: { phone_number: DANA },
      timestamp: '1',
      control_passed: { metadata: 'x' },
    }),
    webhook(
      'user_id_update',
      value({ user_id_update: [{ wa_id: DANA, user_id: { previous: 'US.1', current: 'US.2' }, timestamp: '1' }] }),
    ),
    webhook(
      'user_preferences',
      value({ user_preferences: [{ wa_id: DANA, category: 'a', value: 'b', timestamp: '1' }] }),
    ),
  ];
  fc.assert(
    fc.property(damaged(bodies), (body) => {
      try {
        for (const item of readerOf(wapi)(body)) {
          if (item.kind === 'ignored') expect(item.reason).toMatch(/^[\w-]+$/);
          if ('ids' in item && item.kind !== 'receipt') expect(item.ids.length).toBeGreaterThan(0);
          if ('providerId' in item) expect(item.providerId).toMatch(/^[!-~]{1,300}$/);
        }
      } catch (error) {
        expect(error).toBeInstanceOf(UnreadableWebhookError);
      }
    }),
    { numRuns: 5000 },
  );
});

test('a batch of 1,000 messages in 3 MB is read whole, and quickly', () => {
  const all = Array.from({ length: 1000 }, (_, n) =>
    message({
      id: `wamid.${n}==`,
      from: String(12025550000 + n),
      from_user_id: `US.${n}`,
      type: 'text',
      text: { body: 'слово '.repeat(230) },
    }),
  );
  const contacts = all.map(({ from, from_user_id }) => ({
    profile: { name: `Dana ${from}` },
    wa_id: from,
    user_id: from_user_id,
  }));
  const body = messages(contacts.toReversed(), ...all);
  const asText = JSON.stringify(body);
  const times = Array.from({ length: 15 }, () => {
    const before = process.threadCpuUsage();
    const received = wapi.inbound.parse(body, { text: asText });
    const { user, system } = process.threadCpuUsage(before);
    expect(received).toHaveLength(1000);
    expect(received[999]).toMatchObject({ author: { name: 'Dana 12025550999' } });
    return (user + system) / 1000;
  });

  expect(Buffer.byteLength(asText)).toBeGreaterThan(2.5 * 1024 * 1024);
  // Milliseconds of this thread, warm.
  expect(Math.min(...times)).toBeLessThan(50);
});
