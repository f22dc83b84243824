import { message, type Row, refusedMessage } from '../row.ts';
import { hasLeft, telegramAnswers } from '../steps.ts';

const POST = 'POST /v3/message';
const SENT = [{ ask: POST, body: message(), keep: 'sent' }, hasLeft] as const;
const EDIT = { ask: 'PATCH /v3/message/{sent.messageId}', body: { text: 'good day' } };
const file = (path: string) => ({ ask: POST, body: message({ text: undefined, contentUri: `{files}/${path}` }) });

/** A code of 16.1 that no other section has a row for. */
function code(
  says: string,
  error: string,
  call: Row['call'],
  data?: unknown,
  { given = [], status = 400 }: { given?: Row['given']; status?: number } = {},
): Row {
  return { section: '16.1', of: error, says, given, call, expect: refusedMessage(error, data, undefined, status) };
}

/** Section 16.1. */
export const rows: readonly Row[] = [
  code('no text', 'MESSAGE_NOTHING_TO_SEND', { ask: POST, body: message({ text: null }) }, { fields: ['text'] }),
  code(
    'an empty text',
    'MESSAGES_TEXT_CAN_NOT_BE_BLANK',
    { ask: POST, body: message({ text: '' }) },
    { fields: ['text'] },
  ),
  code(
    'a text of spaces',
    'MESSAGES_TEXT_CAN_NOT_BE_BLANK',
    { ask: POST, body: message({ text: ' \n\t' }) },
    { fields: ['text'] },
  ),
  code('an empty file', 'MESSAGES_CONTENT_CAN_NOT_BE_BLANK', file('empty.png'), { fields: ['contentUri'] }),
  code('a page in the place of a file', 'MESSAGE_WRONG_CONTENT_TYPE', file('page.html'), { fields: ['contentUri'] }),
  code('a file that is not there', 'MESSAGE_DOWNLOAD_CONTENT_ERROR', file('nothing.png'), { fields: ['contentUri'] }),
  code('a server that fails', 'MESSAGE_DOWNLOAD_CONTENT_ERROR', file('broken.png'), { fields: ['contentUri'] }),
  code(
    'nobody listens',
    'MESSAGE_DOWNLOAD_CONTENT_ERROR',
    { ask: POST, body: message({ text: undefined, contentUri: 'http://127.0.0.1:1/a.png' }) },
    { fields: ['contentUri'] },
  ),
  code(
    'an unknown channel',
    'CHANNEL_NOT_FOUND',
    { ask: POST, body: message({ channelId: '{nobody}' }) },
    { channelId: '{nobody}' },
  ),
  code(
    'the channel of another account',
    'CHANNEL_NOT_FOUND',
    { ask: POST, body: message(), headers: { authorization: 'Bearer {otherKey}' } },
    { channelId: '{bot}' },
  ),
  code(
    'a deleted channel',
    'CHANNEL_NOT_FOUND',
    { ask: POST, body: message() },
    { channelId: '{bot}' },
    {
      given: [{ ask: 'DELETE /v1/channels/{bot}' }],
    },
  ),
  code(
    'a channel that is switched off',
    'CHANNEL_BLOCKED',
    { ask: POST, body: message() },
    { channelId: '{bot}' },
    {
      given: [{ ask: 'PATCH /v1/channels/{bot}', body: { enabled: false } }],
    },
  ),
  code(
    'a channel of which the messenger refuses the credentials',
    'MESSAGE_CHANNEL_UNAVAILABLE',
    { ask: POST, body: message() },
    { channelId: '{bot}' },
    { given: [telegramAnswers('sendMessage', 401, 'Unauthorized'), ...SENT] },
  ),
  code(
    'a message that is gone at the messenger',
    'MESSAGES_NOT_FOUND',
    EDIT,
    { code: '400' },
    {
      given: [...SENT, telegramAnswers('editMessageText', 400, 'Bad Request: message to edit not found')],
    },
  ),
  code('a message that has not left', 'MESSAGES_NOT_FOUND', EDIT, undefined, {
    given: [telegramAnswers('sendMessage', 403, 'Forbidden: bot was blocked by the user'), ...SENT],
  }),
  code(
    'a client who has blocked the bot',
    'BAD_CONTACT',
    EDIT,
    { code: '403' },
    {
      given: [...SENT, telegramAnswers('editMessageText', 403, 'Forbidden: bot was blocked by the user')],
    },
  ),
  code(
    'what the messenger refuses in words that nobody knows',
    'UNKNOWN_ERROR',
    EDIT,
    { code: '400' },
    {
      given: [...SENT, telegramAnswers('editMessageText', 400, 'Bad Request: the stars are wrong')],
    },
  ),
  code(
    'a user who may not write there',
    'CHAT_NO_ACCESS',
    { ask: POST, body: message({ crmUserId: '17' }) },
    undefined,
    {
      given: [
        { ask: 'POST /v3/users', body: [{ id: '17', name: 'Olga' }] },
        {
          ask: 'PUT /v1/settings/channels/{bot}',
          body: { newClients: { mode: 'unsorted' }, userRoles: [{ userId: '17', role: 'auditor' }] },
        },
      ],
      status: 403,
    },
  ),
  code(
    'a crmUserId that is not the acting user',
    'INVALID_MESSAGE_DATA',
    { ask: POST, body: message({ crmUserId: '18' }), headers: { 'konvert-user': '17' } },
    { fields: ['crmUserId'] },
    { given: [{ ask: 'POST /v3/users', body: [{ id: '17', name: 'Olga' }] }] },
  ),
];
