import type { Page } from 'playwright-core';
import { afterAll, describe, expect, test } from 'vitest';
import { startBotApi } from '#test/channels/telegram/bot-api-double';
import { startGraph } from '#test/doubles/graph';
import type { Answer } from '#test/doubles/http';
import { createVirtualClock } from '#test/doubles/virtual-clock';
import { freePort } from '#test/e2e/call-api';
import { BOT_TOKEN } from '#test/e2e/telegram-update';
import { axe } from './axe.ts';
import { useBrowser } from './browser.ts';
import { useKonvert } from './konvert.ts';

// Every refusal that connecting a messenger can meet, as an administrator reads it. What a messenger says, its double
// says; what Konvert says, a real Konvert says, except where a row names the answer.

const bot = await startBotApi();
const graph = await startGraph({ clock: createVirtualClock(Date.now()), requiresProof: true });
/** Nothing listens there. */
const nowhere = `http://127.0.0.1:${await freePort()}`;
afterAll(() => Promise.all([bot.stop(), graph.stop()]));

const konvert = useKonvert({ KONVERT_TELEGRAM_API: bot.baseUrl });
const chromium = useBrowser();
const LANGUAGES = ['en', 'ru'] as const;
type Language = (typeof LANGUAGES)[number];
type Words = Readonly<Record<Language, RegExp>>;

const LABELS = {
  en: { next: 'Next', back: 'Back', check: 'Check and connect', rare: 'Seldom needed', name: 'Name' },
  ru: {
    next: 'Далее',
    back: 'Назад',
    check: 'Проверить и подключить',
    rare: 'Нужно редко',
    name: 'Название',
  },
} as const;

/** The fields of each messenger by the steps on which they stand. */
const STEPS = {
  telegram: { bot: {}, token: { botToken: { en: 'Token of the bot', ru: 'Токен бота' } } },
  wapi: {
    app: {},
    number: { phoneNumberId: both('Phone number ID'), wabaId: both(/^WhatsApp Business Account ID/) },
    secret: { appSecret: both('App secret') },
    token: { accessToken: both('Access token') },
  },
} as const;
const API_ADDRESS = { en: /^Address of the API/, ru: /^Адрес API/ };

function both<T>(label: T) {
  return { en: label, ru: label };
}

type Field = 'botToken' | 'phoneNumberId' | 'wabaId' | 'appSecret' | 'accessToken' | 'apiBaseUrl';

interface Row {
  readonly what: string;
  readonly transport: keyof typeof STEPS;
  /** What is typed in instead of what is right. */
  readonly typed?: Partial<Record<Field, string>>;
  /** Lets the messenger refuse what comes next. */
  readonly prepare?: () => void;
  /** What Konvert answers, where no double can bring it about. */
  readonly answer?: { readonly status: number; readonly body: unknown };
  /** The field that the words stand at. Without it they stand above the buttons. */
  readonly at?: Field;
  /** What the messenger said, word for word. */
  readonly said?: string;
  readonly words: Words;
}

/** Whether the page sees by itself that it cannot be right, on the very step. */
const isSeenAtOnce = ({ at, prepare, answer, said }: Row) => at && !prepare && !answer && !said;

const no = (status: number, description: string): Answer => ({
  status,
  body: { ok: false, error_code: status, description },
});

const ROWS: readonly Row[] = [
  {
    what: 'a token that Telegram does not know',
    transport: 'telegram',
    prepare: () => bot.answerNext('getMe', no(401, 'Unauthorized')),
    at: 'botToken',
    said: 'Unauthorized',
    words: { en: /^Telegram does not know this token/, ru: /^Telegram не знает такого токена/ },
  },
  {
    what: 'a bot that is gone',
    transport: 'telegram',
    prepare: () => bot.answerNext('getMe', no(404, 'Not Found')),
    at: 'botToken',
    said: 'Not Found',
    words: { en: /^Telegram does not know this token/, ru: /^Telegram не знает такого токена/ },
  },
  {
    what: 'text that is no token',
    transport: 'telegram',
    typed: { botToken: 'my_shop_bot' },
    at: 'botToken',
    words: { en: /^This is no token/, ru: /^Это не токен/ },
  },
  {
    what: 'nothing',
    transport: 'telegram',
    typed: { botToken: ' ' },
    at: 'botToken',
    words: { en: /^This is needed/, ru: /^Без этого не получится/ },
  },
  {
    what: 'an address that Telegram does not take',
    transport: 'telegram',
    typed: { apiBaseUrl: bot.baseUrl },
    prepare: () =>
      bot.answerNext('setWebhook', no(400, 'Bad Request: bad webhook: An HTTPS URL must be provided for webhook')),
    said: 'Bad Request: bad webhook: An HTTPS URL must be provided for webhook',
    words: {
      en: /^The token is right, but Telegram did not take Konvert’s address/,
      ru: /^Токен верный, но Telegram не принял адрес/,
    },
  },
  {
    what: 'Telegram that asks to wait',
    transport: 'telegram',
    prepare: () =>
      bot.answerNext('getMe', {
        status: 429,
        body: {
          ok: false,
          error_code: 429,
          description: 'Too Many Requests: retry after 5',
          parameters: { retry_after: 5 },
        },
      }),
    words: { en: /^Telegram does not answer at the moment/, ru: /^Telegram сейчас не отвечает/ },
  },
  {
    what: 'a server at which nothing answers',
    transport: 'telegram',
    typed: { apiBaseUrl: nowhere },
    words: { en: /^Telegram does not answer at the moment/, ru: /^Telegram сейчас не отвечает/ },
  },
  {
    what: 'a server without an address',
    transport: 'telegram',
    typed: { apiBaseUrl: 'the-other-one' },
    at: 'apiBaseUrl',
    words: { en: /^This is no address/, ru: /^Это не адрес/ },
  },
  {
    what: 'an address that the installation may not call',
    transport: 'telegram',
    answer: refusal(400, 'CREDENTIALS_REFUSED', 'credentials.apiBaseUrl leads into a private network', {
      fields: ['credentials.apiBaseUrl'],
    }),
    at: 'apiBaseUrl',
    words: { en: /^Konvert cannot use this address/, ru: /^Этот адрес не подходит/ },
  },
  {
    what: 'a bot of which another program gets the messages',
    transport: 'telegram',
    prepare: () => {
      bot.webhookUrl = 'https://crm.example.com/secret-path';
    },
    words: {
      en: /^Another program gets the messages of this account: crm\.example\.com/,
      ru: /получает другая программа: crm\.example\.com/,
    },
  },
  {
    what: 'a number that Meta does not know',
    transport: 'wapi',
    typed: { phoneNumberId: '999999999999999' },
    at: 'phoneNumberId',
    said: 'Object with ID',
    words: { en: /^Meta knows no such number/, ru: /^Meta не знает такого номера/ },
  },
  {
    what: 'an account that Meta does not know',
    transport: 'wapi',
    prepare: () =>
      graph.answerNext('POST subscribed_apps', {
        status: 400,
        body: {
          error: {
            message: '(#100) Unsupported post request',
            type: 'GraphMethodException',
            code: 100,
            error_subcode: 33,
          },
        },
      }),
    at: 'wabaId',
    said: '(#100) Unsupported post request',
    words: { en: /^Meta knows no such account/, ru: /^Meta не знает такого аккаунта/ },
  },
  {
    what: 'a token that Meta does not take',
    transport: 'wapi',
    typed: { accessToken: 'EAAanother-token' },
    at: 'accessToken',
    said: 'Invalid OAuth access token',
    words: { en: /^Meta does not take this token/, ru: /^Meta не принимает этот токен/ },
  },
  {
    what: 'the secret of another app',
    transport: 'wapi',
    typed: { appSecret: 'another-app-secret' },
    at: 'appSecret',
    said: 'Invalid appsecret_proof provided in the API argument',
    words: { en: /^This is the secret of another app/, ru: /^Это секрет другого приложения/ },
  },
  {
    what: 'an id that is a phone number',
    transport: 'wapi',
    typed: { phoneNumberId: '+1 202 555 0142' },
    at: 'phoneNumberId',
    words: { en: /^An id has digits only/, ru: /^Идентификатор состоит только из цифр/ },
  },
  {
    what: 'text that is no secret',
    transport: 'wapi',
    typed: { appSecret: 'short' },
    at: 'appSecret',
    words: { en: /^This is no app secret/, ru: /^Это не секрет приложения/ },
  },
  {
    what: 'text that is no access token',
    transport: 'wapi',
    typed: { accessToken: 'E A A' },
    at: 'accessToken',
    words: { en: /^This is no access token/, ru: /^Это не токен доступа/ },
  },
  {
    what: 'Konvert that Meta cannot reach',
    transport: 'wapi',
    prepare: () =>
      graph.answerNext('POST phone', {
        status: 400,
        body: { error: { message: '(#2200) Callback verification failed', type: 'OAuthException', code: 2200 } },
      }),
    said: 'Callback verification failed',
    words: {
      en: /^The credentials are right, but Meta could not reach Konvert/,
      ru: /^Ключи верные, но Meta не смогла обратиться/,
    },
  },
  {
    what: 'a refusal for a reason of Meta’s own',
    transport: 'wapi',
    prepare: () =>
      graph.answerNext('GET phone', {
        status: 400,
        body: { error: { message: '(#131031) Business Account locked', type: 'OAuthException', code: 131031 } },
      }),
    said: 'Business Account locked',
    words: { en: /^WhatsApp did not take the credentials/, ru: /^WhatsApp не принимает эти ключи/ },
  },
  {
    what: 'Meta that is down',
    transport: 'wapi',
    prepare: () => graph.answerNext('GET phone', { status: 503, body: 'Service Unavailable' }),
    words: { en: /^WhatsApp does not answer at the moment/, ru: /^WhatsApp сейчас не отвечает/ },
  },
  {
    what: 'a number that is connected five times',
    transport: 'wapi',
    answer: refusal(409, 'TOO_MANY_CHANNELS', 'There are 5 channels of it already: delete one'),
    words: { en: /^This account is connected five times already/, ru: /^Этот аккаунт подключён уже пять раз/ },
  },
  {
    what: 'a Konvert that does not answer in time',
    transport: 'telegram',
    answer: refusal(504, 'TIMEOUT', 'Endpoint request timed out'),
    words: { en: /^Konvert did not answer in time/, ru: /^Konvert не ответил вовремя/ },
  },
];

function refusal(status: number, error: string, description: string, data?: unknown) {
  return { status, body: { error, description, ...(data !== undefined && { data }) } };
}

const RIGHT: Readonly<Record<string, string>> = {
  botToken: BOT_TOKEN,
  phoneNumberId: graph.numbers[0]!.id,
  wabaId: graph.numbers[0]!.wabaId,
  appSecret: graph.appSecret,
  accessToken: graph.token,
};

async function openAt(path: string, language: Language): Promise<Page> {
  const page = await chromium.open(await konvert.settingsLink(), { locale: `${language}-GB` });
  await page.locator('main').waitFor();
  await page.goto(`${page.url().split('#')[0]}#/settings/${path}`);
  return page;
}

const fieldOf = (page: Page, { transport }: Pick<Row, 'transport'>, field: Field, language: Language) => {
  if (field === 'apiBaseUrl') return page.getByLabel(API_ADDRESS[language]);
  const all = Object.assign({}, ...Object.values(STEPS[transport])) as Record<string, ReturnType<typeof both<string>>>;
  return page.getByLabel(all[field]![language], { exact: true });
};

/** Goes through the steps as far as they let it, with what the row types in. */
async function goThrough(page: Page, row: Row, language: Language): Promise<void> {
  const { next, check, rare } = LABELS[language];
  const typed = { ...RIGHT, ...(row.transport === 'wapi' && { apiBaseUrl: graph.baseUrl }), ...row.typed };
  for (const [step, fields] of Object.entries(STEPS[row.transport])) {
    await page.waitForURL(new RegExp(`/new/${row.transport}/${step}$`));
    for (const field of Object.keys(fields) as Field[]) {
      await fieldOf(page, row, field, language).fill(typed[field]!);
    }
    if (step === 'token' && typed.apiBaseUrl !== undefined) {
      await page.getByText(rare).click();
      await fieldOf(page, row, 'apiBaseUrl', language).fill(typed.apiBaseUrl);
    }
    await page.getByRole('button', { name: next }).click();
    if (isSeenAtOnce(row) && (row.at! in fields || (step === 'token' && row.at === 'apiBaseUrl'))) return;
  }
  await page.getByRole('button', { name: check }).click();
}

/** In the second language one row of each way that a refusal is told: the words themselves are in one table. */
const TOLD_IN: Readonly<Record<Language, readonly Row[]>> = {
  en: ROWS,
  ru: [...new Map(ROWS.map((row) => [wayOf(row), row])).values()],
};

function wayOf({ transport, prepare, answer, said, at }: Row): string {
  const by = answer ? 'Konvert' : prepare || said ? 'the messenger' : 'the page';
  return `${transport} ${by} ${at ? 'at the field' : 'above the buttons'}`;
}

describe.each(LANGUAGES)('in %s, connecting meets', (language) => {
  test.each(TOLD_IN[language])('$what: $transport', async (row) => {
    const page = await openAt(`channels/new/${row.transport}/${Object.keys(STEPS[row.transport])[0]}`, language);
    if (row.answer) {
      await page.route(/\/v1\/channels$/, (route) =>
        route.fulfill({ status: row.answer!.status, json: row.answer!.body }),
      );
    }
    row.prepare?.();

    await goThrough(page, row, language);

    const alert = page.getByRole('alert').filter({ hasText: row.words[language] });
    await alert.waitFor();
    if (row.said !== undefined) expect(await alert.textContent()).toContain(row.said);
    if (row.at) {
      const field = fieldOf(page, row, row.at, language);
      await expect.poll(() => field.getAttribute('aria-invalid')).toBe('true');
      const note = await field.getAttribute('aria-describedby');
      expect(await page.locator(`[id="${note}"]`).textContent()).toMatch(row.words[language]);
      await expect.poll(() => field.evaluate((element) => element === document.activeElement)).toBe(true);
    } else expect(await page.locator('[aria-invalid=true]').count()).toBe(0);
    expect(await axe(page)).toEqual([]);
    // What was typed in is still there.
    for (const [step, fields] of Object.entries(STEPS[row.transport])) {
      if (!page.url().endsWith(`/${step}`)) continue;
      for (const field of Object.keys(fields) as Field[]) {
        expect(await fieldOf(page, row, field, language).inputValue()).toBe(row.typed?.[field] ?? RIGHT[field]);
      }
    }
    const { body: channels } = await konvert.api('GET', '/v3/channels');
    // Nothing was connected beside what the demo company has.
    expect(channels.filter(({ name }: { name: string }) => !name.startsWith('Demo '))).toEqual([]);
    bot.webhookUrl = '';
  });
});

describe.each(LANGUAGES)('in %s, a channel that is there', (language) => {
  const words = {
    en: {
      check: 'Check and save',
      other: /^These credentials are of another account/,
      underWay: /^Somebody else is changing this channel right now/,
      gone: /^There is no such channel any more/,
      elsewhere: /^Another program gets the messages of this account: crm\.example\.com/,
      takeOver: /^Take over: the other program/,
      done: 'Telegram has taken the new credentials.',
      again: /^This account is connected here already/,
    },
    ru: {
      check: 'Проверить и сохранить',
      other: /^Это ключи другого аккаунта/,
      underWay: /^Этот канал сейчас меняет кто-то ещё/,
      gone: /^Этого канала больше нет/,
      elsewhere: /^Сообщения этого аккаунта получает другая программа: crm\.example\.com/,
      takeOver: /^Переключить сюда: другая программа/,
      done: 'Новые ключи подошли: Telegram их принял.',
      again: /^Этот аккаунт уже подключён здесь/,
    },
  }[language];

  test('says why it does not take credentials, and takes over when it is told to', async () => {
    const body = { transport: 'telegram', name: 'Own bot', credentials: { botToken: BOT_TOKEN } };
    const { channelId } = (await konvert.api('POST', '/v1/channels', { body })).body;
    const page = await openAt(`channels/${channelId}/credentials`, language);
    const give = async () => {
      await fieldOf(page, { transport: 'telegram' }, 'botToken', language).fill(BOT_TOKEN);
      await page.getByRole('button', { name: words.check }).click();
    };
    const alerts = (text: RegExp) => page.getByRole('alert').filter({ hasText: text }).waitFor();

    bot.answerNext('getMe', {
      status: 200,
      body: { ok: true, result: { id: 7000000002, is_bot: true, first_name: 'B' } },
    });
    await give();
    await alerts(words.other);
    const underWay = refusal(409, 'CHANGE_UNDER_WAY', 'Another request is registering the webhook');
    await page.route(/\/v1\/channels\/[\w-]+$/, (route) => route.fulfill({ status: 409, json: underWay.body }), {
      times: 1,
    });
    await give();
    await alerts(words.underWay);
    bot.webhookUrl = 'https://crm.example.com/secret-path';
    await give();
    await alerts(words.elsewhere);
    expect(await axe(page)).toEqual([]);
    await page.getByRole('button', { name: words.takeOver }).click();
    await page.getByRole('status').getByText(words.done).waitFor();
    expect(bot.webhookUrl).toBe('');

    await page.goto(`${page.url().split('#')[0]}#/settings/channels/new/telegram/bot`);
    await goThrough(page, { what: '', transport: 'telegram', words: { en: words.again, ru: words.again } }, language);
    await alerts(words.again);

    const isListed = page.waitForResponse(/\/v3\/channels$/);
    await page.goto(`${page.url().split('#')[0]}#/settings/channels/${channelId}/credentials`);
    await isListed;
    await konvert.api('DELETE', `/v1/channels/${channelId}`);
    await give();
    await alerts(words.gone);
  });
});
