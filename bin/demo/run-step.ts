import { type DemoAccount, readDemoAccount } from '#local/demo/account';
import { DEMO_CLIENTS, type DemoClient } from '#local/demo/kit/clients';
import { DEMO_PATH } from '#local/demo/messenger';
import { NUMBER_PATH } from '#local/demo/whatsapp/number';
import { readStartOptions } from '#local/start-options';
import { StepError } from '../terminal/errors.ts';
import { list, noReply, reply, write } from './conversation.ts';
import type { Demo } from './demo-calls.ts';
import { newClients } from './new-clients.ts';
import { people } from './people.ts';
import { receive } from './receive.ts';

const steps = { write, list, reply, 'no-reply': noReply, people, 'new-clients': newClients, receive } as const;

/** A step of the demo. */
export type DemoStep = keyof typeof steps;

/** The options of the steps. */
export interface DemoOptions {
  readonly as?: string;
  readonly client?: DemoClient;
  readonly channel?: DemoChannel;
  readonly file?: string;
}

/** The messengers of the demo company. */
export type DemoChannel = 'telegram' | 'whatsapp';

/** Runs a step of the demo in the Konvert on this machine. */
export async function runStep(step: DemoStep, options: DemoOptions, words: readonly string[]): Promise<void> {
  const { as: user, client = 'anna', channel = 'telegram', file } = options;
  const folder = readStartOptions(process.env).dataFolder;
  const demo = await readDemoAccount(`${folder}/demo.json`);
  if (!demo) throw new StepError(`There is no demo account in ${folder}. Start Konvert first: npm start`);
  const chosen = { client, ...(user !== undefined && { user }), ...(file !== undefined && { file }) };
  await steps[step]({ ...demo, ...placeOf(demo, channel, client), ...chosen } satisfies Demo, words.join(' '));
}

/** Where the client's chat is in the messenger that is meant. */
function placeOf({ channelId, whatsappChannelId }: DemoAccount, channel: DemoChannel, client: DemoClient) {
  const { id, phone } = DEMO_CLIENTS[client];
  if (channel === 'telegram') return { channelId, chatType: 'telegram', chatId: String(id), messengerPath: DEMO_PATH };
  if (whatsappChannelId === undefined)
    throw new StepError('This demo account has no WhatsApp number. Start Konvert once more');
  return { channelId: whatsappChannelId, chatType: 'whatsapp', chatId: phone, messengerPath: NUMBER_PATH };
}
