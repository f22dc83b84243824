import { brotliCompressSync, gzipSync } from 'node:zlib';
import type { BuiltPage } from '#lib/page';
import { DOCUMENT } from '#lib/page-manifest';

/** What a part of a page weighs, and what it may weigh, as it is sent: a KB is 1,000 bytes. */
export interface PageSize {
  readonly part: string;
  readonly bytes: number;
  readonly most: number;
}

/** What is loaded on demand: its modules, and those that are there by then. */
interface Lazy {
  readonly part: string;
  readonly modules: readonly string[];
  readonly after?: readonly string[];
  readonly most: number;
}

const SETTINGS = ['parts/settings/settings.tsx', 'data/settings/settings.ts'];
const CHANNELS = 'parts/settings/channels/channel-screens.tsx';
const GUIDES = 'parts/settings/channels/messengers';
const LAZY: readonly Lazy[] = [
  { part: 'lazy: settings', modules: SETTINGS, most: 30_000 },
  {
    part: 'lazy: settings, channels',
    modules: [CHANNELS],
    after: SETTINGS,
    most: 10_000,
  },
  {
    part: 'lazy: settings, CRM',
    modules: ['parts/settings/crm/crm-screens.tsx'],
    after: SETTINGS,
    most: 10_000,
  },
  { part: 'lazy: settings, running it', modules: ['parts/settings/running/screens.ts'], after: SETTINGS, most: 10_000 },
  {
    part: 'lazy: settings, data, with its words',
    modules: ['parts/settings/data/data-screen.tsx', 'words/settings/stored-ru.ts'],
    after: SETTINGS,
    most: 6_000,
  },
  {
    part: 'lazy: settings, statistics, with its words',
    modules: ['parts/settings/statistics/statistics-screen.tsx', 'words/statistics-ru.ts'],
    after: SETTINGS,
    most: 12_000,
  },
  {
    part: 'lazy: statistics of the chats, with their style and words',
    modules: [
      'parts/statistics/statistics-dialog.tsx',
      'data/statistics.ts',
      'statistics.css',
      'words/statistics-ru.ts',
    ],
    most: 12_000,
  },
  {
    part: 'lazy: notices, with their words',
    modules: ['data/pushes.ts', 'parts/notices/notices-dialog.tsx', 'words/notices-ru.ts'],
    most: 4_000,
  },
  {
    part: 'lazy: settings, working hours and who is on, with their words',
    modules: [
      'parts/settings/hours/hours-screen.tsx',
      'parts/settings/team/team-screen.tsx',
      'parts/settings/waiting/rule-card.tsx',
      'words/settings/team-ru.ts',
    ],
    after: SETTINGS,
    most: 13_000,
  },
  {
    part: 'lazy: status and clients who leave, with their words',
    modules: ['parts/waits/waits.tsx', 'data/presence.ts', 'words/waits-ru.ts'],
    most: 8_000,
  },
  { part: 'lazy: emoji', modules: ['parts/composer/emoji-panel.tsx'], most: 8_000 },
  { part: 'lazy: QR', modules: ['uqr'], most: 5_000 },
];

/** The weight after gzip of the first load by its parts, and of what comes later. Throws if a part is not there. */
export function sizesOf({ files, byModule }: BuiltPage): PageSize[] {
  const weightOf = (names: readonly string[]) =>
    names.map((name) => gzipSync(bytesOf(name), { level: 9 }).length).reduce((sum, bytes) => sum + bytes, 0);
  const bytesOf = (name: string) => {
    const found = files.find((file) => file.name === name);
    if (!found) throw new Error(`The page has no ${name}`);
    return found.bytes;
  };
  const of = (module: string) => {
    const names = byModule[module];
    if (!names) throw new Error(`The page loads nothing for ${module}`);
    return names;
  };
  const first = of('main.tsx');
  const later = (modules: readonly string[], after: readonly string[] = []) => {
    const there = new Set([...first, ...after.flatMap(of)]);
    return weightOf([...new Set(modules.flatMap(of))].filter((name) => !there.has(name)));
  };
  const [html, js, css] = [weightOf([DOCUMENT]), weightOf(first), weightOf(of('style.css'))];
  /** What each guide weighs in its longer language, once the channels are there. */
  const guides = () =>
    Object.keys(byModule).flatMap((words) => {
      const [, transport] = /^words\/guides\/(\w+)-(?:en|ru)\.ts$/.exec(words) ?? [];
      return transport ? [later([`${GUIDES}/${transport}.ts`, words], [...SETTINGS, CHANNELS])] : [];
    });
  const words = Math.max(later(['words/en.ts']), later(['words/ru.ts']));
  return [
    { part: 'first load', bytes: html + js + css + words, most: 80_000 },
    { part: 'JS', bytes: js, most: 64_000 },
    { part: 'CSS', bytes: css, most: 9_000 },
    { part: 'words of one language', bytes: words, most: 7_500 },
    { part: 'settings: CSS', bytes: weightOf(of('settings.css')), most: 5_000 },
    {
      part: 'settings: words of one language',
      bytes: Math.max(later(['words/settings/en.ts']), later(['words/settings/ru.ts'])),
      most: 21_000,
    },
    { part: 'lazy: guide of a messenger, with its words', bytes: Math.max(...guides()), most: 6_000 },
    ...LAZY.map(({ part, modules, after, most }) => ({ part, bytes: later(modules, after), most })),
  ];
}

/** The weight after Brotli of what `/docs` loads first, and of what draws the reference, which comes on demand. */
export function docsSizesOf({ files, byModule }: BuiltPage): PageSize[] {
  const weightOf = (which: readonly { readonly bytes: Uint8Array }[]) =>
    which.map(({ bytes }) => brotliCompressSync(bytes).length).reduce((sum, bytes) => sum + bytes, 0);
  const first = [DOCUMENT, ...(byModule['main.ts'] ?? []), ...(byModule['style.css'] ?? [])];
  return [
    { part: 'guide', bytes: weightOf(files.filter(({ name }) => first.includes(name))), most: 25_000 },
    { part: 'reference', bytes: weightOf(files.filter(({ name }) => !first.includes(name))), most: 160_000 },
  ];
}
