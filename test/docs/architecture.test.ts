import { readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { describe, expect, test } from 'vitest';
import { functions } from '#lib/functions';
import { queues } from '#lib/listeners';
import { queueListeners, wordsOf } from '#test/queues';

const page = readFileSync(join(resolve(import.meta.dirname, '../..'), 'docs/architecture.md'), 'utf8');
const rows = page.split('\n').filter((line) => line.startsWith('|'));

describe('docs/architecture.md', () => {
  test('names every function in a table', () => {
    const missing = Object.keys(functions).filter((name) => !rows.some((row) => row.includes(`\`${name}\``)));
    expect(missing).toEqual([]);
  });

  test('has a row for every queue, with its function and how many messages run at once', () => {
    const missing = queueListeners.filter(({ function: name, queue }) => {
      const told = [`queue of ${wordsOf(queue)}`, `${queues[queue].atOnce} at once`, `\`${name}\``];
      return !rows.some((row) => told.every((part) => row.includes(part)));
    });
    expect(missing).toEqual([]);
  });
});
