import { expect } from 'vitest';
import { IVAN, OLGA, push } from '../entities.ts';
import { anyText, type Row, type Step } from '../row.ts';

const POST = 'POST /v3/iframe';
const GLOBAL = { user: OLGA, scope: 'global' };
const ADDRESS = { chatType: 'telegram', chatId: '501' };
const CARD = { user: OLGA, scope: 'card', filter: [{ ...ADDRESS, name: 'Anna' }] };
const url = expect.stringMatching(/^https:\/\/konvert\.example\/chat\/[^/]+#k=[\w-]{43}$/);
const opened = { status: 200, body: { url } };
const users = push('users', OLGA, IVAN);

/** A refusal has its code in an object, and a description, which Wazzup's has not. */
function refused(code: string, ...fields: string[]) {
  const data = fields.length > 0 ? { data: { fields } } : {};
  return { status: 400, body: { error: { code }, description: anyText, ...data } };
}

/** Asks for a frame, and opens it: the page has this scope, and is that user's. */
function shows(body: object, scope: object, user: object = OLGA): Step {
  return async (playing) => {
    const { body: frame } = await playing.call({ ask: POST, body });
    const link = frame.url.split('#k=')[1];
    const { body: session, status } = await playing.call({ ask: 'POST /v1/page-tokens', body: { link } });
    expect(status).toBe(201);
    const me = await playing.call({ ask: 'GET /v1/me', headers: { authorization: `Bearer ${session.token}` } });
    expect(me.body).toMatchObject({ user, scope: await playing.filled(scope) });
    expect(me.body.scope).toEqual(await playing.filled(scope));
  };
}

/** A frame that is taken, and what it shows then. */
function taken(of: string | readonly string[], says: string, body: object, scope: object): Row {
  return {
    section: '11',
    of,
    says,
    given: [users],
    call: { ask: POST, body },
    expect: opened,
    afterwards: [shows(body, scope)],
  };
}

/** Section 11. */
export const rows: readonly Row[] = [
  taken(['global', 'url', 'user', 'user.id'], 'global shows all chats that the user may see', GLOBAL, {
    kind: 'global',
  }),
  taken('user.name', 'the name of the user may be left out', { ...GLOBAL, user: { id: '17' } }, { kind: 'global' }),
  taken(
    'user.name',
    'a name that differs from the stored one is no other user',
    { ...GLOBAL, user: { id: '17', name: 'Somebody' } },
    { kind: 'global' },
  ),
  taken(['card', 'filter', 'filter.name'], 'card shows the chats of one card', CARD, {
    kind: 'card',
    filter: [{ ...ADDRESS, name: 'Anna' }],
  }),
  taken(
    ['filter.name', 'unknown chat'],
    'an unknown chat of a card has its name, else its chatId',
    {
      ...CARD,
      filter: [
        { chatType: 'whatsapp', chatId: '79001112233' },
        { ...ADDRESS, name: 'Anna' },
      ],
    },
    {
      kind: 'card',
      filter: [
        { chatType: 'whatsapp', chatId: '79001112233' },
        { ...ADDRESS, name: 'Anna' },
      ],
    },
  ),
  taken(
    'filter.phone',
    'an address of a card may be a phone, as older pages have it',
    { ...CARD, filter: [{ chatType: 'telegram', phone: '79001112233' }] },
    { kind: 'card', filter: [{ chatType: 'telegram', chatId: '79001112233' }] },
  ),
  taken(
    'filter.username',
    'an address of a card may have a username, as older pages have it',
    { ...CARD, filter: [{ ...ADDRESS, username: 'anna' }] },
    { kind: 'card', filter: [ADDRESS] },
  ),
  taken(
    'activeChat',
    'the chat to open is named by channel, type and id',
    { ...GLOBAL, activeChat: { channelId: '{bot}', ...ADDRESS } },
    { kind: 'global', activeChat: { channelId: '{bot}', ...ADDRESS } },
  ),
  taken(
    'activeChat',
    'the chat to open may be named without a channel',
    { ...CARD, activeChat: ADDRESS },
    { kind: 'card', filter: [{ ...ADDRESS, name: 'Anna' }], activeChat: ADDRESS },
  ),
  taken(
    'options.clientType',
    'the kind of CRM is free, and changes nothing',
    { ...GLOBAL, options: { clientType: 'our CRM' } },
    { kind: 'global' },
  ),
  taken(
    ['options.useDealsEvents', 'options.useMessageEvents'],
    'the page is told which events the CRM listens to',
    { ...GLOBAL, options: { useDealsEvents: true, useMessageEvents: true } },
    { kind: 'global', useDealsEvents: true, useMessageEvents: true },
  ),
  taken(
    ['options.useDealsEvents', 'options.useMessageEvents'],
    'events that the CRM does not listen to are off',
    { ...GLOBAL, options: { useDealsEvents: false, useMessageEvents: false } },
    { kind: 'global' },
  ),
  {
    section: '11',
    of: ['INVALID_USER', 'user.id'],
    says: 'a user who was not pushed first is refused, with the code in an object',
    call: { ask: POST, body: GLOBAL },
    expect: refused('INVALID_USER'),
  },
  ...(
    [
      ['user', 'no user', { scope: 'global' }, 'user'],
      ['user.id', 'no id of the user', { ...GLOBAL, user: { name: 'Olga' } }, 'user.id'],
      ['global', 'no scope', { user: OLGA }, 'scope'],
      ['card', 'another scope', { ...GLOBAL, scope: 'all' }, 'scope'],
      ['filter', 'a card without a filter', { user: OLGA, scope: 'card' }, 'filter'],
      ['filter', 'an address without a type', { ...CARD, filter: [{ chatId: '501' }] }, 'filter.0.chatType'],
      [
        'activeChat',
        'a chat to open without an id',
        { ...GLOBAL, activeChat: { chatType: 'vk' } },
        'activeChat.chatId',
      ],
      [
        'options.useDealsEvents',
        'a switch in words',
        { ...GLOBAL, options: { useDealsEvents: 'on' } },
        'options.useDealsEvents',
      ],
    ] as const
  ).map(([of, what, body, field]) => ({
    section: '11',
    of,
    says: `${what} is refused, with the code in an object`,
    given: [users],
    call: { ask: POST, body },
    expect: refused('INVALID_REQUEST', field),
  })),
  {
    section: '11',
    of: 'tag',
    says: 'the page may stand in a frame, with microphone and clipboard, of the origins that the account allows',
    given: [
      users,
      { ask: 'PATCH /v1/settings', body: { frameAncestors: ['https://crm.example'] } },
      { ask: POST, body: GLOBAL, keep: 'frame' },
    ],
    call: 'GET /chat/{accountId}',
    expect: {
      status: 200,
      headers: {
        'content-security-policy': expect.stringMatching(/frame-ancestors [^;]*https:\/\/crm\.example/),
        'permissions-policy': 'microphone=(self), clipboard-write=(self)',
      },
    },
  },
];
