import { cp, readdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { factsOf, makeProject, projects, repository, run, TSC } from '#test/clients/project';
import { useKonvert } from '#test/page/konvert';

// The client as its users get it: packed, installed from the archive in a folder that knows nothing of ours, and used
// against a real Konvert with its demo messenger.

const SOURCE = join(repository, 'clients/typescript');
/** What the client needs at run time. The registry is not asked: the archives are made of what is installed here. */
const NEEDED = ['openapi-fetch', 'openapi-typescript-helpers', 'standardwebhooks', '@stablelib/base64', 'fast-sha256'];

const konvert = useKonvert();
let folder = '';
let remove = async () => {};

beforeAll(async () => {
  ({ folder, remove } = await makeProject());
  // npm runs the build before it packs the client. What is installed has been built, and cannot be again.
  await run(SOURCE, 'npm', ['pack', '--silent', '--offline', '--pack-destination', folder]);
  const needed = NEEDED.map((name) => join(repository, 'node_modules', name));
  await run(folder, 'npm', ['pack', '--silent', '--offline', '--ignore-scripts', ...needed]);
  await writeFile(join(folder, 'package.json'), JSON.stringify({ private: true, type: 'module' }));
  const archives = (await readdir(folder)).filter((name) => name.endsWith('.tgz')).map((name) => `./${name}`);
  await run(folder, 'npm', ['install', '--offline', '--no-audit', '--no-fund', ...archives]);
  for (const project of ['javascript', 'typescript'])
    await cp(join(projects, project), join(folder, project), { recursive: true });
});
afterAll(() => remove());

const play = async (program: string) => run(folder, process.execPath, [program], await factsOf(konvert.process));

test('the archive holds what is built, and nothing else', async () => {
  const installed = join(folder, 'node_modules/@konvert/client');
  const files = (await readdir(installed, { recursive: true, withFileTypes: true }))
    .filter((entry) => entry.isFile())
    .map(({ parentPath, name }) => join(parentPath, name).slice(installed.length + 1));

  expect(files.sort()).toEqual([
    'LICENSE',
    'README.md',
    ...['answer', 'events', 'index', 'schema'].flatMap((name) => [`dist/${name}.d.ts`, `dist/${name}.js`]),
    'package.json',
  ]);
  const license = await readFile(join(repository, 'LICENSE'), 'utf8');
  expect(await readFile(join(installed, 'LICENSE'), 'utf8')).toBe(license);
});

test('a program in JavaScript makes an account, connects a channel, sends and reads', async () => {
  expect(await play('javascript/story.js')).toBe('done\n');
});

test.each([
  { resolution: 'nodenext', module: 'nodenext', lib: ['es2022'], types: ['node'] },
  { resolution: 'bundler', module: 'esnext', lib: ['es2022', 'dom'], types: ['node'] },
])('a strict program in TypeScript does, too, with $resolution, and the README compiles', async (options) => {
  const { resolution, ...rest } = options;
  const readme = await readFile(join(SOURCE, 'README.md'), 'utf8');
  const examples = [...readme.matchAll(/```ts\n(.*?)```/gs)].map(([, source = '']) => source);
  expect(examples.length).toBeGreaterThan(3);
  const files = examples.map((_, index) => `typescript/readme-${1 + index}.ts`);
  for (const [index, source] of examples.entries()) await writeFile(join(folder, files[index]!), source);

  await compile(['typescript/story.ts', ...files], `built-${resolution}`, { ...rest, moduleResolution: resolution });

  expect(await play(`built-${resolution}/story.js`)).toBe('done\n');
});

/** Compiles with all that a careful project has on, libraries included. */
async function compile(files: readonly string[], outDir: string, options: object): Promise<void> {
  const types = join(folder, 'node_modules/@types');
  await cp(join(repository, 'node_modules/@types/node'), join(types, 'node'), { recursive: true });
  await cp(join(repository, 'node_modules/undici-types'), join(folder, 'node_modules/undici-types'), {
    recursive: true,
  });
  const strict = { strict: true, exactOptionalPropertyTypes: true, noUncheckedIndexedAccess: true };
  const compilerOptions = {
    target: 'es2022',
    skipLibCheck: false,
    verbatimModuleSyntax: true,
    ...strict,
    ...options,
    outDir,
  };
  const config = join(folder, `${outDir}.json`);
  await writeFile(config, JSON.stringify({ compilerOptions, files }));
  await run(folder, process.execPath, [TSC, '-p', config]);
}
