import type { Page } from 'playwright-core';
import { afterAll, describe, expect, test } from 'vitest';
import { startAvito } from '#test/doubles/avito';
import { startEvolution } from '#test/doubles/evolution';
import { startPages } from '#test/doubles/graph-pages';
import { startMax } from '#test/doubles/max';
import { startViber } from '#test/doubles/viber';
import { createVirtualClock } from '#test/doubles/virtual-clock';
import { startVk } from '#test/doubles/vk';
import { fieldsOf } from '../../web/parts/settings/channels/messengers/guide.ts';
import { OFFERS } from '../../web/parts/settings/channels/messengers/guides.ts';
import type { GuideField } from '../../web/parts/settings/kit/guide-step.ts';
import { en as enOfChats } from '../../web/words/en.ts';
import { GUIDE_WORDS } from '../../web/words/guides/guide-words.ts';
import { ru as ruOfChats } from '../../web/words/ru.ts';
import { en } from '../../web/words/settings/en.ts';
import { ru } from '../../web/words/settings/ru.ts';
import { axe } from './axe.ts';
import { useBrowser } from './browser.ts';
import { useKonvert } from './konvert.ts';

// Each guide is walked to its end: with a credential that its messenger refuses, and then with the right one. Telegram and
// WhatsApp Business have tests of their own. What a messenger says, its double says.

const clock = createVirtualClock(Date.now());
const [avito, bridge, instagram, facebook, max, viber, vk] = await Promise.all([
  startAvito({ clock }),
  startEvolution({ clock, instance: { state: 'close', ownerJid: null, code: '2@from-the-double' } }),
  startPages({ clock, object: 'instagram' }),
  startPages({ clock, object: 'page' }),
  startMax({ clock, takesHttp: true }),
  startViber({ clock }),
  startVk({ clock }),
]);
afterAll(() => Promise.all([avito, bridge, instagram, facebook, max, viber, vk].map((double) => double.stop())));

const konvert = useKonvert();
const chromium = useBrowser();

const LOOKS = {
  en: { locale: 'en-GB', viewport: { width: 1280, height: 900 } },
  ru: { locale: 'ru-RU', viewport: { width: 375, height: 740 }, colorScheme: 'dark' },
} as const;
type Language = keyof typeof LOOKS;

interface Row {
  readonly transport: keyof typeof GUIDE_WORDS;
  readonly language: Language;
  readonly right: Readonly<Record<string, string>>;
  /** What its messenger does not take. */
  readonly wrong: Readonly<Record<string, string>>;
}

const ROWS: readonly Row[] = [
  {
    transport: 'instagram',
    language: 'en',
    right: {
      igId: instagram.account.id,
      accessToken: instagram.token,
      appSecret: instagram.meta.appSecret,
      apiBaseUrl: instagram.baseUrl,
    },
    wrong: { accessToken: 'EAAof-somebody-else' },
  },
  {
    transport: 'facebook',
    language: 'ru',
    right: {
      pageId: facebook.account.id,
      accessToken: facebook.token,
      appSecret: facebook.meta.appSecret,
      apiBaseUrl: facebook.baseUrl,
    },
    wrong: { accessToken: 'EAAof-somebody-else' },
  },
  {
    transport: 'maxbot',
    language: 'en',
    right: { botToken: max.token, apiBaseUrl: max.baseUrl },
    wrong: { botToken: 'a-token-that-nobody-has-been-given' },
  },
  {
    transport: 'vk',
    language: 'ru',
    right: { groupId: String(vk.groupId), accessToken: vk.token, apiBaseUrl: vk.baseUrl },
    wrong: { accessToken: 'vk1.a.another_token_0123456789' },
  },
  {
    transport: 'avito',
    language: 'en',
    right: {
      clientId: avito.clientId,
      clientSecret: avito.clientSecret,
      userId: String(avito.userId),
      apiBaseUrl: avito.baseUrl,
    },
    wrong: { clientSecret: 'a-secret-of-somebody-else' },
  },
  {
    transport: 'viber',
    language: 'ru',
    right: { authToken: viber.authToken, senderName: 'Konvert', apiBaseUrl: viber.baseUrl },
    wrong: { authToken: '445da6az1s345z78-dazcczb2542zv51a-0000000000000000' },
  },
  {
    transport: 'whatsapp',
    language: 'en',
    right: { serverUrl: bridge.baseUrl, apiKey: bridge.globalKey, instance: bridge.instance.name },
    wrong: { apiKey: 'a-key-of-somebody-else' },
  },
];

/** The words of the page in a language, with those of a guide. */
async function wordsIn(language: Language, transport: Row['transport']): Promise<(key: string) => string> {
  const { words } = await GUIDE_WORDS[transport][language]();
  const all: Record<string, string> = {
    ...(language === 'ru' ? { ...ruOfChats, ...ru } : { ...enOfChats, ...en }),
    ...words,
  };
  return (key) => all[key] ?? key;
}

const titled = (page: Page, name: string) => page.getByRole('heading', { level: 2, name, exact: true });

describe.each(ROWS)('the guide of $transport, in $language', ({ transport, language, right, wrong }) => {
  test('says what is wrong at its field, and is walked to its end', async () => {
    const [say, { guide }] = await Promise.all([
      wordsIn(language, transport),
      OFFERS.find((offer) => offer.transport === transport)!.load(),
    ]);
    const page = await chromium.open(await konvert.settingsLink(), LOOKS[language]);
    await page.locator('main').waitFor();
    await page.goto(`${page.url().split('#')[0]}#/settings/channels/new`);
    await page
      .getByRole('link', { name: say(`messengers.${transport}`) })
      .first()
      .click();

    for (const [index, step] of guide.steps.entries()) {
      await titled(page, say(step.title)).waitFor();
      if (index === 0) expect(await axe(page)).toEqual([]);
      for (const field of step.fields ?? []) await write(page, say, field, { ...right, ...wrong }[field.name]);
      expect(await page.locator('main').textContent()).not.toContain('**');
      await page.getByRole('button', { name: say('channels.next') }).click();
    }
    const check = page.getByRole('button', { name: say('channels.check') });
    await check.click();

    const [name = ''] = Object.keys(wrong);
    const refused = fieldsOf(guide).find((field) => field.name === name)!;
    const problem = page.getByRole('alert').filter({ hasText: say(refused.refused) });
    await problem.waitFor();
    await write(page, say, refused, right[name]);
    for (const step of guide.steps.slice(guide.steps.findIndex(({ fields }) => fields?.includes(refused)))) {
      await titled(page, say(step.title)).waitFor();
      await page.getByRole('button', { name: say('channels.next') }).click();
    }
    await check.click();
    await titled(page, say((guide.afterwards ?? guide.phone)?.title ?? 'channels.test-title')).waitFor();

    const { body } = await konvert.api('GET', '/v3/channels');
    expect(body.filter((channel: { transport: string }) => channel.transport === transport)).not.toEqual([]);
    expect(await axe(page)).toEqual([]);
    if (guide.phone) await linkPhone(page, say);
  });
});

async function write(
  page: Page,
  say: (key: string) => string,
  { label, isRare, isOptional }: GuideField,
  text: string | undefined,
): Promise<void> {
  if (text === undefined) return;
  const name = isOptional ? `${say(label)} (${say('settings.optional')})` : say(label);
  if (isRare) await page.getByText(say('channels.rare')).click();
  await page.getByLabel(name, { exact: true }).fill(text);
}

/** The code is shown until the phone has read it. */
async function linkPhone(page: Page, say: (key: string) => string): Promise<void> {
  await page.getByRole('img', { name: say('channels.phone-code') }).waitFor();
  await page.getByText(say('channels.phone-scan')).waitFor();
  expect(await axe(page)).toEqual([]);

  Object.assign(bridge.instance, { state: 'open', ownerJid: '14155550100@s.whatsapp.net' });
  await page.getByText(say('channels.phone-active')).waitFor();
  expect(await page.getByRole('img', { name: say('channels.phone-code') }).count()).toBe(0);
  await page.getByRole('link', { name: say('channels.next') }).click();
  await titled(page, say('channels.test-title')).waitFor();
}
