import { createInstagram } from '#channels/instagram/index';
import { INSTAGRAM_FIELDS } from '#channels/meta/fields';
import { describeMessenger } from '#test/channels/contract';
import { textTo } from '#test/channels/messages';
import { APP_ID, APP_SECRET, CLIENT, no, sharedFixtures, startMeta, TOKEN } from '#test/channels/meta/pages';

const IG_ID = '17840000000000777';
const instagram = createInstagram();
const good = { igId: IG_ID, accessToken: TOKEN, appSecret: APP_SECRET };
const { secrets, refusedConnect, register, send, files, names, ...shared } = sharedFixtures('instagram', IG_ID);
const wrong = ['credentials.igId', 'credentials.accessToken', 'credentials.appSecret'];

describeMessenger('instagram', {
  create: (setupTimeoutMs) => createInstagram({ setupTimeoutMs }),
  double: () => startMeta(instagram, { object: 'instagram' }),
  fixtures: {
    ...shared,
    files,
    names: {
      ...names,
      told: { ...names.told, 'a username': { status: 200, body: { username: 'mia' }, profile: { username: 'mia' } } },
    },
    credentials: {
      input: (baseUrl) => ({ ...good, appId: APP_ID, apiBaseUrl: baseUrl }),
      secrets,
      wrong: {
        nothing: { input: undefined, fields: wrong },
        'no object': { input: TOKEN, fields: wrong },
        'no account': { input: { accessToken: TOKEN, appSecret: APP_SECRET }, fields: ['credentials.igId'] },
        'an account and a page': { input: { ...good, pageId: '660011223300' }, fields: ['credentials.igId'] },
        'a name as id': { input: { ...good, igId: 'konvert' }, fields: ['credentials.igId'] },
        'a path in the id': { input: { ...good, igId: `${IG_ID}/messages` }, fields: ['credentials.igId'] },
        'a line break after the token': {
          input: { ...good, accessToken: `${TOKEN}\n` },
          fields: ['credentials.accessToken'],
        },
        'an empty secret': { input: { ...good, appSecret: '' }, fields: ['credentials.appSecret'] },
        'a name of the app': { input: { ...good, appId: 'konvert' }, fields: ['credentials.appId'] },
        'a word in the place of a switch': { input: { ...good, humanAgent: 'x' }, fields: ['credentials.humanAgent'] },
        'another protocol': { input: { ...good, apiBaseUrl: 'ftp://x' }, fields: ['credentials.apiBaseUrl'] },
      },
    },
    connect: {
      method: 'GET me',
      identity: { id: IG_ID, plainId: 'konvert', name: 'Konvert' },
      refused: refusedConnect,
    },
    register: {
      ...register,
      typedIn: (webhookSecret) => ({ verifyToken: webhookSecret, webhookFields: INSTAGRAM_FIELDS }),
    },
    send: {
      ...send,
      message: textTo(CLIENT, 'Hi', {}, 'instagram'),
      refused: {
        ...no(100, 'The requested user cannot be found', 400, { error_subcode: 2534014 }),
        code: '100/2534014',
        description: 'The requested user cannot be found',
      },
      limits: {
        'a text in bytes': {
          taken: { type: 'text', text: 'я'.repeat(500) },
          refused: { type: 'text', text: `${'я'.repeat(500)}.` },
          code: 'MESSAGES_TOO_LONG_INSTAGRAM',
        },
      },
    },
  },
});
