import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { eventHeaders } from '#flows/sign-event';
import { newSigningSecret } from '#store/accounts/open-receivers';
import { codeBlocksOf } from './markdown.ts';

/** How the code of the page is run: with a program that asks it about each case that stands in the file. */
const LANGUAGES = {
  js: {
    command: process.execPath,
    file: 'verify.mjs',
    around: (code: string) => `${code}
      const { readFileSync } = await import('node:fs');
      const cases = JSON.parse(readFileSync(process.argv[2], 'utf8'));
      console.log(JSON.stringify(cases.map(({ secret, headers, body }) => isSigned(secret, headers, body))));`,
  },
  python: {
    command: 'python3',
    file: 'verify.py',
    around: (code: string) => `${code}
import json, sys
cases = json.load(open(sys.argv[1], encoding="utf-8"))
print(json.dumps([is_signed(one["secret"], one["headers"], one["body"].encode()) for one in cases]))`,
  },
  php: {
    command: 'php',
    file: 'verify.php',
    around: (code: string) => `<?php ${code}
      $cases = json_decode(file_get_contents($argv[1]), true);
      echo json_encode(array_map(fn ($one) => is_signed($one['secret'], $one['headers'], $one['body']), $cases));`,
  },
} as const;

const page = readFileSync(resolve(import.meta.dirname, '../../docs/webhooks.md'), 'utf8');
const isThere = (command: string) => spawnSync(command, ['--version']).status === 0;

const [first, second, foreign] = [newSigningSecret(), newSigningSecret(), newSigningSecret()] as const;
const body = JSON.stringify({ messages: [{ text: 'Привет 👋 "a\\b"' }] });
const now = Date.now();
const headers = eventHeaders({ secrets: [first, second] }, 'event-1', body, now);
const cases = [
  { name: 'with the first secret', secret: first, is: true },
  { name: 'with the second secret', secret: second, is: true },
  { name: 'with another secret', secret: foreign, is: false },
  { name: 'another body', secret: first, body: `${body} `, is: false },
  { name: 'another id', secret: first, headers: { ...headers, 'webhook-id': 'event-2' }, is: false },
  { name: 'no headers', secret: first, headers: {}, is: false },
  { name: 'a time that is none', secret: first, headers: { ...headers, 'webhook-timestamp': 'now' }, is: false },
  ...[-301_000, 310_000].map((ms) => ({
    name: `sent at ${ms} ms`,
    secret: first,
    headers: eventHeaders({ secrets: [first] }, 'event-1', body, now + ms),
    is: false,
  })),
  {
    name: 'signatures that are none',
    secret: first,
    headers: { ...headers, 'webhook-signature': 'v1,é x v1a,= ' },
    is: false,
  },
];

let folder: string;

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'konvert-webhooks-'));
});
afterAll(() => rmSync(folder, { recursive: true }));

describe('the code of docs/webhooks.md that verifies signatures', () => {
  test('is there in every language that is tried', () => {
    const found = codeBlocksOf(page).map(({ language }) => language);
    expect(found).toEqual(Object.keys(LANGUAGES));
  });

  test.for(Object.entries(LANGUAGES))('%s takes what we sign, and nothing else', ([language, how], { skip }) => {
    const { command, file, around } = how;
    if (!isThere(command)) skip(`${command} is not installed`);
    const { code } = codeBlocksOf(page).find((block) => block.language === language)!;
    const asked = cases.map((one) => ({ headers, body, ...one }));
    const [script, questions] = [join(folder, file), join(folder, `${file}.json`)];
    writeFileSync(script, around(code));
    writeFileSync(questions, JSON.stringify(asked));

    const { stdout, stderr } = spawnSync(command, [script, questions], { encoding: 'utf8' });

    expect(stderr).toBe('');
    const answers = JSON.parse(stdout) as boolean[];
    expect(cases.map(({ name }, index) => [name, answers[index]])).toEqual(cases.map(({ name, is }) => [name, is]));
  });
});
