import { cp, mkdir, readFile, symlink, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { factsOf, makeProject, projects, repository, run, TSC } from '#test/clients/project';
import { useKonvert } from '#test/page/konvert';

// Types that somebody else's generator makes of the description as it is served, and a program that is written by them.

const GENERATOR = join(repository, 'clients/typescript/node_modules/openapi-typescript/bin/cli.js');
const STRICT = { strict: true, exactOptionalPropertyTypes: true, noUncheckedIndexedAccess: true, noImplicitAny: true };

const konvert = useKonvert();
let folder = '';
let remove = async () => {};

beforeAll(async () => {
  ({ folder, remove } = await makeProject());
  await cp(join(projects, 'generated'), folder, { recursive: true });
  await mkdir(join(folder, 'node_modules/@types'), { recursive: true });
  for (const name of ['openapi-fetch', 'openapi-typescript-helpers', '@types/node', 'undici-types'])
    await symlink(join(repository, 'node_modules', name), join(folder, 'node_modules', name));
  await writeFile(join(folder, 'package.json'), JSON.stringify({ private: true, type: 'module' }));
});
afterAll(() => remove());

test('a program by types of openapi-typescript makes an account, connects a channel, sends and reads', async () => {
  await generate('schema.ts');
  await compile('story.ts');

  expect(await run(folder, process.execPath, ['built/story.js'], await factsOf(konvert.process))).toBe('done\n');
});

test('no cast and no `any` is in it, nor in its types', async () => {
  const [story, types] = await Promise.all(
    ['story.ts', 'schema.ts'].map((name) => readFile(join(folder, name), 'utf8')),
  );

  expect(story).not.toMatch(/\bany\b|@ts-|\bas (?!const)\w|!\./);
  expect(types).not.toMatch(/: any\b/);
});

test('other options of the generator make types that compile, too', async () => {
  await generate('other.ts', '--alphabetize', '--enum', '--root-types', '--immutable', '--array-length');

  await compile('other.ts');
});

async function generate(file: string, ...options: string[]): Promise<void> {
  const printed = await run(folder, process.execPath, [
    GENERATOR,
    `${konvert.url}/openapi.json`,
    '-o',
    file,
    ...options,
  ]);
  expect(printed).not.toMatch(/warn|error/i);
}

async function compile(file: string): Promise<void> {
  const compilerOptions = {
    target: 'es2022',
    module: 'nodenext',
    lib: ['es2022'],
    types: ['node'],
    ...STRICT,
    outDir: 'built',
  };
  await writeFile(join(folder, 'tsconfig.json'), JSON.stringify({ compilerOptions, files: [file] }));
  await run(folder, process.execPath, [TSC]);
}
