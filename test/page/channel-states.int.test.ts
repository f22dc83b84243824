import { describe, expect, test } from 'vitest';
import { axe } from './axe.ts';
import { useBrowser } from './browser.ts';
import { useKonvert } from './konvert.ts';

// Each state of a channel in words, and what the list offers to do about it. The states come from the API, which is
// answered here as it is described: most of them take a messenger days to bring about.

const konvert = useKonvert();
const chromium = useBrowser();

interface Row {
  readonly state: string;
  readonly transport?: 'telegram' | 'wapi';
  readonly en: readonly RegExp[];
  readonly ru: readonly RegExp[];
  /** What can be pressed, by the languages. */
  readonly remedy?: { readonly role: 'button' | 'link'; readonly en: string; readonly ru: string };
}

const ROWS: readonly Row[] = [
  { state: 'active', en: [/^Works$/], ru: [/^Работает$/] },
  {
    state: 'disabled',
    en: [/^Switched off$/, /^What clients write is dropped/],
    ru: [/^Выключен$/, /^Сообщения клиентов не сохраняются/],
    remedy: { role: 'button', en: 'Switch on: Shop', ru: 'Включить: Shop' },
  },
  {
    state: 'unauthorized',
    en: [/^Needs new credentials$/, /^Telegram no longer takes the credentials/],
    ru: [/^Нужны новые ключи доступа$/, /^Telegram больше не принимает ключи/],
    remedy: { role: 'link', en: 'Give new credentials', ru: 'Указать новые ключи' },
  },
  {
    state: 'blocked',
    transport: 'wapi',
    en: [/^Blocked by WhatsApp$/, /Account quality/],
    ru: [/^Заблокирован: WhatsApp$/, /Account quality/],
  },
  { state: 'blocked', en: [/^Blocked by Telegram$/, /@BotSupport/], ru: [/^Заблокирован: Telegram$/, /@BotSupport/] },
  {
    state: 'openelsewhere',
    en: [/^Another program gets the messages$/, /Take over, and it arrives here again/],
    ru: [/^Сообщения получает другая программа$/, /Переключите канал/],
    remedy: { role: 'button', en: 'Take over: Shop', ru: 'Переключить сюда: Shop' },
  },
  {
    state: 'phoneUnavailable',
    en: [/^Cannot reply$/, /Telegram Business → Chatbots/],
    ru: [/^Не может отвечать$/, /Telegram для бизнеса → Чат-боты/],
  },
];

describe.each(['en', 'ru'] as const)('in %s', (language) => {
  test.each(ROWS)(
    'the state $state ($transport) is told in words',
    async ({ state, transport = 'telegram', remedy, ...words }) => {
      const page = await chromium.open(await konvert.settingsLink(), {
        locale: `${language}-GB`,
        viewport: { width: language === 'en' ? 1280 : 375, height: 800 },
      });
      await page.locator('main').waitFor();
      const channel = { channelId: 'one', transport, plainId: '12025550142', name: 'Shop', state };
      await page.route(/\/v3\/channels$/, (route) => route.fulfill({ json: [channel] }));
      await page.goto(`${page.url().split('#')[0]}#/settings/channels`);

      const row = page.getByRole('main').getByRole('listitem').filter({ hasText: 'Shop' });
      for (const said of words[language]) await row.getByText(said).first().waitFor();
      if (remedy) await row.getByRole(remedy.role, { name: remedy[language], exact: true }).waitFor();
      else expect(await row.getByRole('button').count()).toBe(0);
      expect(await axe(page)).toEqual([]);
      expect(await page.evaluate('document.documentElement.scrollWidth - innerWidth')).toBe(0);
    },
  );
});
