import { existsSync, globSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { describe, expect, test } from 'vitest';
import { codeBlocksOf, inlineCodeOf } from './markdown.ts';

const root = resolve(import.meta.dirname, '../..');
/** The pages that are checked. Decisions are not: they name what there was when they were made. */
const PAGES = [
  'README.md',
  'CONTRIBUTING.md',
  'docs/*.md',
  'docs/adr/README.md',
  'functions/*/README.md',
  'test/*/*.md',
];
const pages = globSync(PAGES, { cwd: root }).sort();

const SCRIPT = /\bnpm run (?:--silent )?([\w:-]+)/g;
/** A path from one of the folders of the repository, without a placeholder in it. */
const PATH = /^(?:bench|bin|clients|docs|functions|lib|src|test|web|\.ci)\/[\w./-]+$/;

const VERSION = /\d+(?:\.\d+)*/g;

const { engines, scripts } = JSON.parse(read('package.json'));

function read(path: string): string {
  return readFileSync(join(root, path), 'utf8');
}

function scriptsIn(text: string): string[] {
  return [...text.matchAll(SCRIPT)].map(([, name = '']) => name);
}

function pathsIn(markdown: string): string[] {
  return inlineCodeOf(markdown).filter((code) => PATH.test(code));
}

describe('the README', () => {
  test('shows a picture, then the one command that starts Konvert, then the one that tests it', () => {
    const text = read('README.md');
    const [before = ''] = text.split('```', 1);

    expect([...before.matchAll(/(?:src(?:set)?="|\]\()(docs\/images\/[\w-]+\.png)/g)].length).toBeGreaterThan(0);
    expect(codeBlocksOf(text).slice(0, 2)).toEqual([
      { language: 'bash', code: 'npm ci && npm start' },
      { language: 'bash', code: 'npm ci && npm test' },
    ]);
  });

  test('names the Node that package.json asks for', () => {
    const [sentence = ''] = /It needs Node\.js.*?,\s+with npm/s.exec(read('README.md')) ?? [];
    const asked = String(engines.node).replaceAll(/(\.0)+(?!\d)/g, '');

    expect(sentence.match(VERSION)).toEqual(expect.arrayContaining(asked.match(VERSION) ?? ['none']));
    expect(JSON.parse(read('package-lock.json')).packages[''].engines).toEqual(engines);
  });
});

test('scripts and paths are found in a page', () => {
  const page =
    '`npm run --silent konvert -- demo list`, `npm run test:unit`, `src/log.ts`, `.ci/run`, `src/{api,http}`, `GET /v1/x`';

  expect(scriptsIn(page)).toEqual(['konvert', 'test:unit']);
  expect(pathsIn(page)).toEqual(['src/log.ts', '.ci/run']);
});

describe.each(pages)('%s', (page) => {
  test('names no script that package.json lacks', () => {
    expect(scriptsIn(read(page)).filter((name) => !(name in scripts))).toEqual([]);
  });

  test('names no file that does not exist', () => {
    expect(pathsIn(read(page)).filter((path) => !existsSync(join(root, path)))).toEqual([]);
  });
});
