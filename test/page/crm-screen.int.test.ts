import type { Page } from 'playwright-core';
import { afterAll, expect, test } from 'vitest';
import { CRM_PROBLEMS } from '#domain/crm';
import { createAmoDouble } from '#test/crms/doubles/amocrm/index';
import { createVirtualClock } from '#test/doubles/virtual-clock';
import { axe } from './axe.ts';
import { useBrowser } from './browser.ts';
import { useKonvert } from './konvert.ts';

// The screen of the CRM. What the API says of the connection is answered here as it is described, because most states take
// a CRM hours to bring about; crm.int.test.ts has the real one.

const amocrm = createAmoDouble(createVirtualClock());
await amocrm.listen();
afterAll(() => amocrm.stop());
const konvert = useKonvert({ KONVERT_AMOCRM_API: amocrm.baseUrl });
const chromium = useBrowser();

const AT = '2026-11-30T09:00:00.000Z';
const CONNECTION = {
  connectionId: 'c-1',
  crm: 'amocrm',
  state: 'active',
  portal: { name: 'Oak & Sons', host: 'oak.amocrm.ru' },
  connectedAs: 'Olga Brandt',
  since: AT,
  waiting: 0,
  clientsWaiting: 0,
  failed: 0,
  atLeast: undefined as true | undefined,
  noAccess: undefined as unknown,
  held: undefined as unknown,
  refreshing: false,
  lastNewsAt: AT,
  lastProofAt: null,
  problems: [] as unknown[],
  todo: [] as unknown[],
  hooksUrl: 'https://konvert.example/webhooks/crm/amocrm/c-1/secret',
  frameUrl: 'https://konvert.example/webhooks/frame/amocrm/c-1',
};

/** What the API answers from now on. Without a connection there is none. */
interface Played {
  connection?: Partial<typeof CONNECTION>;
  /** What is sent, and what comes of it. */
  readonly sent: { readonly method: string; readonly path: string; readonly body: unknown }[];
  answer?: { readonly status: number; readonly json: unknown };
}

const LOOKS = {
  en: { locale: 'en-GB', viewport: { width: 1280, height: 900 } },
  ru: { locale: 'ru-RU', viewport: { width: 375, height: 740 }, hasTouch: true },
} as const;

async function openCrm(language: keyof typeof LOOKS, played: Played): Promise<Page> {
  const page = await (await chromium.newContext(LOOKS[language])).newPage();
  await page.route(/\/v1\/crm(?:\/refresh)?$/, async (route) => {
    const request = route.request();
    const { pathname: path } = new URL(request.url());
    if (request.method() === 'GET') {
      const { connection } = played;
      return connection
        ? route.fulfill({ json: { ...CONNECTION, ...connection } })
        : route.fulfill({ status: 404, json: { error: 'CRM_NOT_CONNECTED', description: 'No CRM is connected' } });
    }
    played.sent.push({ method: request.method(), path, body: request.postDataJSON() });
    return route.fulfill(played.answer ?? { json: {} });
  });
  await page.goto(await konvert.settingsLink());
  await page.locator('main').waitFor();
  await goTo(page, 'crm');
  return page;
}

const goTo = (page: Page, place: string) => page.evaluate((hash) => location.assign(hash), `#/settings/${place}`);
const titled = (page: Page, name: string | RegExp) => page.getByRole('heading', { level: 2, name });
const says = (page: Page, words: RegExp | string) => page.getByText(words).first().waitFor();

/** Opens the screen once more, which asks anew. */
async function again(page: Page): Promise<void> {
  await goTo(page, 'crm');
  await page.reload();
}

const STATES = [
  { state: 'active', en: [/^Works$/], ru: [/^Работает$/] },
  { state: 'degraded', en: [/^Works, but needs you$/], ru: [/^Работает, но требует внимания$/] },
  {
    state: 'unauthorized',
    en: [/^Needs new credentials$/, /none of it is lost/, /^Since 30 November .*: “Token has been revoked”$/],
    ru: [/^Нужны новые/, /не потеряется/, /«Token has been revoked»$/],
  },
  { state: 'blocked', en: [/^Takes no calls for now$/], ru: [/^Пока не принимает запросы$/] },
  {
    state: 'disabled',
    en: [/^Switched off$/, /Nothing is sent to amoCRM/],
    ru: [/^Выключено$/, /ничего не передаётся/],
  },
] as const;

test.each(['en', 'ru'] as const)(
  'each state and each problem is told in words, with what ends it, in %s',
  async (language) => {
    const played: Played = { connection: {}, sent: [] };
    const page = await openCrm(language, played);
    for (const { state, ...words } of STATES) {
      const noAccess = state === 'unauthorized' ? { since: AT, because: 'Token has been revoked' } : undefined;
      played.connection = { state, noAccess };
      await again(page);
      for (const one of words[language]) await says(page, one);
    }
    expect(await axe(page)).toEqual([]);

    const { channelId } = konvert.account;
    const problems = CRM_PROBLEMS.map((code) => ({ code, since: AT, text: code, about: channelId }));
    played.connection = {
      state: 'degraded',
      waiting: 4,
      clientsWaiting: 3,
      failed: 2,
      atLeast: true,
      held: { until: AT, code: 'CRM_BUSY', description: 'Too many requests' },
      problems,
      todo: [{ code: 'NEW', values: { url: 'x' } }],
    };
    await again(page);
    const rows = page.locator('.crm-problem');
    await expect.poll(() => rows.count()).toBe(CRM_PROBLEMS.length);
    expect(await rows.filter({ has: page.locator('a.button, button') }).count()).toBe(CRM_PROBLEMS.length);
    await says(page, /Demo bot/);
    await says(page, /Too many requests/);
    await says(page, language === 'en' ? 'New clients who wait' : 'Ждут новые клиенты');
    expect(await axe(page)).toEqual([]);
    const overflow = await page.evaluate('document.documentElement.scrollWidth - document.documentElement.clientWidth');
    expect(overflow).toBe(0);
    const link = page.getByRole('link', { name: language === 'en' ? '2 things or more' : '2 записи или больше' });
    expect(await link.getAttribute('href')).toBe('#/settings/deliveries');
  },
);

test('a CRM is connected step by step; a refusal stands at its field, in the words of the CRM', async () => {
  const played: Played = { sent: [] };
  const page = await openCrm('en', played);
  await titled(page, 'Which CRM?').waitFor();
  expect(await axe(page)).toEqual([]);
  await page.getByRole('link', { name: /^amoCRM/ }).click();
  await titled(page, 'Make a private integration').waitFor();
  await page.getByRole('button', { name: 'Next' }).click();
  await titled(page, 'Copy the token').waitFor();
  const host = page.getByLabel('Address of your account');
  const token = page.getByLabel('Long-lived token');

  await page.getByRole('button', { name: 'Check and connect' }).click();
  await page.getByRole('alert').filter({ hasText: 'This is needed.' }).waitFor();
  await host.fill('https://oak.amocrm.ru/leads/');
  await token.fill('eyJ0eXAiOiJKV1QifQ.e30.sig');
  played.answer = {
    status: 400,
    json: {
      error: 'CRM_REFUSED',
      description: 'Token has been revoked',
      data: { fields: ['credentials.accessToken'] },
    },
  };
  await host.press('Enter');
  await page.getByRole('alert').filter({ hasText: 'amoCRM says: “Token has been revoked”' }).waitFor();
  await expect.poll(() => token.evaluate((field) => field === document.activeElement)).toBe(true);
  expect(await axe(page)).toEqual([]);
  // What stands around what is meant is not sent.
  expect(played.sent).toEqual([
    {
      method: 'POST',
      path: '/v1/crm',
      body: { crm: 'amocrm', credentials: { host: 'oak.amocrm.ru', accessToken: 'eyJ0eXAiOiJKV1QifQ.e30.sig' } },
    },
  ]);

  played.answer = { status: 503, json: { error: 'CRM_UNREACHABLE', description: 'No answer' } };
  await page.keyboard.press('Enter');
  await says(page, /did not answer. Nothing was stored/);
  played.answer = { status: 201, json: { ...CONNECTION } };
  played.connection = {};
  await token.press('Enter');
  // It is told for five seconds.
  await page.getByRole('status').filter({ hasText: 'amoCRM is connected' }).waitFor();
  await titled(page, 'amoCRM').waitFor();

  played.answer = { status: 200, json: { users: { added: 2, changed: 0, gone: 1 }, pipelines: 3, problems: [] } };
  await page.getByRole('button', { name: 'Refresh data from CRM' }).click();
  await says(page, /^Read at \d\d:\d\d: people added 2, changed 0, gone 1; 3 pipelines$/);
  played.answer = { status: 202, json: { refreshing: true } };
  played.connection = { refreshing: true };
  await page.getByRole('button', { name: 'Refresh data from CRM' }).click();
  await says(page, /^The CRM takes long. Reading goes on by itself/);
  played.connection = {};
  await says(page, /^All is read$/);
  await page.getByRole('button', { name: 'Disconnect' }).click();
  const dialog = page.getByRole('dialog', { name: 'Disconnect amoCRM?' });
  await dialog.waitFor();
  delete played.connection;
  await dialog.getByRole('button', { name: 'Disconnect' }).click();
  await titled(page, 'Which CRM?').waitFor();
  expect(played.sent.map(({ method, path }) => `${method} ${path}`).slice(-2)).toEqual([
    'POST /v1/crm/refresh',
    'DELETE /v1/crm',
  ]);
});

test('who consents in amoCRM comes back to a CRM that works, and who does not is told why', async () => {
  const callback = `${konvert.url}/v1/crm/callback/amocrm`;
  const { app } = Object.assign(amocrm.oauth, { app: Object.assign(amocrm.oauth.app, { redirectUri: callback }) });
  const context = await chromium.newContext(LOOKS.en);
  await context.route('https://www.amocrm.ru/oauth?*', (route) => {
    const state = new URL(route.request().url()).searchParams.get('state') ?? '';
    const denied = new URLSearchParams({ error: 'access_denied', state });
    const given = new URLSearchParams({ code: amocrm.oauth.consent(), state, referer: 'demo.amocrm.ru' });
    const body = `<a href="${callback}?${denied}">Deny</a> <a href="${callback}?${given}">Allow</a>`;
    return route.fulfill({ contentType: 'text/html', body });
  });
  const page = await context.newPage();
  await page.goto(await konvert.settingsLink());
  await page.locator('main').waitFor();
  await goTo(page, 'crm/new/amocrm/token');
  const ask = async () => {
    await page.getByLabel('Address of your account').fill('demo.amocrm.ru');
    await page.getByLabel('Secret key (optional)').fill(app.clientSecret);
    await page.getByLabel('Integration ID (optional)').fill(app.clientId);
    await page.keyboard.press('Enter');
  };

  await ask();
  await page.getByRole('link', { name: 'Deny' }).click();

  await titled(page, 'amoCRM was not allowed to let Konvert in').waitFor();
  await says(page, /The access was not allowed/);
  expect(await axe(page)).toEqual([]);
  await page.getByRole('link', { name: 'Try again' }).click();
  await titled(page, 'New credentials').waitFor();
  await ask();
  await page.getByRole('link', { name: 'Allow' }).click();
  await says(page, /^Works$/);
  await page.getByRole('button', { name: 'Refresh data from CRM' }).click();
  await says(page, /the people are as they were; 1 pipeline$/);
  await page.getByRole('button', { name: 'Disconnect' }).click();
  await page.getByRole('dialog').getByRole('button', { name: 'Disconnect' }).click();
  await titled(page, 'Which CRM?').waitFor();
});

test('who waits for Bitrix24 sees the addresses that it wants, and that it has let Konvert in', async () => {
  const played: Played = { connection: { crm: 'bitrix24', state: 'connecting' }, sent: [] };
  const page = await openCrm('ru', played);
  await titled(page, 'Установите приложение').waitFor();
  expect(await page.getByLabel('Путь для первоначальной установки', { exact: true }).inputValue()).toBe(
    CONNECTION.hooksUrl,
  );
  expect(await page.getByLabel('Путь вашего обработчика', { exact: true }).inputValue()).toBe(CONNECTION.frameUrl);
  await says(page, /Konvert ждёт Битрикс24/);
  expect(await axe(page)).toEqual([]);

  played.connection = { crm: 'bitrix24', state: 'active' };

  await page.getByRole('status').filter({ hasText: 'Битрикс24: подключение готово' }).waitFor();
  await says(page, /^Работает$/);
});

test('people, pipelines and modes are left to the CRM that is connected', async () => {
  const played: Played = { connection: { crm: 'hubspot' }, sent: [] };
  const page = await openCrm('en', played);
  await goTo(page, 'people');
  await says(page, 'HubSpot keeps the people');
  await page.getByRole('button', { name: 'Make a link for Olga' }).waitFor();
  expect(await page.getByRole('button', { name: 'More for Olga' }).count()).toBe(0);
  expect(await page.getByRole('region', { name: 'Add somebody' }).count()).toBe(0);

  await goTo(page, 'roles/pipelines');
  await says(page, 'HubSpot keeps the pipelines');
  expect(await page.getByRole('textbox').count()).toBe(0);

  const unsorted = page.getByRole('radio', { name: /^Unsorted/ });
  await goTo(page, `roles/${konvert.account.channelId}`);
  await page.getByRole('radio').first().waitFor();
  expect(await unsorted.count()).toBe(0);
  delete played.connection;
  await again(page);
  await says(page, 'Which CRM?');
  await goTo(page, `roles/${konvert.account.channelId}`);
  await page.getByRole('radio').first().waitFor();
  expect(await unsorted.count()).toBe(0);
  played.connection = { crm: 'amocrm' };
  await again(page);
  await titled(page, 'amoCRM').waitFor();
  await goTo(page, `roles/${konvert.account.channelId}`);
  await unsorted.waitFor();
  await says(page, /Whoever accepts it there or answers here first keeps the client/);
});
