import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs';
import { dirname, join, relative, resolve } from 'node:path';
import { describe, expect, test } from 'vitest';
import { anchorsOf, linksOf } from './markdown.ts';
import { notBuiltYet } from './not-built-yet.ts';

const root = resolve(import.meta.dirname, '../..');
const PAGES = ['README.md', 'CONTRIBUTING.md', 'CHANGELOG.md'];
const FOLDERS = ['src', 'functions', 'lib', 'bin', 'web', 'clients', 'test', 'bench', 'docs'];
/** Files that others wrote. They cite no rules. */
const FOREIGN = 'test/fixtures/';

/** One rule, or a range of rules (`P1–P4`). Hexadecimal digits behind `%`, `\` or `-` only look like a rule. */
const CITATION = /(?<![\w%\\.-])([RUDTCNSPEI])([1-9]\d?)(?:[–-]\1([1-9]\d?))?(?!\w)/g;
const RULE = /^- \*\*([A-Z]\d{1,2})\*\* [\s\S]*?(?=^- \*\*|^#|^\|)/gm;

/** The texts of the rules in the rule book, by their numbers. */
const rules = new Map([...read('docs/rules.md').matchAll(RULE)].map(([text, rule = '']) => [rule, text]));
const unbuilt = notBuiltYet.map(({ rule }) => rule);

function read(path: string): string {
  return readFileSync(join(root, path), 'utf8');
}

function filesIn(folder: string): string[] {
  return readdirSync(join(root, folder), { recursive: true, encoding: 'utf8' })
    .map((name) => join(folder, name))
    .filter((path) => /\.(tsx?|md)$/.test(path) && !path.startsWith(FOREIGN) && !path.includes('node_modules'));
}

function citedIn(text: string): string[] {
  return [...text.matchAll(CITATION)].flatMap(([, kind, first, last = first]) =>
    Array.from({ length: Number(last) - Number(first) + 1 }, (_, index) => `${kind}${Number(first) + index}`),
  );
}

describe('rules are found in a text:', () => {
  test.each([
    ['a rule (U3), or `D10`; R1, R3: both', ['U3', 'D10', 'R1', 'R3']],
    ['P1–P4, I6-I7', ['P1', 'P2', 'P3', 'P4', 'I6', 'I7']],
    [String.raw`2026-11-30T15:00, T00:00, %D0%90%D1, \uD83D, \xD9, 7f-D4, P256, SHA1, U+FFFD, n1, D1x`, []],
  ])('%s', (text, cited) => {
    expect(citedIn(text)).toEqual(cited);
  });
});

describe('the rule book', () => {
  test('numbers the rules of each kind from 1 on, without a gap', () => {
    const found = [...read('docs/rules.md').matchAll(RULE)].map(([, rule = '']) => rule);

    const byKind = [...Map.groupBy(found, (rule) => rule.charAt(0))];
    expect(found).toEqual(byKind.flatMap(([kind, ofKind]) => ofKind.map((_, index) => `${kind}${index + 1}`)));
    expect(found.flatMap((rule) => citedIn(`(${rule})`))).toEqual(found);
    expect(byKind.map(([kind]) => kind).join('')).toBe('RUDTCNSPEI');
  });

  test('holds every rule that is cited anywhere', () => {
    const unknown = [...PAGES, ...FOLDERS.flatMap(filesIn)].flatMap((path) =>
      citedIn(read(path))
        .filter((rule) => !rules.has(rule))
        .map((rule) => `${path} cites ${rule}`),
    );

    expect(unknown).toEqual([]);
  });

  test('holds no rule without a test that cites it, except those that are not built yet', () => {
    const tests = filesIn('test').filter((path) => path.endsWith('.ts') && !path.startsWith('test/docs/'));
    const cited = new Set(tests.flatMap((path) => citedIn(read(path))));

    const unshown = [...rules.keys()].filter((rule) => !cited.has(rule) && !unbuilt.includes(rule));
    expect({ unshown }).toEqual({ unshown: [] });
    // A change that builds one of these removes it from the list.
    expect({ unbuiltAndCited: unbuilt.filter((rule) => cited.has(rule)) }).toEqual({ unbuiltAndCited: [] });
  });

  test('says "Not built yet" in every rule that is not built yet', () => {
    expect(unbuilt.filter((rule) => !rules.get(rule)?.match(/[*_]Not\s+built\s+yet/))).toEqual([]);
    expect(new Set(unbuilt).size).toBe(unbuilt.length);
  });
});

describe('all links lead somewhere in', () => {
  const pages = [...PAGES, ...FOLDERS.flatMap(filesIn)].filter((path) => path.endsWith('.md'));

  test.each(pages)('%s', (page) => {
    const broken = linksOf(read(page)).filter((link) => !leadsSomewhere(page, link));

    expect(broken).toEqual([]);
  });
});

/** Whether a link leads to a file and heading. Addresses outside the repository are not checked. */
function leadsSomewhere(page: string, link: string): boolean {
  if (/^[a-z][a-z\d+.-]*:/i.test(link)) return true;
  const [path = '', anchor] = link.split('#');
  const target = path === '' ? join(root, page) : resolve(root, dirname(page), decodeURIComponent(path));
  if (relative(root, target).startsWith('..') || !existsSync(target)) return false;
  if (anchor === undefined || statSync(target).isDirectory() || !target.endsWith('.md')) return anchor === undefined;
  return anchorsOf(readFileSync(target, 'utf8')).has(anchor);
}
