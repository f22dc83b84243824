import { readdirSync, readFileSync } from 'node:fs';
import type { BotApiDouble } from '#test/channels/telegram/bot-api-double';
import { said, update } from '#test/channels/telegram/updates';
import { until } from '#test/e2e/call-api';
import { businessConnection, businessText, clientText } from '#test/e2e/telegram-update';
import { connectPlayed } from '#test/upgrade/make/played-bot';
import type { Previous } from '#test/upgrade/make/previous';

/** An account of the fixture: its API key, and the channel that the test uses. */
export interface Company {
  readonly apiKey: string;
  readonly channelId: string;
}

const FIXTURES = new URL('../../fixtures/telegram/', import.meta.url);
/** The oldest time in the recorded updates (epoch seconds). */
const RECORDED_AT = 1_791_800_000;

/** Plays the demo steps of the README several times, and what can go wrong with a channel. */
export async function playDemo(konvert: Previous, file: string, double: BotApiDouble, now: number): Promise<Company> {
  await demo('write', 'Do you deliver on Sundays?');
  await demo('reply', 'We do, from ten to six.');
  await demo('write', 'And on holidays?');
  await demo('no-reply');
  await demo('write', '--client', 'bob', 'It is Bob.');
  await demo('write', '--client', 'bob', 'Is the red one in stock?');
  await demo('reply', '--client', 'bob', '--as', 'ivan', 'Yes, three of them.');
  await demo('write', '--client', 'bob', 'Then I take two.');
  await demo('write', '--client', 'carol', 'It is Carol.');
  await demo('new-clients');
  await demo('new-clients');
  await demo('write', '--client', 'dan', 'Here too.');
  await demo('reply', '--client', 'dan', 'Hello, Dan!');
  await demo('write', '--client', 'eva', 'Nobody answers me');
  const notHers = await konvert.demo('reply', '--client', 'bob', '--as', 'maria', 'Not mine.');
  if (notHers !== 1) throw new Error('Maria wrote to a client of Ivan');

  const { apiKey: key, channelId } = JSON.parse(readFileSync(file, 'utf8'));
  const ask = (method: string, path: string, body?: unknown) => konvert.ask(key, method, path, body);
  // The messenger does not know this client, so the reply is refused.
  const unknown = { channelId, chatType: 'telegram', chatId: '9999' };
  await ask('POST', '/v3/message', { ...unknown, text: 'Are you there?' });
  const refusal = await failedOf(konvert, key, 1);
  await ask('POST', `/v1/deliveries/${refusal.deliveryId}/retry`);
  await failedOf(konvert, key, 1, 2);

  const off = await connectPlayed(konvert, key, 'Switched off', double, 6_200_000_001);
  await off.write(konvert.url, 11, 'Before it was switched off', now);
  await ask('PATCH', `/v1/channels/${off.channelId}`, { enabled: false });
  const refused = await connectPlayed(konvert, key, 'Refused', double, 6_200_000_002);
  await refused.write(konvert.url, 12, 'Hello?', now);
  double.answerNext('sendMessage', { status: 401, body: { ok: false, error_code: 401, description: 'Unauthorized' } });
  await ask('POST', '/v3/message', { ...unknown, channelId: refused.channelId, chatId: '12', text: 'Yes?' });
  await failedOf(konvert, key, 2);
  const gone = await connectPlayed(konvert, key, 'Deleted', double, 6_200_000_003);
  await ask('DELETE', `/v1/channels/${gone.channelId}`);
  return { apiKey: key, channelId };

  async function demo(...words: string[]): Promise<void> {
    if ((await konvert.demo(...words)) !== 0) throw new Error(`demo ${words.join(' ')} failed`);
  }
}

/** Plays a company with a bot that is fetched: every kind of update, and everything that a team can do. */
export async function playShop(konvert: Previous, double: BotApiDouble, now: number): Promise<Company> {
  const operatorKey = await konvert.operatorKey();
  const { apiKey: key } = await konvert.ask(operatorKey, 'POST', '/v1/accounts', { name: 'Shop' });
  const ask = (method: string, path: string, body?: unknown, userId?: string) =>
    konvert.ask(key, method, path, body, userId);
  const botToken = '6100000001:made-up-token-of-a-bot';
  const wanted = { transport: 'telegram', name: 'A bot', credentials: { botToken } };
  const { channelId } = await ask('POST', '/v1/channels', wanted);
  await ask('PATCH', `/v1/channels/${channelId}`, { name: 'The shop’s bot' });
  const { keyId } = await ask('POST', '/v1/account/keys');
  await ask('DELETE', `/v1/account/keys/${keyId}`);
  await pushTeam(ask, channelId);

  const pathOf = (chat: number) => `/v1/chats/${channelId}/telegram/${chat}`;
  const message = (chat: number, fields: object) => {
    return { channelId, chatType: 'telegram', chatId: String(chat), ...fields };
  };
  const historyOf = (chat: number) => ask('GET', `${pathOf(chat)}/messages`);
  double.push(...everyUpdate(now - 8 * 3_600));
  const chats = [7001, 7002, 7003, 7005, 7006, 7007, 7007, 7007];
  double.push(
    ...chats.map((chat, id) => clientText({ chat, id: 1 + id, text: `Question ${1 + id}`, date: now - 900 + id })),
  );
  double.push({ ...businessConnection('bcX2', { id: 910_000_000, enabled: true }) });
  double.push({ ...businessText('bcX2', { chat: 7004, id: 21, text: 'To the owner' }), update_id: 910_000_001 });
  await until('all is fetched', async () => double.waiting.length === 0 || undefined);
  await until('all is folded', async () => (await ask('GET', '/v1/chats')).chats.length === 8 || undefined);

  const [asked] = (await historyOf(7001)).messages;
  const reply = { text: 'Answered', crmUserId: 'anna', crmMessageId: 'crm-1', refMessageId: asked.messageId };
  await ask('POST', '/v3/message', message(7001, reply));
  const { seenUpTo } = await historyOf(7002);
  const done = { noReplyNeeded: true, seenUpTo, reason: 'Said thanks' };
  await ask('PUT', `${pathOf(7002)}/no-reply-needed`, done, 'vera');
  for (const noReplyNeeded of [true, false]) {
    const shown = await historyOf(7003);
    await ask('PUT', `${pathOf(7003)}/no-reply-needed`, { noReplyNeeded, seenUpTo: shown.seenUpTo });
  }
  await ask('POST', '/v3/message', message(7004, { text: 'From the owner', clearUnanswered: false }));
  await ask('PUT', `${pathOf(7005)}/responsible`, { userId: 'anna' });
  const blocked = { ok: false, error_code: 403, description: 'Forbidden: bot was blocked by the user' };
  await settled(konvert, key);
  double.answerNext('sendMessage', { status: 403, body: blocked });
  await ask('POST', '/v3/message', message(7006, { text: 'Nobody reads this', crmUserId: 'vera' }), 'vera');
  await failedOf(konvert, key, 1);
  double.push({ ...businessConnection('bcX2', { id: 910_000_002, enabled: false }) });
  await until('the end is fetched', async () => double.waiting.length === 0 || undefined);
  return { apiKey: key, channelId };
}

async function pushTeam(ask: (method: string, path: string, body?: unknown) => Promise<unknown>, channelId: string) {
  const names = { boris: 'Boris', vera: 'Vera', pavel: 'Pavel', gone: 'Gone' };
  const others = Object.entries(names).map(([id, name]) => ({ id, name }));
  await ask('POST', '/v3/users', [{ id: 'anna', name: 'Anna', phone: '79990000000' }, ...others]);
  const stages = [
    { id: '10', name: 'New' },
    { id: '20', name: 'Won' },
  ];
  await ask('POST', '/v3/pipelines', [
    { id: '1', name: 'Sales', stages },
    { id: '2', name: 'Service' },
  ]);
  await ask('PUT', `/v1/settings/channels/${channelId}`, {
    newClients: { mode: 'unsorted', pipelineId: '1', stageId: '10' },
    userRoles: [
      { userId: 'anna', role: 'seller', allowGetNewClients: true },
      { userId: 'boris', role: 'seller', allowGetNewClients: false },
      { userId: 'vera', role: 'manager', allowGetNewClients: false },
      { userId: 'pavel', role: 'auditor', allowGetNewClients: false },
      { userId: 'gone', role: 'seller', allowGetNewClients: true },
    ],
  });
  await ask('DELETE', '/v3/users/gone');
  await ask('PATCH', '/v1/settings', { notifyHeadsAboutAllMessages: false, saveMessagesToTimeline: true });
  const telegram = { chatType: 'telegram', chatId: '51000444', username: 'timur_x' };
  const whatsapp = { chatType: 'whatsapp', chatId: '79991112233' };
  await ask('POST', '/v3/contacts', [
    {
      id: '501',
      responsibleUserId: 'boris',
      name: 'Timur of the CRM',
      contactData: [telegram, whatsapp],
      uri: 'https://crm.example.com/501',
    },
    {
      id: '502',
      responsibleUserId: 'anna',
      name: 'By phone',
      contactData: [{ chatType: 'telegram', phone: '79994445566' }],
    },
    {
      id: '503',
      responsibleUserId: 'gone',
      name: 'Forgotten',
      contactData: [{ chatType: 'telegram', chatId: '7001' }],
    },
  ]);
  await ask('POST', '/v3/deals', [
    {
      id: '601',
      responsibleUserId: 'anna',
      name: 'Open',
      contacts: ['501'],
      closed: false,
      uri: 'https://crm.example.com/601',
    },
    { id: '602', responsibleUserId: 'vera', name: 'Closed', contacts: ['501', '502'], closed: true },
  ]);
}

/** Parts of a message that are in no recorded update, or were edited away. */
const FURTHER = [
  { text: '/start autumn' },
  { text: 'As I said', forward_origin: { type: 'hidden_user', date: RECORDED_AT, sender_user_name: 'Olga' } },
  { contact: { phone_number: '12025550199', first_name: 'Olga', user_id: 5, vcard: 'BEGIN:VCARD' } },
  { text: 'This one', reply_to_message: update('voice').message },
];

/** Every recorded update and those of FURTHER, moved to that time (epoch seconds). */
function everyUpdate(at: number): { update_id: number }[] {
  const names = readdirSync(FIXTURES).map((name) => name.replace('.json', ''));
  const further = FURTHER.map((fields, index) => ({
    ...said({ ...fields, message_id: 800 + index }),
    update_id: 810_005_000 + index,
  }));
  const moved = (name: string, value: unknown) =>
    /^(edit_)?date$/.test(name) ? Number(value) - RECORDED_AT + at : value;
  const updates = [...names.map(update), ...further].map((one) => JSON.parse(JSON.stringify(one), moved));
  return updates.sort((a, b) => a.update_id - b.update_id);
}

/** The newest failed delivery, once `count` have failed and it has had that many attempts. */
async function failedOf(konvert: Previous, key: string, count: number, attempts = 1) {
  return until(`${count} failed`, async () => {
    const { deliveries } = await konvert.ask(key, 'GET', '/v1/deliveries?state=failed');
    return deliveries.length === count && deliveries[0].attempts >= attempts ? deliveries[0] : undefined;
  });
}

/** Resolves when no delivery is pending. */
async function settled(konvert: Previous, key: string): Promise<void> {
  const isSettled = async () => (await konvert.ask(key, 'GET', '/v1/deliveries?state=pending')).deliveries.length === 0;
  await until('nothing waits', async () => (await isSettled()) || undefined);
}
