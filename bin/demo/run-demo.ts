import { type DemoAccount, readDemoAccount } from '#local/demo/account';
import { DEMO_CLIENTS, type DemoClient, isDemoClient } from '#local/demo/kit/clients';
import { DEMO_PATH } from '#local/demo/messenger';
import { NUMBER_PATH } from '#local/demo/whatsapp/number';
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
  const { text, client, user, channel, file } = wanted;
  try {
    const folder = readStartOptions(process.env).dataFolder;
    const demo = await readDemoAccount(`${folder}/demo.json`);
    if (!demo) throw new StepError(`There is no demo account in ${folder}. Start Konvert first: npm start`);
    const chosen = { client, ...(user !== undefined && { user }), ...(file !== undefined && { file }) };
    await step({ ...demo, ...placeOf(demo, channel, client), ...chosen }, text);
    return 0;
  } catch (error) {
    if (!(error instanceof StepError || error instanceof EnvironmentError)) throw error;
    console.error(error.message);
    return 1;
  }
}

/** Where the client's chat is in the messenger that is meant. */
function placeOf({ channelId, whatsappChannelId }: DemoAccount, channel: DemoChannel, client: DemoClient) {
  const { id, phone } = DEMO_CLIENTS[client];
  if (channel === 'telegram') return { channelId, chatType: 'telegram', chatId: String(id), messengerPath: DEMO_PATH };
  if (whatsappChannelId === undefined)
    throw new StepError('This demo account has no WhatsApp number. Start Konvert once more');
  return { channelId: whatsappChannelId, chatType: 'whatsapp', chatId: phone, messengerPath: NUMBER_PATH };
}

type DemoChannel = 'telegram' | 'whatsapp';

/** The words behind the name of a step. */
interface Words {
  readonly text: string;
  readonly client: DemoClient;
  readonly user: string | undefined;
  readonly channel: DemoChannel;
  readonly file: string | undefined;
}

/** Reads the words; undefined if `--client` names no client, or `--channel` no messenger. */
function readWords(words: readonly string[]): Words | undefined {
  const rest = [...words];
  const user = takeOption(rest, '--as');
  const client = takeOption(rest, '--client') ?? 'anna';
  const channel = takeOption(rest, '--channel') ?? 'telegram';
  const file = takeOption(rest, '--file');
  if (!isDemoClient(client) || (channel !== 'telegram' && channel !== 'whatsapp')) return undefined;
  return { text: rest.join(' '), client, user, channel, file };
}

/** Not `parseArgs`, which would take a word like `-5` for an option. Here, unknown words are part of the text. */
function takeOption(words: string[], name: string): string | undefined {
  const at = words.indexOf(name);
  return at === -1 ? undefined : (words.splice(at, 2)[1] ?? '');
}
