import { beforeEach, describe, expect, test } from 'vitest';
import { previewWords } from '../../web/parts/chat/kind-words.ts';
import { en as enOfChats } from '../../web/words/en.ts';
import { GUIDE_WORDS } from '../../web/words/guides/guide-words.ts';
import { notices as enOfNotices } from '../../web/words/notices-en.ts';
import { notices as ruOfNotices } from '../../web/words/notices-ru.ts';
import { ru as ruOfChats } from '../../web/words/ru.ts';
import { en as enOfSettings } from '../../web/words/settings/en.ts';
import { ru as ruOfSettings } from '../../web/words/settings/ru.ts';
import { stored as enOfStored } from '../../web/words/settings/stored-en.ts';
import { stored as ruOfStored } from '../../web/words/settings/stored-ru.ts';
import { team as enOfTeam } from '../../web/words/settings/team-en.ts';
import { team as ruOfTeam } from '../../web/words/settings/team-ru.ts';
import { statistics as enOfStatistics } from '../../web/words/statistics-en.ts';
import { statistics as ruOfStatistics } from '../../web/words/statistics-ru.ts';
import { briefTime, dayName, duration, number, size, timeOfDay } from '../../web/words/times.ts';
import { waits as enOfWaits } from '../../web/words/waits-en.ts';
import { waits as ruOfWaits } from '../../web/words/waits-ru.ts';
import { chooseLanguage, type Key, type Language, language, speak, speakMore, t } from '../../web/words/words.ts';

const LANGUAGES: readonly Language[] = ['en', 'ru'];
const en = await withGuides('en', {
  ...enOfChats,
  ...enOfSettings,
  ...enOfStored,
  ...enOfStatistics,
  ...enOfTeam,
  ...enOfWaits,
  ...enOfNotices,
});
const ru = await withGuides('ru', {
  ...ruOfChats,
  ...ruOfSettings,
  ...ruOfStored,
  ...ruOfStatistics,
  ...ruOfTeam,
  ...ruOfWaits,
  ...ruOfNotices,
});
const CATALOGUES = { en, ru };
const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
/** A Wednesday, at 12:41 of the machine's own time. */
const NOW = new Date(2026, 10, 25, 12, 41).getTime();

/** With the words of all guides. */
async function withGuides(language: Language, words: Record<string, string>): Promise<Record<Key, string>> {
  const guides = await Promise.all(Object.values(GUIDE_WORDS).map(async (load) => (await load[language]()).words));
  return Object.assign({}, words, ...guides);
}

describe('both catalogues', () => {
  test('have the same keys, and nothing is said with no words', () => {
    expect(Object.keys(ru).sort()).toEqual(Object.keys(en).sort());
    for (const catalogue of [en, ru]) expect(Object.values(catalogue).every((words) => words.trim() !== '')).toBe(true);
  });

  test('put the same values into the same message', () => {
    for (const key of Object.keys(en) as Key[]) expect([key, placesOf(ru[key])]).toEqual([key, placesOf(en[key])]);
  });

  test.each(LANGUAGES)('can be said, in %s, with any number from 0 to 125', async (name) => {
    await speak(name);
    await speakMore('settings', async (language) => (language === 'ru' ? ruOfSettings : enOfSettings));
    await speakMore('statistics', async (language) => (language === 'ru' ? ruOfStatistics : enOfStatistics));
    await speakMore('stored', async (language) => (language === 'ru' ? ruOfStored : enOfStored));
    await speakMore('team', async (language) => (language === 'ru' ? ruOfTeam : enOfTeam));
    await speakMore('waits', async (language) => (language === 'ru' ? ruOfWaits : enOfWaits));
    await speakMore('notices', async (language) => (language === 'ru' ? ruOfNotices : enOfNotices));
    for (const [transport, load] of Object.entries(GUIDE_WORDS)) {
      await speakMore(transport, async (language) => (await load[language]()).words);
    }

    for (const [key, words] of Object.entries(CATALOGUES[name]) as [Key, string][]) {
      const places = placesOf(words);
      const values = Object.fromEntries(places.map((place) => [place, 'X']));
      const numbers = words.includes('plural') || words.includes('number') ? 126 : 1;
      for (let count = 0; count < numbers; count += 1) {
        const said = t(key, { ...values, ...Object.fromEntries(countsOf(words).map((place) => [place, count])) });
        expect([key, said]).toEqual([key, expect.not.stringMatching(/[{}#]/)]);
        if (words.includes('plural')) expect(said).toContain(String(count));
      }
    }
  });
});

/** The places of a message, by name. */
function placesOf(words: string): string[] {
  return [...new Set([...words.matchAll(/\{(\w+)[,}]/g)].map(([, name]) => name!))].sort();
}

function countsOf(words: string): string[] {
  return [...words.matchAll(/\{(\w+), (?:plural|number)/g)].map(([, name]) => name!);
}

describe('plurals', () => {
  const forms = (count: number) => {
    const [tens, ones] = [count % 100, count % 10];
    if (tens >= 11 && tens <= 14) return 'сообщений ждут ответа';
    if (ones === 1) return 'сообщение ждёт ответа';
    return ones >= 2 && ones <= 4 ? 'сообщения ждут ответа' : 'сообщений ждут ответа';
  };

  test('in Russian have three forms', async () => {
    await speak('ru');
    for (let count = 0; count <= 125; count += 1)
      expect(t('shell.waiting', { count })).toBe(`${count} ${forms(count)}`);
  });

  test('in English have two', async () => {
    await speak('en');
    for (let count = 0; count <= 125; count += 1) {
      const form = count === 1 ? 'message waits' : 'messages wait';
      expect(t('shell.waiting', { count })).toBe(`${count} ${form} for an answer`);
    }
  });
});

describe('the language', () => {
  test.each([
    ['the link’s', ['ru', 'en', 'de'], 'ru'],
    ['with a region', ['ru-RU'], 'ru'],
    ['the user’s choice, if the link says nothing', [null, 'en', 'ru'], 'en'],
    ['the browser’s second, if its first is unknown', [null, null, 'de-DE', 'ru'], 'ru'],
    ['English, if none is known', [undefined, 'de', 'zh-Hans'], 'en'],
  ] as const)('is %s', (_, wishes, chosen) => {
    expect(chooseLanguage(wishes)).toBe(chosen);
  });

  test('is what was spoken last', async () => {
    await speak('ru');
    expect([language(), t('list.all')]).toEqual(['ru', 'Все']);
    await speak('en');
    expect([language(), t('list.all')]).toEqual(['en', 'All']);
  });
});

describe('how long somebody waits', () => {
  test.each([
    [0, 'waits 1 min', 'ждёт 1 мин'],
    [119_999, 'waits 1 min', 'ждёт 1 мин'],
    [12 * MINUTE, 'waits 12 min', 'ждёт 12 мин'],
    [59 * MINUTE + 59_999, 'waits 59 min', 'ждёт 59 мин'],
    [HOUR, 'waits 1 hr', 'ждёт 1 ч'],
    [23 * HOUR + 59 * MINUTE, 'waits 23 hr', 'ждёт 23 ч'],
    [24 * HOUR, 'waits 1 day', 'ждёт 1 дн.'],
    [51 * HOUR, 'waits 2 days', 'ждёт 2 дн.'],
  ])('is, for %i ms, “%s” and “%s”', async (ms, english, russian) => {
    await speak('en');
    expect(plain(t('list.waits', { duration: duration(ms) }))).toBe(english);
    await speak('ru');
    expect(plain(t('list.waits', { duration: duration(ms) }))).toBe(russian);
  });
});

describe('a time', () => {
  beforeEach(() => speak('en'));

  test.each([
    ['of today', NOW - 3 * HOUR, '09:41', '09:41'],
    ['of last night', new Date(2026, 10, 24, 23, 59).getTime(), 'Yesterday', 'Вчера'],
    ['of this week', new Date(2026, 10, 19, 9, 0).getTime(), 'Thu', 'чт'],
    ['of a week ago', new Date(2026, 10, 18, 9, 0).getTime(), '18 Nov', '18 нояб.'],
    ['of another year', new Date(2025, 0, 2, 9, 0).getTime(), '02/01/2025', '02.01.2025'],
    ['of a clock that is ahead', NOW + MINUTE, '12:42', '12:42'],
  ])('%s is brief in a list', async (_, at, english, russian) => {
    expect(briefTime(at, NOW)).toBe(english);
    await speak('ru');
    expect(briefTime(at, NOW)).toBe(russian);
  });

  test('of midnight begins with two noughts', () => {
    expect(timeOfDay(new Date(2026, 10, 25, 0, 5).getTime())).toBe('00:05');
  });

  test('has a day above the messages', async () => {
    const days = [NOW, NOW - 24 * HOUR, NOW - 48 * HOUR, NOW - 400 * 24 * HOUR].map((at) => dayName(at, NOW));
    expect(days).toEqual(['Today', 'Yesterday', '23 November', '21 October 2025']);
  });
});

test.each([
  ['en', '12,345', '999 byte', '12 kB', '1.4 MB'],
  ['ru', '12 345', '999 Б', '12 кБ', '1,4 МБ'],
] as const)('numbers and sizes are those of the language: %s', async (name, thousands, bytes, kilobytes, megabytes) => {
  await speak(name);
  expect([number(12_345), size(999), size(12_400), size(1_440_000)].map(plain)).toEqual([
    thousands,
    bytes,
    kilobytes,
    megabytes,
  ]);
});

/** Spaces that do not break, as plain ones. */
function plain(words: string): string {
  return words.replaceAll(/[\u00a0\u202f]/g, ' ');
}

test('a line of the list says what a message without text is, and leaves all other words alone', async () => {
  await speak('ru');

  expect(['[document]', '[video_note]', '[deleted]', '[text]'].map(previewWords)).toEqual([
    'Файл',
    'Видеосообщение',
    'Сообщение удалено',
    'Сообщение',
  ]);
  expect(['[sale]', 'See [document]', ''].map(previewWords)).toEqual(['[sale]', 'See [document]', '']);
});
