import { globSync, readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { chatTypesOf, TRANSPORTS } from '#domain/chat-types';

// What a messenger costs outside of its own folder. A new place that has to name each of them is a fault of the interface.

/** The folders of adapters that are not named as their transport is. */
const FOLDERS: Readonly<Record<string, string>> = { whatsapp: 'evolution' };
/** The first two, for which the rest was made. */
const FIRST = ['telegram', 'wapi'];

/** Where a messenger may be named, by what it is for there. */
const PLACES: Readonly<Record<string, readonly RegExp[]>> = {
  registry: [/^src\/channels\/registry\/(?:messengers|credentials)\.ts$/, /^src\/domain\/chat-types\.ts$/],
  description: [/^src\/api\//, /^src\/domain\/message\.ts$/],
  page: [/^web\//],
  'command line': [/^bin\/commands\/messengers\.ts$/],
  demo: [/^src\/local\/demo\//],
};

/** Other places, each with its reason. */
const REASONS: Readonly<Record<string, string>> = {
  'src/channels/meta/': 'what the messengers of Meta share',
  'src/crms/bitrix24/map.ts': 'Bitrix24 has a field for addresses in Instagram',
  'src/domain/handles.ts': 'a name that a CRM knows stands for a person in these messengers',
  'src/domain/person-ids.ts': 'an id that is several chats of one person',
};

const sources = globSync('{src,functions,lib,bin,web}/**/*.{ts,tsx}').map((path) => ({
  path: path.replaceAll('\\', '/'),
  text: readFileSync(path, 'utf8'),
}));

/** The files that name the messenger, outside of its own folder. */
function namedIn(transport: string): string[] {
  const folder = FOLDERS[transport] ?? transport;
  const words = [...new Set([transport, folder, ...chatTypesOf(transport)])].filter((word) => word !== 'whatsapp');
  const names = new RegExp(`#channels/${folder}/|['"\`](?:${words.join('|')})['"\`]`);
  return sources
    .filter(({ path }) => !path.startsWith(`src/channels/${folder}/`))
    .filter(({ text }) => names.test(text))
    .map(({ path }) => path);
}

function placeOf(path: string): string | undefined {
  const place = Object.entries(PLACES).find(([, patterns]) => patterns.some((pattern) => pattern.test(path)));
  return place?.[0] ?? (Object.keys(REASONS).some((beginning) => path.startsWith(beginning)) ? 'reasons' : undefined);
}

const rows = TRANSPORTS.filter((transport) => !FIRST.includes(transport)).map((transport) => {
  const files = namedIn(transport);
  const counts = Map.groupBy(files, (path) => placeOf(path) ?? 'elsewhere');
  const cost = [...counts].map(([place, { length }]) => `${place} ${length}`).join(', ');
  return { transport, files, cost };
});

describe('what a messenger costs outside of its folder, in files that name it', () => {
  test.each(rows)('$transport: $cost', ({ files }) => {
    expect(files.filter((path) => placeOf(path) === undefined)).toEqual([]);
    expect(files.filter((path) => placeOf(path) === 'registry').length).toBeGreaterThanOrEqual(2);
  });

  test('no function, no flow, no store, and nothing of the deployment knows one of them', () => {
    const inner = /^(?:functions|lib|src\/(?:flows|store|http|aws|media|calls))\//;

    expect(
      rows.flatMap(({ transport, files }) => files.filter((path) => inner.test(path)).map((path) => [transport, path])),
    ).toEqual([]);
  });

  test('each exception is one', () => {
    const all = rows.flatMap(({ files }) => files);

    expect(Object.keys(REASONS).filter((beginning) => !all.some((path) => path.startsWith(beginning)))).toEqual([]);
  });

  test('no adapter imports another', () => {
    const folders = globSync('src/channels/*/index.ts').map((path) => path.split(/[\\/]/)[2] ?? '');
    const foreign = sources.flatMap(({ path, text }) => {
      const [, own = ''] = /^src\/channels\/(\w+)\//.exec(path) ?? [];
      if (!folders.includes(own)) return [];
      return folders
        .filter((folder) => folder !== own && text.includes(`#channels/${folder}/`))
        .map((to) => [path, to]);
    });

    expect(folders.length).toBeGreaterThanOrEqual(TRANSPORTS.length);
    expect(foreign).toEqual([]);
  });
});
