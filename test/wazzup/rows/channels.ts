import { anyUuid, type Row } from '../row.ts';
import { telegramAnswers } from '../steps.ts';

const list = 'GET /v3/channels';
const aBot: NonNullable<Row['given']>[number] = ({ telegram }) => telegram();
const aNumber: NonNullable<Row['given']>[number] = ({ whatsApp }) => whatsApp();
const BOT = { channelId: anyUuid, transport: 'telegram', plainId: 'konvert_bot', state: 'active', name: 'Bot' };

/** https://core.telegram.org/bots/api#businessconnection */
const CONNECTION = {
  id: 'b1',
  user: { id: 62000111, is_bot: false, first_name: 'Olga' },
  user_chat_id: 62000111,
  date: 1_790_000_000,
  is_enabled: false,
};
const BAN = { waba_ban_state: 'DISABLE', waba_ban_date: 'November 29, 2026' };

/** Section 2. */
export const rows: readonly Row[] = [
  { section: '2', says: 'the answer is an array, empty at first', call: list, expect: { status: 200, body: [] } },
  {
    section: '2',
    of: ['channelId', 'transport', 'plainId', 'state', 'name', 'telegram', 'active'],
    says: 'a Telegram bot has an id, a transport, its user name, a state and a name',
    given: [aBot],
    call: list,
    expect: { status: 200, body: [BOT] },
  },
  {
    section: '2',
    of: ['plainId', 'wapi'],
    says: 'a number of the WhatsApp Business API is wapi, and its plainId the number in digits',
    given: [aNumber],
    call: list,
    expect: {
      status: 200,
      body: [{ channelId: '{number}', transport: 'wapi', plainId: '{phone}', state: 'active', name: 'Number' }],
    },
  },
  {
    section: '2',
    says: 'parameters of paging change nothing',
    given: [aBot],
    call: `${list}?limit=0&offset=1`,
    expect: { status: 200, body: [BOT] },
  },
  {
    section: '2',
    of: 'disabled',
    says: 'a channel that was switched off is disabled, and stays in the list',
    given: [{ ask: 'PATCH /v1/channels/{bot}', body: { enabled: false } }],
    call: list,
    expect: { status: 200, body: [{ ...BOT, state: 'disabled' }] },
  },
  {
    section: '2',
    of: 'unauthorized',
    says: 'a channel of which the messenger refuses the credentials is unauthorized',
    given: [
      telegramAnswers('sendMessage', 401, 'Unauthorized'),
      { ask: 'POST /v3/message', body: { channelId: '{bot}', chatType: 'telegram', chatId: '501', text: 'hello' } },
      ({ shop }) => shop.pump.idle(),
    ],
    call: list,
    expect: { status: 200, body: [{ ...BOT, state: 'unauthorized' }] },
  },
  {
    section: '2',
    of: 'blocked',
    says: 'a number that Meta has blocked is blocked',
    given: [({ metaReports }) => metaReports('account_update', { event: 'DISABLED_UPDATE', ban_info: BAN })],
    call: list,
    expect: {
      status: 200,
      body: [{ channelId: '{number}', transport: 'wapi', plainId: '{phone}', state: 'blocked', name: 'Number' }],
    },
  },
  {
    section: '2',
    of: 'phoneUnavailable',
    says: 'a bot that may not reply for the owner of its connection has no link with the phone',
    given: [({ telegramReports }) => telegramReports({ business_connection: CONNECTION })],
    call: list,
    expect: {
      status: 200,
      body: [
        {
          ...BOT,
          state: 'phoneUnavailable',
          connections: [{ connectionId: 'b1', ownerId: '62000111', state: 'revoked' }],
        },
      ],
    },
  },
  {
    section: '2',
    says: 'a deleted channel is not in the list',
    given: ['DELETE /v1/channels/{bot}'].map((ask) => ({ ask })),
    call: list,
    expect: { status: 200, body: [] },
  },
];
