import { readFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { describe, expect, test } from 'vitest';
import { functionNames } from '#lib/bundle';
import { functions } from '#lib/functions';
import { listeners, queues } from '#lib/listeners';
import { routes, SLASH_ROUTE } from '#lib/routes';
import { circlesOf, graphOf, readSources, type SourceFile } from './imports.ts';

const sources = readSources('src', 'functions', 'lib', 'bin');
const LONGEST = 300;

/** The rooms by rank, the lowest first. A room imports from its own rank and from those below it. */
const RANKS: readonly (readonly string[])[] = [
  ['lib'],
  [
    'src/clock.ts',
    'src/log.ts',
    'src/metrics.ts',
    'src/bells.ts',
    'src/at-once.ts',
    'src/no-fields.ts',
    'src/schema-of.ts',
  ],
  ['src/domain'],
  ['src/calls'],
  ['src/http', 'src/store', 'src/channels', 'src/crms', 'src/media'],
  ['src/api', 'src/flows'],
  ['src/aws', 'src/local'],
  ['functions'],
  ['bin'],
];
/** What a room may not import although its rank would allow it. */
const APART: Readonly<Record<string, readonly string[]>> = {
  'src/domain': ['src/clock.ts', 'src/log.ts', 'src/metrics.ts', 'src/bells.ts', 'lib'],
  'src/calls': ['src/domain', 'lib'],
  'src/http': ['src/store', 'src/channels', 'src/crms', 'src/media', 'lib'],
  'src/store': ['src/http', 'src/channels', 'src/crms', 'src/media'],
  'src/channels': ['src/http', 'src/store', 'src/crms', 'src/media', 'lib'],
  'src/crms': ['src/http', 'src/store', 'src/channels', 'src/media', 'lib'],
  'src/media': ['src/http', 'src/store', 'src/channels', 'src/crms', 'lib'],
  'src/api': ['src/flows', 'src/channels', 'src/crms', 'lib'],
  'src/flows': ['src/api'],
  'src/aws': ['src/api', 'src/flows', 'src/local'],
  'src/local': ['src/api', 'src/flows', 'src/aws'],
  // What runs on one machine only is in no bundle.
  functions: ['src/local'],
};

function rankOf(path: string): number {
  return RANKS.findIndex((rooms) => rooms.some((room) => isIn(path, room)));
}

function isIn(path: string, room: string): boolean {
  return path === room || path.startsWith(`${room}/`);
}

function roomOf(path: string): string {
  return RANKS.flat().find((room) => isIn(path, room)) ?? '';
}

function wrongImports({ path, files }: SourceFile): string[] {
  const apart = APART[roomOf(path)] ?? [];
  const isWrong = (file: string) => rankOf(file) > rankOf(path) || apart.some((room) => isIn(file, room));
  return files.filter(isWrong).map((file) => `${path} imports ${file}`);
}

describe('imports', () => {
  test('belong to files in rooms only', () => {
    expect(sources.filter(({ path }) => rankOf(path) < 0).map(({ path }) => path)).toEqual([]);
  });

  test('form no circle, neither of folders nor of files', () => {
    expect(circlesOf(graphOf(sources, dirname))).toEqual([]);
    expect(circlesOf(graphOf(sources, (path) => path))).toEqual([]);
  });

  test('point one way: functions, then api and flows, then http, store and channels, then the domain', () => {
    expect(sources.flatMap(wrongImports)).toEqual([]);
  });

  test('of a messenger are in its own folder, except what messengers of one company share', () => {
    const shared = ['registry', 'meta'];
    const messengerOf = (path: string) => /^src\/channels\/([\w-]+)\//.exec(path)?.[1];
    const isForeign = (from: string | undefined, to: string | undefined) =>
      from !== undefined && to !== undefined && from !== to && !(shared.includes(to) || from === 'registry');
    const wrong = sources.flatMap(({ path, files }) =>
      files.filter((file) => isForeign(messengerOf(path), messengerOf(file))).map((file) => `${path} imports ${file}`),
    );

    expect(wrong).toEqual([]);
  });

  test('of a CRM are in its own folder, except in the registry', () => {
    const crmOf = (path: string) => /^src\/crms\/([\w-]+)\//.exec(path)?.[1];
    const isForeign = (from: string | undefined, to: string | undefined) =>
      from !== undefined && to !== undefined && from !== to && from !== 'registry';
    const wrong = sources.flatMap(({ path, files }) =>
      files.filter((file) => isForeign(crmOf(path), crmOf(file))).map((file) => `${path} imports ${file}`),
    );

    expect(wrong).toEqual([]);
  });

  test('of packages are dependencies where they go into a bundle: SDKs of CRMs are judges, and only that', () => {
    const { dependencies } = JSON.parse(readFileSync('package.json', 'utf8')) as { dependencies: object };
    const bundled = sources.filter(({ path }) => !isIn(path, 'lib') && !isIn(path, 'bin') && !isIn(path, 'src/local'));
    // Types are gone when the bundle is made.
    const named = bundled.flatMap(({ text }) => [
      ...text.matchAll(/^(?:im|ex)port (?!type )[^;]*?from '([^'#.][^']*)'/gm),
    ]);
    const packages = named.flatMap(([, name = '']) => /^(?!node:)(?:@[^/]+\/)?[^/]+/.exec(name) ?? []);

    expect([...new Set(packages)].filter((name) => !Object.hasOwn(dependencies, name))).toEqual([]);
  });

  test('of the AWS SDK are only in the store, in src/aws, src/local, bin and lib', () => {
    const allowed = ['src/store', 'src/aws', 'src/local', 'bin', 'lib'];
    const users = sources.filter(({ packages }) => packages.some((name) => name.startsWith('@aws-sdk/')));

    expect(users.map(({ path }) => path).filter((path) => !allowed.some((room) => isIn(path, room)))).toEqual([]);
  });

  test('of the domain are only its own files and node:crypto, and Temporal in one file', () => {
    const named = sources
      .filter(({ path }) => isIn(path, 'src/domain'))
      .flatMap(({ path, packages }) => packages.map((name) => (name === 'node:crypto' ? name : `${path}: ${name}`)));

    expect([...new Set(named)].sort()).toEqual(['node:crypto', 'src/domain/wall-time.ts: temporal-polyfill']);
  });

  test('of Temporal are in that file only', () => {
    const users = sources.filter(({ packages }) => packages.includes('temporal-polyfill'));

    expect(users.map(({ path }) => path)).toEqual(['src/domain/wall-time.ts']);
  });
});

describe('files', () => {
  test(`of more than ${LONGEST} lines say why in their first comment`, () => {
    const long = sources.filter(({ text }) => text.split('\n').length - 1 > LONGEST);
    const silent = long.filter(({ text }) => !/^(\/\*\*?|\/\/)[^\n]*longer than 300 lines/i.test(text));

    expect(silent.map(({ path }) => path)).toEqual([]);
  });
});

describe('functions', () => {
  test.each(functionNames)('%s is wired in three statements, and deps.ts holds what it is built from', (name) => {
    const { text } = sources.find(({ path }) => path === `functions/${name}/index.ts`)!;
    const statements = text.split('\n').filter((line) => /^(const|export|let|function|[a-z]+\()/.test(line));

    expect(statements.map((line) => line.replace(/ = .*$/, ''))).toEqual([
      'const platform',
      'const deps',
      'export const handler',
    ]);
    expect(text).toContain('const deps = createDeps(platform);');
  });

  test('are started by a route or a listener, and have grants', () => {
    const started = [...routes, SLASH_ROUTE, ...listeners].map((one) => one.function);

    expect([...new Set<string>(started)].sort()).toEqual([...functionNames]);
    expect(Object.keys(functions).sort()).toEqual([...functionNames]);
  });

  test('listen to every queue, and at most two of them to a stream', () => {
    const heard = listeners.flatMap((one) => ('queue' in one ? [one.queue] : []));
    const readers = Map.groupBy(
      listeners.filter((one) => 'stream' in one),
      ({ stream }) => stream,
    );

    expect(heard.sort()).toEqual(Object.keys(queues).sort());
    expect([...readers.values()].filter((all) => all.length > 2)).toEqual([]);
  });
});
