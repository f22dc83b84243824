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
}
