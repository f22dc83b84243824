import { deepEqual, equal, notDeepEqual } from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import { run } from './command.ts';
import type { Engine } from './engine.ts';
import type { Report } from './report.ts';
import type { Kept } from './upgrade.ts';

/**
 * Tries the steps of docs/operations.md: the tables are backed up, some of what they hold is lost and something else comes,
 * DynamoDB makes tables from the backups, and a command brings their items back.
 */
export async function playBackup(engine: Engine, kept: Kept, report: Report): Promise<void> {
  const tables = Object.entries(kept)
    .filter(([id]) => id.startsWith('tables'))
    .map(([, name]) => name);
  const all = async () =>
    new Map(await Promise.all(tables.map(async (name) => [name, await itemsOf(engine, name)] as const)));
  const restore = async (made: readonly (readonly [string, string])[], ...how: string[]) => {
    for (const [from, to] of made) {
      const words = ['run', '--silent', 'konvert', '--', 'restore-table', '--from', from, '--to', to, ...how];
      await run('npm', words, { env: engine.env });
    }
  };

  const [before, made] = await report.check('tables are restored into new ones from a backup of each', async () => {
    const stored = await all();
    return [stored, await Promise.all(tables.map((name) => throughBackup(engine, name)))] as const;
  });
  await report.check('konvert restore-table brings back what was lost, and leaves what came later', async () => {
    const messages = tables.find((name) => name.includes('tablesmessages')) ?? '';
    const [lost] = before.get(messages) ?? [];
    const { c, k } = lost as { c: object; k: object };
    await engine.call('dynamodb', 'delete_item', { TableName: messages, Key: { c, k } });
    const later = { c: { S: `later#${randomUUID()}` }, k: { S: 'once#later' } };
    await engine.call('dynamodb', 'put_item', { TableName: messages, Item: later });
    notDeepEqual(await itemsOf(engine, messages), before.get(messages));
    await restore(made.filter(([, to]) => to === messages));
    const now = await itemsOf(engine, messages);
    equal(now.length, (before.get(messages)?.length ?? 0) + 1);
    await restore(
      made.filter(([, to]) => to === messages),
      '--whole',
    );
    deepEqual(await itemsOf(engine, messages), before.get(messages));
  });
  for (const [TableName] of made) await engine.call('dynamodb', 'delete_table', { TableName });
}

/** Makes a backup of the table, and a new table from it. Resolves to the names of the new and of the old one. */
async function throughBackup({ call }: Engine, TableName: string): Promise<readonly [string, string]> {
  const { BackupDetails } = await call('dynamodb', 'create_backup', { TableName, BackupName: 'before' });
  const TargetTableName = `${TableName}-restored`;
  await call('dynamodb', 'restore_table_from_backup', { TargetTableName, BackupArn: BackupDetails.BackupArn });
  return [TargetTableName, TableName];
}

async function itemsOf({ call }: Engine, TableName: string): Promise<object[]> {
  const { Items } = await call('dynamodb', 'scan', { TableName });
  const name = (item: object) => JSON.stringify(Object.entries(item).sort());
  return (Items as object[]).toSorted((one, other) => name(one).localeCompare(name(other)));
}
