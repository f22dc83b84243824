import { readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { describe, expect, test } from 'vitest';
import { functions } from '#lib/functions';
import { listeners, queues } from '#lib/listeners';

const page = readFileSync(join(resolve(import.meta.dirname, '../..'), 'docs/architecture.md'), 'utf8');
const rows = page.split('\n').filter((line) => line.startsWith('|'));

describe('docs/architecture.md', () => {
  test('names every function in a table', () => {
    const missing = Object.keys(functions).filter((name) => !rows.some((row) => row.includes(`\`${name}\``)));
    expect(missing).toEqual([]);
  });

  test('has a row for every queue, with its function and how many messages run at once', () => {
    const missing = listeners
      .filter((listener) => 'queue' in listener)
      .filter(({ function: name, queue }) => {
        const words = queue.replace(/[A-Z]/g, (letter) => ` ${letter.toLowerCase()}`);
        const told = [`queue of ${words}`, `${queues[queue].atOnce} at once`, `\`${name}\``];
        return !rows.some((row) => told.every((part) => row.includes(part)));
      });
    expect(missing).toEqual([]);
  });
});
