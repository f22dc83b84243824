import { refuse } from './terminal/usage.ts';

/** Runs a command with the words that follow its name. Returns the exit code. */
type Command = (words: readonly string[]) => Promise<number>;

const commands: Readonly<Record<string, Command>> = {
  demo: async (words) => (await import('./demo/run-demo.ts')).runDemo(words),
  'connect-telegram': async (words) => (await import('./connect-telegram.ts')).connectTelegram(words),
  page: async (words) => (await import('./page.ts')).openPage(words),
  deliveries: async (words) => (await import('./deliveries/run-deliveries.ts')).runDeliveries(words),
  'operator-key': async (words) => (await import('./operator-key.ts')).makeOperatorKey(words),
};

const [name = '', ...words] = process.argv.slice(2);
const command = Object.hasOwn(commands, name) ? commands[name] : undefined;
process.exitCode = command ? await command(words) : refuse();
