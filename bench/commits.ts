import { randomUUID } from 'node:crypto';
import { PutCommand } from '@aws-sdk/lib-dynamodb';
import { tables } from '../bin/start/create-konvert.ts';
import type { StartedKonvert } from './started-konvert.ts';
import { type Row, rounded } from './table.ts';

const SECONDS = 2;
const AT_ONCE = 16;

/**
 * How many items a second the engine of `npm start` writes to its file while nothing else happens. It commits each by
 * itself, so this is the speed of the disk, and bounds everything that `npm start` does.
 */
export async function measureCommits({ database }: StartedKonvert): Promise<Row> {
  const startedAt = performance.now();
  let written = 0;
  async function write(): Promise<void> {
    while (performance.now() - startedAt < SECONDS * 1000) {
      const Item = { l: 'bench', e: randomUUID() };
      await database.send(new PutCommand({ TableName: tables.outbox, Item }));
      written += 1;
    }
  }
  await Promise.all(Array.from({ length: AT_ONCE }, write));
  const seconds = (performance.now() - startedAt) / 1000;
  const figure = `${rounded(written / seconds, 0)} a second`;
  return { what: 'for comparison: items that the engine of npm start writes to this disk', budget: '', figure };
}
