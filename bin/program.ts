import { Command, CommanderError } from 'commander';
import { EnvironmentError } from '#local/errors';
import { KonvertError } from '../clients/typescript/index.ts';
import { addAccounts } from './commands/accounts.ts';
import { addAssignments } from './commands/assignments.ts';
import { addChannels } from './commands/channels.ts';
import { addChats } from './commands/chats.ts';
import { addCheck } from './commands/check.ts';
import { addCrm } from './commands/crm.ts';
import { addDeliveries } from './commands/deliveries.ts';
import { addDemo } from './commands/demo.ts';
import { addDevices } from './commands/devices.ts';
import { addErasures } from './commands/erasures.ts';
import { addHealth } from './commands/health.ts';
import { addOwnBot } from './commands/own-bot.ts';
import { addPage } from './commands/page.ts';
import { addPeople } from './commands/people.ts';
import { addPipelines } from './commands/pipelines.ts';
import { addSchedules } from './commands/schedules.ts';
import { addSettings } from './commands/settings.ts';
import { addStatistics } from './commands/statistics.ts';
import { addTeam } from './commands/team.ts';
import { addUsers } from './commands/users.ts';
import { addWebhook } from './commands/webhook.ts';
import { wordsOf } from './terminal/api.ts';
import { StepError, WrongWordsError } from './terminal/errors.ts';
import { onLines } from './terminal/table.ts';
import type { Terminal } from './terminal/terminal.ts';
import { nounOf, withExample } from './terminal/verb.ts';

/** Tokens of Telegram and Meta, keys and secrets of ours. */
const SECRETS = /\d{6,}:[\w-]{20,}|\bEAA\w{20,}|\b[0-9a-f]{64}\b|\b(whsec|kp)_[\w+/=-]{10,}/g;

/** Everything that can be typed after `npm run konvert --`. */
export function createProgram(terminal: Terminal): Command {
  const program = new Command('npm run konvert --')
    .usage('<what> <what to do>')
    .description('Speaks to a Konvert on this machine (npm start), or to the one that --url or KONVERT_URL names.')
    .option('--url <address>', 'another Konvert than the one on this machine (KONVERT_URL)')
    .option('--key <key>', 'the API key; others can see it, so rather KONVERT_API_KEY or --key-file')
    .option('--key-file <file>', 'the file that holds the key')
    .option('--json', 'one JSON document in the place of a table')
    .configureHelp({ showGlobalOptions: true, helpWidth: Math.min(terminal.width ?? 100, 120), minWidthToWrap: 20 })
    .configureOutput({
      writeOut: (text) => terminal.print(text.trimEnd()),
      writeErr: (text) => terminal.note(text.trimEnd()),
      outputError: (text, write) => write(plainError(text)),
    })
    .showHelpAfterError('How it is used: the same with --help')
    .exitOverride();
  withExample(program, 'channels list');
  const root = nounOf(program, terminal);
  addAccounts(root.group('accounts', 'Companies and their keys', 'accounts create "My company"'));
  addChannels(root.group('channels', 'The messengers that clients write to', 'channels connect telegram'));
  addSettings(root.group('settings', 'Who gets what in each channel, and options', 'settings show'));
  addUsers(root.group('users', 'The people of the team', 'users add "Anna"'));
  addTeam(root.group('team', 'Who is on or away, and by which hours', 'team list'));
  addSchedules(root.group('schedules', 'The hours of channels and users', 'schedules list'));
  addPipelines(root.group('pipelines', 'The pipelines of deals', 'pipelines list'));
  addChats(root.group('chats', 'Who writes, and answers', 'chats unanswered'));
  addAssignments(root.group('assignments', 'Who got which client, and why', 'assignments list --user Anna'));
  addDeliveries(root.group('deliveries', 'What did not leave, and how to send it again', 'deliveries --state pending'));
  addWebhook(root.group('webhook', 'Where events go: the CRM', 'webhook set https://crm.example.com/konvert'));
  addCrm(
    root.group('crm', 'The connected CRM: HubSpot, amoCRM or Bitrix24', 'crm connect hubspot --field accessToken'),
  );
  addPeople(root.group('people', 'What is known of a client, and the end of it', 'people erase telegram 100200300'));
  addErasures(root.group('erasures', 'What was erased, and how far it is', 'erasures list'));
  addHealth(root);
  addStatistics(root);
  addCheck(root);
  addPage(root);
  addDevices(root.group('devices', 'The browsers that are signed in', 'devices list'));
  addDemo(root.group('demo', 'The demo company of npm start', 'demo write "Are you open?"').command);
  addOwnBot(root, terminal);
  return program;
}

/** Runs a command. Returns the exit code: 0 done, 1 refused or failed, 2 wrong words. */
export async function runProgram(words: readonly string[], terminal: Terminal): Promise<number> {
  try {
    await createProgram(terminal).parseAsync(withDefault(words), { from: 'user' });
    return 0;
  } catch (error) {
    if (error instanceof CommanderError) return error.exitCode === 0 ? 0 : 2;
    if (error instanceof WrongWordsError) return said(terminal, error.message, 2);
    if (error instanceof KonvertError) return said(terminal, wordsOf(error), 1);
    if (error instanceof StepError || error instanceof EnvironmentError) return said(terminal, error.message, 1);
    throw error;
  }
}

function said(terminal: Terminal, message: string, code: number): number {
  terminal.note(onLines(message).replaceAll(SECRETS, '…'));
  return code;
}

/** What commander found wrong, without values that may be secrets which somebody typed in the wrong place. */
function plainError(text: string): string {
  return text
    .replace(/^error: /, '')
    .replace(/(unknown option '--?[\w-]+)=[^']*'/, "$1'")
    .replace(/(but got \d+): .*/, '$1.')
    .replaceAll(SECRETS, '…');
}

/** `deliveries` alone lists them, as it always has. */
function withDefault(words: readonly string[]): string[] {
  const [noun = '', next = '-'] = words;
  const isList = noun === 'deliveries' && next.startsWith('-') && next !== '--help' && next !== '-h';
  return isList ? [noun, 'list', ...words.slice(1)] : [...words];
}
