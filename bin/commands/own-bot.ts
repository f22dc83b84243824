import type { Terminal } from '../terminal/terminal.ts';
import type { Noun } from '../terminal/verb.ts';
import { withExample } from '../terminal/verb.ts';

/** The commands that are no calls of the API alone: an own bot from token to first reply, and the key of a deployment. */
export function addOwnBot({ command, verb }: Noun, terminal: Terminal): void {
  const connect = command
    .command('connect-telegram')
    .description('Your own bot, from its token to the first reply, each call printed')
    .option('--take-over', 'take the bot away from the program that gets its messages')
    .action(async ({ takeOver = false }: { takeOver?: boolean }) => {
      const { connectTelegram } = await import('../own-bot/connect-telegram.ts');
      await connectTelegram(terminal, takeOver);
    });
  withExample(connect, 'connect-telegram');

  verb<{ table: string }>(
    'operator-key',
    'Make the operator key of a deployment, with your AWS credentials',
    'operator-key --table konvert-prod-Settings',
    async ({ options: { table } }) => {
      const { makeOperatorKey } = await import('../operator/operator-key.ts');
      const key = await makeOperatorKey(table);
      terminal.note('The operator key, shown this once; a key before it ends within 10 seconds:');
      return { json: { operatorKey: key }, text: key };
    },
  ).requiredOption('--table <SettingsTableName>', 'an output of the stack; the region is found as the AWS CLI does');

  verb<{ table: string }>(
    'data-version',
    'Whether this version may be deployed over that stack, with your AWS credentials',
    'data-version --table konvert-prod-Settings',
    async ({ options: { table } }) => {
      const { readDataVersion } = await import('../operator/data-version.ts');
      const { stored, known } = await readDataVersion(table);
      return { json: { stored, known }, text: `The data has version ${stored}; this Konvert writes version ${known}.` };
    },
  ).requiredOption('--table <SettingsTableName>', 'an output of the stack; the region is found as the AWS CLI does');

  verb<{ from: string; to: string; whole?: true }>(
    'restore-table',
    'Bring items of a restored table back into the table of a deployment, with your AWS credentials',
    'restore-table --from restored-chats --to konvert-prod-chats',
    async ({ options: { from, to, whole = false } }) => {
      const { restoreTable } = await import('../operator/restore-table.ts');
      const done = await restoreTable(from, to, whole);
      return { json: done, text: `${done.put} put, ${done.deleted} deleted, ${done.left} left as they were.` };
    },
  )
    .requiredOption('--from <table>', 'the table that DynamoDB made from a backup')
    .requiredOption('--to <table>', 'the table of the stack, one of its outputs')
    .option('--whole', 'as it was then: what differs is put back, what came later is deleted');
}
