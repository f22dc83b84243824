import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { DEMO_KINDS } from '#local/demo/kinds';
import { DEMO_CLIENTS } from '#local/demo/kit/clients';

// The page is of another world: it is read as text.
const page = readFileSync('web/data/demo-messengers.ts', 'utf8');

test('the page plays every demo messenger, and every client', () => {
  const messengers = [...page.matchAll(/\{ name: '([\w-]+)', chatType: '(\w+)' \}/g)].map(([, ...found]) => found);
  const people = [...page.matchAll(/\{ id: '(\w+)', name: /g)].map(([, id]) => id);

  expect(messengers).toEqual(expect.arrayContaining(DEMO_KINDS.map(({ name, chatType }) => [name, chatType])));
  expect(people).toEqual(Object.keys(DEMO_CLIENTS));
});
