import { readDemoAccount } from '#local/demo/account';
import { DEMO_CLIENTS, type DemoClient, isDemoClient } from '#local/demo/clients';
import { EnvironmentError } from '#local/errors';
import { readStartOptions } from '#local/start-options';
import { StepError } from '../terminal/printed-calls.ts';
import { refuse } from '../terminal/usage.ts';
import { list, noReply, reply, write } from './conversation.ts';
import type { Demo } from './demo-calls.ts';
import { newClients } from './new-clients.ts';
import { people } from './people.ts';
import { receive } from './receive.ts';

const steps: Readonly<Record<string, (demo: Demo, text: string) => Promise<void>>> = {
  write,
  list,
  reply,
  'no-reply': noReply,
  people,
  'new-clients': newClients,
  receive,
};

/** Runs a step of the demo in the Konvert on this machine: its name, then options and text. Returns the exit code. */
export async function runDemo([name = '', ...words]: readonly string[]): Promise<number> {
  const step = Object.hasOwn(steps, name) ? steps[name] : undefined;
  const wanted = readWords(words);
  if (!step || !wanted) return refuse();
  const { text, client, user } = wanted;
  try {
    const folder = readStartOptions(process.env).dataFolder;
    const demo = await readDemoAccount(`${folder}/demo.json`);
    if (!demo) throw new StepError(`There is no demo account in ${folder}. Start Konvert first: npm start`);
    const chatId = String(DEMO_CLIENTS[client].id);
    await step({ ...demo, chatId, client, ...(user !== undefined && { user }) }, text);
    return 0;
  } catch (error) {
    if (!(error instanceof StepError || error instanceof EnvironmentError)) throw error;
    console.error(error.message);
    return 1;
  }
}

/** Reads the words behind the name of a step; undefined if `--client` names no client. */
function readWords(
  words: readonly string[],
): { text: string; client: DemoClient; user: string | undefined } | undefined {
  const rest = [...words];
  const user = takeOption(rest, '--as');
  const client = takeOption(rest, '--client') ?? 'anna';
  return isDemoClient(client) ? { text: rest.join(' '), client, user } : undefined;
}

/** Not `parseArgs`, which would take a word like `-5` for an option. Here, unknown words are part of the text. */
function takeOption(words: string[], name: string): string | undefined {
  const at = words.indexOf(name);
  return at === -1 ? undefined : (words.splice(at, 2)[1] ?? '');
}
