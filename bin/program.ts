import { Command, CommanderError } from 'commander';
import { EnvironmentError } from '#local/errors';
import { KonvertError } from '../clients/typescript/index.ts';
import { addChannels } from './commands/channels.ts';
import { addDeliveries } from './commands/deliveries.ts';
import { addDemo } from './commands/demo.ts';
import { addOwnBot } from './commands/own-bot.ts';
import { addPage } from './commands/page.ts';
import { addSettings } from './commands/settings.ts';
import { addUsers } from './commands/users.ts';
import { wordsOf } from './terminal/api.ts';
import { StepError, WrongWordsError } from './terminal/errors.ts';
import type { Terminal } from './terminal/terminal.ts';
import { nounOf, withExample } from './terminal/verb.ts';

/** Everything that can be typed after `npm run konvert --`. */
export function createProgram(terminal: Terminal): Command {
  const program = new Command('npm run konvert --')
    .usage('<what> <what to do>')
    .description('Speaks to a Konvert on this machine (npm start), or to the one that --url or KONVERT_URL names.')
    .option('--url <address>', 'another Konvert than the one on this machine (KONVERT_URL)')
    .option('--key <key>', 'the API key; others can see it, so rather KONVERT_API_KEY or --key-file')
    .option('--key-file <file>', 'the file that holds the key')
    .option('--json', 'one JSON document in the place of a table')
    .configureHelp({ showGlobalOptions: true, helpWidth: Math.min(terminal.width ?? 100, 120) })
    .configureOutput({
      writeOut: (text) => terminal.print(text.trimEnd()),
      writeErr: (text) => terminal.note(text.trimEnd()),
      outputError: (text, write) => write(plainError(text)),
    })
    .showHelpAfterError('How it is used: the same with --help')
    .exitOverride();
  withExample(program, 'channels list');
  const root = nounOf(program, terminal);
  addChannels(root.group('channels', 'The messengers that clients write to', 'channels list'));
  addSettings(root.group('settings', 'Who gets what, in each channel', 'settings show'));
  addUsers(root.group('users', 'The people of the team', 'users add "Anna"'));
  addDeliveries(root.group('deliveries', 'What did not leave, and how to send it again', 'deliveries --state pending'));
  addPage(root);
  addDemo(root.group('demo', 'The demo company of npm start', 'demo write "Are you open?"').command);
  addOwnBot(root, terminal);
  return program;
}

/** Runs a command. Returns the exit code: 0 done, 1 refused or failed, 2 wrong words. */
export async function runProgram(words: readonly string[], terminal: Terminal): Promise<number> {
  try {
    await createProgram(terminal).parseAsync(withDefault(words.filter(Boolean)), { from: 'user' });
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
  terminal.note(message);
  return code;
}

/** What commander found wrong, without the value of an unknown option: it may be a secret. */
function plainError(text: string): string {
  return text.replace(/^error: /, '').replace(/(unknown option '--[\w-]+)=[^']*'/, "$1'");
}

/** `deliveries` alone lists them, as it always has. */
function withDefault(words: readonly string[]): string[] {
  const [noun = '', next = '-'] = words;
  const isList = noun === 'deliveries' && next.startsWith('-') && next !== '--help' && next !== '-h';
  return isList ? [noun, 'list', ...words.slice(1)] : [...words];
}
