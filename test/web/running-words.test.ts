import { signal } from '@preact/signals';
import { beforeEach, describe, expect, test } from 'vitest';
import { ACTS } from '#domain/audit';
import { DELIVERY_KINDS } from '#domain/delivery-kind';
import { sentenceOf } from '../../web/parts/settings/running/assignment-words.ts';
import { actWords } from '../../web/parts/settings/running/audit-words.ts';
import { endWords } from '../../web/parts/settings/running/call-words.ts';
import { whatLeaves, whoGets, whyNot } from '../../web/parts/settings/running/delivery-words.ts';
import { laneWords } from '../../web/parts/settings/running/health-words.ts';
import { keyHint } from '../../web/parts/settings/running/key-hint.ts';
import { type NamedIn, type Names, namesOf } from '../../web/parts/settings/running/names.ts';
import type { AssignmentRecord, AuditEntry, Delivery } from '../../web/settings-models/running.ts';
import { en } from '../../web/words/settings/en.ts';
import { ru } from '../../web/words/settings/ru.ts';
import { type Language, speak, speakMore } from '../../web/words/words.ts';

const SALES = 'a'.repeat(8);
const SHOP = 'connected since';
const GONE = '046e469b-037f-4189-81ba-22651c01d6ae';
const KEY = '975aa8c5-bbb0-4ceb-aa5e-3ae1d81f2d7a';
const KEYS = new Map([['1', 'CRM']]);

function ready<T>(value: T) {
  return { state: signal({ kind: 'ready', value }), reload: async () => {} };
}

const names: Names = namesOf({
  me: {
    user: null,
    accountId: '1',
    scope: { kind: 'settings' },
    channels: [
      { channelId: SALES, name: 'Sales', transport: 'telegram', chatTypes: ['telegram'], state: 'active', role: null },
    ],
    users: [
      { id: 'maria', name: 'Maria' },
      { id: 'ivan', name: 'Ivan' },
      { id: 'olga', name: 'Olga' },
    ],
  },
  channels: { list: ready([{ channelId: SHOP, name: 'Shop' }]) },
  people: { users: ready([{ id: 'olga', name: 'Olga Petrova' }]) },
} as unknown as NamedIn);

async function inBoth(say: () => string | undefined): Promise<(string | undefined)[]> {
  const said = [];
  for (const language of ['en', 'ru'] as const) {
    await speakSettings(language);
    said.push(say());
  }
  return said;
}

async function speakSettings(language: Language): Promise<void> {
  await speak(language);
  await speakMore('settings', async (spoken) => (spoken === 'ru' ? ru : en));
}

describe('an assignment is a sentence:', () => {
  const record: AssignmentRecord = {
    assignmentId: '1',
    at: '2026-11-30T09:00:00.000Z',
    channelId: SALES,
    chatType: 'whatsapp',
    chatId: '4915123456789',
    contactId: null,
    name: 'Anna',
    userId: 'maria',
    rule: 'round-robin',
    place: 17,
    passedOver: [],
  };
  const ivan = { userId: 'ivan', reason: 'SWITCHED_OFF' };
  const olga = { userId: 'olga', reason: 'MAY_NOT_WRITE' };

  test.each<[string, Partial<AssignmentRecord>, string, string]>([
    [
      'by turns',
      {},
      'Anna → Maria: place 17 in the rotation of Sales',
      'Anna → Maria: 17-е место в очереди, канал «Sales»',
    ],
    [
      'by turns, one passed over',
      { passedOver: [ivan] },
      'Anna → Maria: place 17 in the rotation of Sales; passed over: Ivan, receives no new clients',
      'Anna → Maria: 17-е место в очереди, канал «Sales»; пропущен сотрудник: Ivan — не получает новых клиентов',
    ],
    [
      'by turns, several passed over',
      { passedOver: [ivan, olga] },
      'Anna → Maria: place 17 in the rotation of Sales; passed over: Ivan, receives no new clients; Olga Petrova, may only read',
      'Anna → Maria: 17-е место в очереди, канал «Sales»; пропущены сотрудники: Ivan — не получает новых клиентов; Olga Petrova — может только читать',
    ],
    [
      'by turns, of a time without places',
      { place: null },
      'Anna → Maria: in turn in Sales',
      'Anna → Maria: по очереди, канал «Sales»',
    ],
    [
      'after waiting',
      { rule: 'waiting', place: 3 },
      'Anna → Maria: had waited for somebody on duty, place 3 in the rotation of Sales',
      'Anna → Maria: клиент ждал свободного сотрудника, 3-е место в очереди, канал «Sales»',
    ],
    [
      'after waiting, without a place',
      { rule: 'waiting', place: null },
      'Anna → Maria: had waited for somebody on duty in Sales',
      'Anna → Maria: клиент ждал свободного сотрудника, канал «Sales»',
    ],
    [
      'by the first reply',
      { rule: 'first-reply', place: null },
      'Anna → Maria: replied first in Sales',
      'Anna → Maria: первый ответ, канал «Sales»',
    ],
    [
      'by hand',
      { rule: 'handed-over', place: null },
      'Anna → Maria: handed over in Sales',
      'Anna → Maria: передача клиента, канал «Sales»',
    ],
    [
      'from the inbox of the CRM',
      { rule: 'unsorted', place: null },
      'Anna → Maria: taken from the unsorted requests of the CRM, Sales',
      'Anna → Maria: из «Неразобранного» в CRM, канал «Sales»',
    ],
    [
      'of people and channels that are gone',
      { userId: '77', channelId: GONE },
      'Anna → person 77: place 17 in the rotation of channel 046e469b…',
      'Anna → сотрудник 77: 17-е место в очереди, канал «046e469b…»',
    ],
    [
      'for a reason that is new',
      { passedOver: [{ userId: 'ivan', reason: 'ON_LEAVE' }] },
      'Anna → Maria: place 17 in the rotation of Sales; passed over: Ivan, ON_LEAVE',
      'Anna → Maria: 17-е место в очереди, канал «Sales»; пропущен сотрудник: Ivan — ON_LEAVE',
    ],
  ])('%s', async (_, given, english, russian) => {
    expect(await inBoth(() => sentenceOf({ ...record, ...given }, names))).toEqual([english, russian]);
  });
});

test('a client without a name is their number', async () => {
  await speakSettings('en');

  expect(names.clientOf(undefined, 'whatsapp', '4915123456789')).toBe('+4915123456789');
  expect(names.clientOf('4915123456789', 'whatsapp', '4915123456789')).toBe('+4915123456789');
  expect(names.clientOf(undefined, 'whatsapp', 'DE.1349')).toBe('DE.1349');
  expect(names.clientOf(undefined, 'telegram', '4711')).toBe('4711');
});

test('what was connected or renamed since the page was opened has its name', () => {
  expect([SALES, SHOP].map(names.channelOf)).toEqual(['Sales', 'Shop']);
  expect(['maria', 'olga'].map(names.userOf)).toEqual(['Maria', 'Olga Petrova']);
});

describe('an act is a sentence:', () => {
  test.each<[Partial<AuditEntry>, string, string]>([
    [
      { act: 'key-revoked', actor: '1', subject: KEY },
      'The key “975aa8c5…” was revoked by the key “CRM”',
      'Отозван ключ «975aa8c5…». Кто: ключ «CRM»',
    ],
    [
      { act: 'key-made', actor: 'operator', subject: '1' },
      'The key “CRM” was made by the operator',
      'Создан ключ «CRM». Кто: оператор',
    ],
    [
      { act: 'channel-connected', actor: 'user:maria', subject: SALES },
      '“Sales” was connected by Maria',
      'Подключён канал «Sales». Кто: Maria',
    ],
    [
      { act: 'channel-deleted', actor: KEY, subject: GONE },
      '“channel 046e469b…” was deleted by the key “975aa8c5…”',
      'Удалён канал «046e469b…». Кто: ключ «975aa8c5…»',
    ],
    [
      { act: 'channel-settings-changed', actor: '1', subject: SALES },
      'Who gets what in “Sales” was changed by the key “CRM”',
      'Изменены роли и распределение в канале «Sales». Кто: ключ «CRM»',
    ],
    [
      { act: 'quick-replies-changed', actor: 'user:gone', subject: 'e649' },
      'The quick replies were changed by person gone',
      'Изменены быстрые ответы. Кто: сотрудник gone',
    ],
    [
      { act: 'user-status-changed', actor: 'konvert', subject: 'ivan' },
      'The status of Ivan was changed by Konvert itself',
      'Изменён статус: Ivan. Кто: сам Konvert',
    ],
  ])('%o', async (entry, english, russian) => {
    expect(await inBoth(() => actWords(entry as AuditEntry, names, KEYS))).toEqual([english, russian]);
  });

  test.each(ACTS)('%s has words that name who did it', async (act) => {
    const said = await inBoth(() => actWords({ at: '', act, actor: 'operator', subject: '1' }, names, KEYS));

    expect(said).toEqual([expect.stringMatching(/ by the operator$/), expect.stringMatching(/ Кто: оператор$/)]);
  });
});

const REPLY = { kind: 'reply', target: `${SALES}#telegram#4711`, name: 'Anna' } as const;

describe('a delivery says', () => {
  test('to whom it goes, and by what', async () => {
    expect(await inBoth(() => whatLeaves(REPLY, names))).toEqual([
      'Reply to Anna via Sales (Telegram)',
      'Ответ клиенту Anna: канал «Sales» (Telegram)',
    ]);
    expect(await inBoth(() => whatLeaves({ kind: 'status', target: 'webhook', name: 'Anna' }, names))).toEqual([
      'To the CRM: what became of a message · Anna',
      'В CRM: статус сообщения · Anna',
    ]);
    expect(await inBoth(() => whoGets({ target: REPLY.target }, names))).toEqual(['4711', '4711']);
    expect(await inBoth(() => whoGets({ target: 'webhook' }, names))).toEqual(['your CRM', 'CRM']);
  });

  test('whose it is, if the id of the client holds the sign between the parts', async () => {
    await speakSettings('en');

    expect(whoGets({ target: `${SALES}#telegram#a#b` }, names)).toBe('a#b');
  });

  test.each(DELIVERY_KINDS.filter((kind) => kind !== 'reply'))('what it tells the CRM: %s', async (kind) => {
    expect(await inBoth(() => whatLeaves({ kind, target: 'crm' }, names))).toEqual([
      expect.stringMatching(kind === 'news' ? /^From the CRM: / : /^To the CRM: /),
      expect.stringMatching(kind === 'news' ? /^Из CRM: / : /^В CRM: /),
    ]);
  });

  const error = (code: string, description = 'words of theirs'): NonNullable<Delivery['lastError']> => ({
    code,
    description,
  });
  const VK = `${SALES}#vk#2000`;
  test.each<[string, string, ReturnType<typeof error>, string, string | undefined]>([
    ['nothing is registered', 'webhook', error('NO_RECEIVER'), 'No address is saved for events.', undefined],
    [
      'nobody listens',
      'webhook',
      error('UNREACHABLE', 'The receiver did not answer: ECONNREFUSED'),
      'The server refused the connection: does the program run there?',
      undefined,
    ],
    ['the receiver is ill', 'webhook', error('503'), '503: the receiver has a fault', undefined],
    ['the receiver refuses', 'webhook', error('422'), '422: the receiver refused it', undefined],
    ['the window is closed', REPLY.target, error('24_HOURS_EXCEEDED'), en['why-not.window'], undefined],
    [
      'Telegram knows nobody',
      REPLY.target,
      error('400', 'Bad Request: chat not found'),
      en['why-not.stranger'],
      'Bad Request: chat not found',
    ],
    ['the client has blocked it', REPLY.target, error('403'), en['why-not.client-blocks'], 'words of theirs'],
    [
      'the messenger is silent',
      REPLY.target,
      error('UNREACHABLE', 'ETIMEDOUT'),
      'The messenger did not answer.',
      'ETIMEDOUT',
    ],
    ['a CRM has it twice', 'crm', error('TWIN'), en['why-not.twin'], undefined],
    ['a CRM lost a user', 'crm', error('CRM_USER_GONE'), en['why-not.crm-user-gone'], 'words of theirs'],
    ['a CRM refuses', 'crm', error('CRM_INVALID'), en['why-not.crm-refused'], 'words of theirs'],
    ['a code of another messenger', VK, error('403'), 'The messenger refused it (code 403).', 'words of theirs'],
    [
      'a word of the compatible API',
      VK,
      { ...error('914'), reason: 'TOO_LONG_TEXT' },
      'The text is too long.',
      'words of theirs',
    ],
    ['something else', REPLY.target, error('131999'), 'The messenger refused it (code 131999).', 'words of theirs'],
  ])('why not: %s', async (_, target, lastError, words, said) => {
    await speakSettings('en');

    expect(whyNot({ target, lastError })).toEqual({ words, ...(said !== undefined && { said }) });
  });

  test('nothing about a failure before the first one', () => {
    expect(whyNot({ target: 'webhook', lastError: null } satisfies Pick<Delivery, 'target' | 'lastError'>)).toBe(
      undefined,
    );
  });
});

test('what waits in a lane is counted in the grammar of the language', async () => {
  const lane = { ...REPLY, since: '', waiting: 0 };
  const said = async (target: string, waiting: number) => inBoth(() => laneWords({ ...lane, target, waiting }, names));

  expect(await said('webhook', 1)).toEqual(['1 event for the CRM', '1 событие для CRM']);
  expect(await said('webhook', 3)).toEqual(['3 events for the CRM', '3 события для CRM']);
  expect(await said('webhook', 11)).toEqual(['11 events for the CRM', '11 событий для CRM']);
  expect(await said(REPLY.target, 1)).toEqual(['1 reply to Anna in Sales', '1 ответ клиенту Anna, канал «Sales»']);
  expect(await said(REPLY.target, 22)).toEqual([
    '22 replies to Anna in Sales',
    '22 ответа клиенту Anna, канал «Sales»',
  ]);
});

describe('the end of a call', () => {
  beforeEach(() => speakSettings('ru'));

  test.each([
    [{ status: 200 }, '200: принято'],
    [{ status: 302 }, '302: ведёт на другой адрес, Konvert туда не переходит'],
    [{ status: 401 }, '401: получатель не пускает Konvert. Верен ли ключ?'],
    [{ status: 404 }, '404: по этому адресу никто не слушает'],
    [{ status: 418 }, '418: получатель отказал'],
    [{ status: 502 }, '502: ошибка на стороне получателя'],
    [{ reason: 'TIMEOUT' }, 'Ответа не дождались'],
    [{ reason: 'ENOTFOUND' }, 'Сервера с таким именем нет'],
    [{ reason: 'DEPTH_ZERO_SELF_SIGNED_CERT' }, 'Сертификату сервера нельзя доверять'],
    [{ reason: 'EWHATEVER' }, 'Нет ответа (EWHATEVER)'],
  ])('%o is “%s”', (end, words) => {
    expect(endWords(end)).toBe(words);
  });
});

describe('the key of the CRM', () => {
  const before = 'https://crm.example/hook';
  test.each([
    ['stays with the same server', { key: '', isRemoved: false, before, uri: 'https://crm.example/other' }, 'kept'],
    [
      'is not told to another server',
      { key: '', isRemoved: false, before, uri: 'https://crm2.example/hook' },
      'dropped',
    ],
    [
      'is not told to another port',
      { key: '', isRemoved: false, before, uri: 'https://crm.example:8443/hook' },
      'dropped',
    ],
    ['is replaced by what is typed', { key: 'k', isRemoved: false, before, uri: 'https://crm2.example/' }, 'new'],
    ['is removed', { key: '', isRemoved: true, before, uri: before }, 'removed'],
    ['is not there yet', { key: '', isRemoved: false, before: null, uri: before }, 'none'],
    ['is the first', { key: 'k', isRemoved: false, before: null, uri: before }, 'first'],
  ])('%s', (_, given, hint) => {
    expect(keyHint(given)).toBe(`webhook.key-${hint}`);
  });
});
