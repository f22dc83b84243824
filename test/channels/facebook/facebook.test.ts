import { createFacebook } from '#channels/facebook/index';
import { PAGE_FIELDS } from '#channels/meta/fields';
import { describeMessenger } from '#test/channels/contract';
import { textTo } from '#test/channels/messages';
import { APP_ID, APP_SECRET, CLIENT, no, sharedFixtures, startMeta, TOKEN } from '#test/channels/meta/pages';

const PAGE_ID = '660011223300';
const facebook = createFacebook();
const good = { pageId: PAGE_ID, accessToken: TOKEN, appSecret: APP_SECRET };
const { secrets, refusedConnect, register, send, files, names, ...shared } = sharedFixtures('page', PAGE_ID);
const wrong = ['credentials.pageId', 'credentials.accessToken', 'credentials.appSecret'];

describeMessenger('facebook', {
  create: (setupTimeoutMs) => createFacebook({ setupTimeoutMs }),
  double: () => startMeta(facebook, { object: 'page' }),
  fixtures: {
    ...shared,
    files,
    names: {
      ...names,
      told: {
        ...names.told,
        'a name in parts': {
          status: 200,
          body: { first_name: 'Mia', last_name: 'Nowak' },
          profile: { name: 'Mia Nowak' },
        },
      },
    },
    credentials: {
      input: (baseUrl) => ({ ...good, appId: APP_ID, apiBaseUrl: baseUrl }),
      secrets,
      wrong: {
        nothing: { input: undefined, fields: wrong },
        'no object': { input: TOKEN, fields: wrong },
        'nothing in it': { input: {}, fields: wrong },
        'a name as page': { input: { ...good, pageId: 'konvert' }, fields: ['credentials.pageId'] },
        'a path in the id': { input: { ...good, pageId: `${PAGE_ID}/messages` }, fields: ['credentials.pageId'] },
        'a number as id': { input: { ...good, pageId: 660011223300 }, fields: ['credentials.pageId'] },
        'an empty secret': { input: { ...good, appSecret: '' }, fields: ['credentials.appSecret'] },
        'a password': { input: { ...good, apiBaseUrl: 'https://a:b@x' }, fields: ['credentials.apiBaseUrl'] },
        several: {
          input: { ...good, accessToken: '', apiBaseUrl: '' },
          fields: ['credentials.accessToken', 'credentials.apiBaseUrl'],
        },
      },
    },
    connect: {
      method: 'GET page',
      identity: { id: PAGE_ID, plainId: PAGE_ID, name: 'Konvert' },
      refused: refusedConnect,
    },
    register: {
      ...register,
      typedIn: (webhookSecret) => ({ verifyToken: webhookSecret, webhookFields: PAGE_FIELDS }),
    },
    send: {
      ...send,
      message: textTo(CLIENT, 'Hi', {}, 'facebook'),
      refused: {
        ...no(100, 'No matching user found', 400, { error_subcode: 2018001 }),
        code: '100/2018001',
        description: 'No matching user found',
      },
      limits: {
        'a text': {
          taken: { type: 'text', text: 'я'.repeat(2000) },
          refused: { type: 'text', text: 'я'.repeat(2001) },
          code: 'MESSAGE_TEXT_TOO_LONG',
        },
      },
    },
  },
});
