import { MESSAGE_ERRORS } from '#api/event-bodies';
import type { KnownBy } from '#channels/inbound';
import { ERRORS } from '#channels/vk/errors';
import { createVk } from '#channels/vk/index';
import { describeMessenger } from '#test/channels/contract';
import { WEBHOOK_SECRET } from '#test/channels/contract-parts';
import { startVk, type VkDouble } from '#test/doubles/vk';
import { event, replied, said } from './events.ts';
import { fileOf, toPerson } from './outgoing.ts';
import { startReceiver } from './receiver.ts';

const TOKEN = 'vk1.a.double-token_0123456789';
const vk = createVk();

/** What VK is told of our secret: it takes 50 characters of the 64. */
const toldTo = (webhookSecret: string) =>
  webhookSecret === WEBHOOK_SECRET ? webhookSecret.slice(0, 50) : webhookSecret;

/** A refusal in VK's shape. */
const no = (error_code: number, error_msg: string) => ({ status: 200, body: { error: { error_code, error_msg } } });

/** The double, with somebody who may be written to and an address that knows the secret. */
async function startDouble() {
  const double = await startVk({ token: TOKEN });
  double.person();
  const known: KnownBy = {
    credentials: { groupId: '210001', accessToken: TOKEN, apiBaseUrl: double.baseUrl },
    webhookSecret: WEBHOOK_SECRET,
  };
  const receiver = await startReceiver(vk, () => known);
  double.servers.push({ id: 1, url: receiver.url, title: 'Konvert', secret_key: 'old', status: 'ok', settings: {} });
  return {
    ...double,
    callbackUrl: receiver.url,
    async stop() {
      await receiver.stop();
      await double.stop();
    },
  };
}

const text = (length: number) => ({ type: 'text', text: 'я'.repeat(length) }) as const;
const keyboard = (label: string, payload: string) =>
  ({ type: 'text', text: 'Choose', buttons: { place: 'inline', rows: [[{ text: label, payload }]] } }) as const;

describeMessenger('vk', {
  create: (setupTimeoutMs) => createVk({ setupTimeoutMs }),
  double: startDouble,
  fixtures: {
    tending: { taken: 'ok' },
    names: {
      method: 'users.get',
      chatId: '30020010',
      told: {
        'a name': {
          status: 200,
          body: { response: [{ id: 30020010, first_name: 'Anna', last_name: 'Belova' }] },
          profile: { name: 'Anna Belova' },
        },
        'somebody else': { status: 200, body: { response: [{ id: 30020011, first_name: 'Boris', last_name: 'K' }] } },
        nobody: { status: 200, body: { response: [] } },
        'no list': { status: 200, body: { response: { first_name: 'Anna' } } },
        'a token that has ended': no(5, `User authorization failed: ${TOKEN}`),
        'too many questions': no(6, 'Too many requests per second'),
        'a fault of VK': { status: 502, body: '<html>' },
      },
    },
    verify: {
      secret: toldTo(WEBHOOK_SECRET),
      headers: () => ({}),
      body: (body, secret) => Buffer.from(JSON.stringify({ ...JSON.parse(body.toString()), secret })),
    },
    greet: {
      asks: (webhookSecret) => ({
        method: 'POST',
        query: {},
        body: Buffer.from(JSON.stringify({ type: 'confirmation', group_id: 210001, secret: toldTo(webhookSecret) })),
      }),
      credentials: { groupId: '210001', accessToken: TOKEN, confirmation: '62dfc19d' },
      text: '62dfc19d',
    },
    webhooks: {
      clientText: {
        body: said(),
        expected: {
          chatId: '30020010',
          providerId: '44',
          time: 1791806401000,
          text: 'Hello',
          authorId: '30020010',
        },
      },
      unknownKind: said({ text: '', attachments: [{ type: 'hologram', hologram: { id: 1 } }] }),
      service: event('message_deny', { user_id: 30020010 }),
      echo: { body: replied(), expected: { chatId: '30020010', providerId: '48', time: 1791806401000 } },
      leftAlone: event('group_join', { user_id: 30020010, join_type: 'join' }),
      foreign: {
        null: null,
        'a string': 'event',
        'an array': [said()],
        'an empty object': {},
        'a Telegram update': { update_id: 1, message: {} },
        'no type': { ...said(), type: undefined },
        'a type that is no text': { ...said(), type: 1 },
        'no community': { ...said(), group_id: undefined },
        'a community as text': { ...said(), group_id: '210001' },
        'a negative community': { ...said(), group_id: -210001 },
      },
    },
    files: {
      sent(double) {
        const bytes = Buffer.from('%PDF-1.7 act');
        (double as VkDouble).files.set('act.pdf', bytes);
        return { fileId: `${double.baseUrl}/redirect/act.pdf`, bytes };
      },
      outcomes: {
        'an address that has ended': { method: 'file', status: 404, body: '', kind: 'gone' },
        'a page that may not be seen': { method: 'file', status: 403, body: '', kind: 'gone' },
        'a 500': { method: 'file', status: 500, body: '', kind: 'later' },
      },
    },
    credentials: {
      input: (baseUrl) => ({ groupId: '210001', accessToken: TOKEN, apiBaseUrl: baseUrl }),
      secrets: [TOKEN, 'double-token'],
      wrong: {
        nothing: { input: undefined, fields: ['credentials.groupId', 'credentials.accessToken'] },
        'no object': { input: TOKEN, fields: ['credentials.groupId', 'credentials.accessToken'] },
        'no token': { input: { groupId: '210001' }, fields: ['credentials.accessToken'] },
        'the name of the community': {
          input: { groupId: 'konvert_co', accessToken: TOKEN },
          fields: ['credentials.groupId'],
        },
        'a negative id': { input: { groupId: '-210001', accessToken: TOKEN }, fields: ['credentials.groupId'] },
        'an id as number': { input: { groupId: 210001, accessToken: TOKEN }, fields: ['credentials.groupId'] },
        'a line break after the token': {
          input: { groupId: '210001', accessToken: `${TOKEN}\n` },
          fields: ['credentials.accessToken'],
        },
        'a sentence as code': {
          input: { groupId: '210001', accessToken: TOKEN, confirmation: 'the code' },
          fields: ['credentials.confirmation'],
        },
        'another protocol': {
          input: { groupId: '210001', accessToken: TOKEN, apiBaseUrl: 'ftp://x' },
          fields: ['credentials.apiBaseUrl'],
        },
        'a password': {
          input: { groupId: '210001', accessToken: TOKEN, apiBaseUrl: 'https://a:b@x' },
          fields: ['credentials.apiBaseUrl'],
        },
      },
    },
    connect: {
      method: 'groups.getById',
      identity: { id: '210001', plainId: 'konvert_co', name: 'Konvert & Co' },
      refused: {
        ...no(5, 'User authorization failed: invalid access_token (4).'),
        words: 'User authorization failed: invalid access_token (4).',
      },
    },
    register: {
      method: 'groups.addCallbackServer',
      unregisterMethod: 'groups.deleteCallbackServer',
      read: (body) => {
        const { url, secret_key } = body as Record<string, string>;
        return { url, secret: secret_key === toldTo(WEBHOOK_SECRET) ? WEBHOOK_SECRET : secret_key };
      },
      typedIn: (webhookSecret) => ({ secretToken: toldTo(webhookSecret) }),
    },
    send: {
      method: 'messages.send',
      message: toPerson('30020010', { type: 'text', text: 'Hi' }),
      read: (body) => {
        const { peer_ids = '', message: said } = body as Record<string, string>;
        return { chatId: peer_ids, text: said };
      },
      accepted: {
        status: 200,
        body: { response: [{ peer_id: 30020010, message_id: 9, conversation_message_id: 7 }] },
      },
      refused: {
        ...no(914, 'Message is too long'),
        code: '914',
        description: 'Message is too long',
      },
      unauthorized: {
        ...no(5, 'User authorization failed: access_token was revoked'),
        code: '5',
        description: 'User authorization failed: access_token was revoked',
      },
      throttled: { ...no(29, 'Rate limit reached'), seconds: 900 },
      table: ERRORS,
      errors: {
        ...Object.fromEntries(
          ERRORS.filter(({ reason }) => (MESSAGE_ERRORS as readonly string[]).includes(reason)).flatMap(
            ({ codes, kind, reason }) => codes.map((code) => [String(code), { ...no(code, 'No'), kind, reason }]),
          ),
        ),
        '901 of the person': {
          status: 200,
          body: {
            response: [{ peer_id: 30020010, message_id: 0, error: { code: 901, description: 'no permission' } }],
          },
          kind: 'refused',
          reason: 'BAD_CONTACT',
        },
        '5 a token that has ended': {
          ...no(5, 'access_token has expired'),
          kind: 'unauthorized',
          reason: 'CHANNEL_REJECTED',
        },
      },
      limits: {
        'a text': { taken: text(4096), refused: text(4097), code: 'MESSAGES_TOO_LONG_VK' },
        'the label of a button': {
          taken: keyboard('я'.repeat(40), 'a'),
          refused: keyboard('я'.repeat(41), 'a'),
          code: 'INVALID_MESSAGE_DATA',
        },
        'the payload of a button': {
          taken: keyboard('ok', 'a'.repeat(255 - '{"t":"ok","p":""}'.length)),
          refused: keyboard('ok', 'a'.repeat(256 - '{"t":"ok","p":""}'.length)),
          code: 'INVALID_MESSAGE_DATA',
        },
        'the size of a file': {
          taken: { type: 'file', file: { ...fileOf(), size: 50 * 1024 * 1024 } },
          refused: { type: 'file', file: { ...fileOf(), size: 50 * 1024 * 1024 + 1 } },
          code: 'MESSAGES_CONTENT_SIZE_EXCEEDED',
        },
        'a file with nothing in it': {
          taken: { type: 'file', file: { ...fileOf(), size: 1 } },
          refused: { type: 'file', file: { ...fileOf(), size: 0 } },
          code: 'MESSAGES_CONTENT_CAN_NOT_BE_BLANK',
        },
      },
    },
  },
});
