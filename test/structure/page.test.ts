import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { en } from '../../web/words/en.ts';
import { GUIDE_WORDS } from '../../web/words/guides/guide-words.ts';
import { notices } from '../../web/words/notices-en.ts';
import { en as settingsEn } from '../../web/words/settings/en.ts';
import { team } from '../../web/words/settings/team-en.ts';
import { statistics } from '../../web/words/statistics-en.ts';
import { waits } from '../../web/words/waits-en.ts';
import { circlesOf, graphOf, reachedFrom, readSources } from './imports.ts';

const LONGEST = 300;
const guideWords = await Promise.all(Object.values(GUIDE_WORDS).map(async ({ en }) => (await en()).words));
const sources = readSources('web');
const styles = filesOf('web/*.css');
const isCatalogue = (path: string) => /^web\/words\/(?:settings\/|guides\/)?(?:\w+-)?(?:en|ru)\.ts$/.test(path);
const code = sources
  .filter(({ path }) => !isCatalogue(path))
  .map(({ text }) => text.replaceAll(/\/\*[\s\S]*?\*\/|(?<=^|\s)\/\/.*$/gm, ''));
const css = styles.map(({ text }) => text.replaceAll(/\/\*[\s\S]*?\*\//g, ''));

/** What is written out in a text of the code, and how the names begin of which the rest is put in: `list.${tab}`. */
const texts = code.flatMap((text) => text.match(/'[^'\n]*'|"[^"\n]*"|`[^`]*`/g) ?? []);
const written = new Set(texts.flatMap((text) => text.match(/[\w-]+(?:\.[\w-]+)*/g) ?? []));
const begun = texts.flatMap((text) => [...text.matchAll(/[`\s]([\w.-]+[-.])\$\{/g)].map(([, name]) => name!));

function isUsed(name: string): boolean {
  return written.has(name) || begun.some((start) => name.startsWith(start));
}

function filesOf(pattern: string) {
  const paths = execFileSync('git', ['ls-files', pattern], { encoding: 'utf8' }).trim().split('\n');
  return paths.map((path) => ({ path, text: readFileSync(path, 'utf8') }));
}

function namesIn(texts: readonly string[], pattern: RegExp): string[] {
  return [...new Set(texts.flatMap((text) => [...text.matchAll(pattern)].map(([, name]) => name!)))].sort();
}

describe('nothing is left over, and nothing is missing:', () => {
  test('every word of the catalogue is said somewhere', () => {
    const all = [en, settingsEn, team, waits, statistics, notices, ...guideWords];

    expect(all.flatMap(Object.keys).filter((key) => !isUsed(key))).toEqual([]);
  });

  // The words of the settings may be there in no page of chats, and a word that is missing is found out when it is said.
  test.each([
    ['web/parts/statistics/statistics-dialog.tsx', statistics],
    ['web/parts/notices/notices-dialog.tsx', notices],
    ['web/parts/waits/waits.tsx', waits],
  ])('%s, which the chats load, says only words that come with it', (part, words) => {
    const graph = graphOf(sources, (path) => path);
    const reached = new Set([part, ...reachedFrom(graph, part)]);
    const of = sources.filter(({ path }) => reached.has(path) && !isCatalogue(path)).map(({ text }) => text);
    const said = namesIn(of, /(?<=[^\w])t\('([\w.-]+)'/g);

    expect(said.length).toBeGreaterThan(5);
    expect(said.filter((key) => !Object.hasOwn({ ...en, ...words }, key))).toEqual([]);
  });

  test('every class that is styled is worn', () => {
    expect(namesIn(css, /\.([a-z][\w-]*)(?=[^{}]*\{)/g).filter((name) => !isUsed(name))).toEqual([]);
  });

  test('every class that is worn and nothing else is styled', () => {
    const worn = namesIn(code, /\bclass="([^"]+)"/g).flatMap((names) => names.split(' '));
    const named = new Set(namesIn(css, /\.([a-z][\w-]*)/g));

    expect(worn.filter((name) => !named.has(name))).toEqual([]);
  });

  test('every token and every movement is used, and there is no other', () => {
    const all = [...css, ...code];
    const tokens = namesIn(all, /(--[\w-]+)(?::|',)/g);

    expect(namesIn(all, /var\((--[\w-]+)/g).filter((name) => !tokens.includes(name))).toEqual([]);
    expect(tokens.filter((name) => !all.some((text) => text.includes(`var(${name}`)))).toEqual([]);
    const movements = namesIn(css, /@keyframes ([\w-]+)/g);
    expect(movements.filter((name) => !css.some((text) => new RegExp(`animation[^;]*${name}\\b`).test(text)))).toEqual(
      [],
    );
  });
});

/** The rules of the server that the page has too: pure ones, which import nothing but each other. */
const SHARED = [
  'src/domain/template-text.ts',
  'src/domain/frame-ancestors.ts',
  'src/domain/chat-types.ts',
  'src/domain/retention-days.ts',
  'src/domain/schedule.ts',
  'src/domain/zone.ts',
  'src/domain/hours-faults.ts',
  'src/domain/week-openings.ts',
  'src/domain/waiting-setting.ts',
];

/** The rooms of the page by rank, the lowest first. A room imports from its own rank and from those below it. */
const RANKS: readonly (readonly string[])[] = [
  ['clients', 'web/words', ...SHARED],
  ['web/models.ts', 'web/settings-models'],
  ['web/core', 'web/kit'],
  ['web/data'],
  ['web/parts', 'web/sw.ts'],
  ['web/main.tsx'],
];
/** The rest of `web/data` is behind the models: parts never call the API. These two call none. */
const FOR_PARTS = ['web/data/storage.ts', 'web/data/demo-messengers.ts'];

function rankOf(path: string): number {
  return RANKS.findIndex((rooms) => rooms.some((room) => path === room || path.startsWith(`${room}/`)));
}

describe('rooms of the page', () => {
  test('import from below only, parts nothing that calls the API, and the core nothing but its own and models', () => {
    const wrong = sources.flatMap(({ path, files }) =>
      files
        .filter((file) => {
          if (rankOf(path) < 0 || rankOf(file) < 0 || rankOf(file) > rankOf(path)) return true;
          if (path.startsWith('web/parts/')) return file.startsWith('web/data/') && !FOR_PARTS.includes(file);
          if (path.startsWith('web/core/')) {
            return !/^web\/(?:core\/|models\.ts$|settings-models\/)/.test(file) && !SHARED.includes(file);
          }
          return false;
        })
        .map((file) => `${path} imports ${file}`),
    );

    expect(wrong).toEqual([]);
  });

  test('form no circle of files', () => {
    expect(circlesOf(graphOf(sources, (path) => path))).toEqual([]);
  });

  test('the core knows no document, window or storage', () => {
    const browser =
      /(?<![\w.'"`-])(?:document|window|navigator|localStorage|sessionStorage|indexedDB|location|history)\.\w/;
    const wrong = sources.filter(({ path, text }) => path.startsWith('web/core/') && browser.test(text));

    expect(wrong.map(({ path }) => path)).toEqual([]);
  });

  test(`no file has more than ${LONGEST} lines`, () => {
    const long = [...sources, ...styles].filter(({ text }) => text.split('\n').length - 1 > LONGEST);

    expect(long.map(({ path }) => path)).toEqual([]);
  });
});
