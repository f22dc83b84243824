import { type DemoAccount, readDemoAccount } from '#local/demo/account';
import { DEMO_KINDS } from '#local/demo/kinds';
import { DEMO_CLIENTS, type DemoClient } from '#local/demo/kit/clients';
import { pathOf } from '#local/demo/kit/open-kind';
import { DEMO_PATH } from '#local/demo/messenger';
import { NUMBER_PATH } from '#local/demo/whatsapp/number';
import { readStartOptions } from '#local/start-options';
import { StepError } from '../terminal/errors.ts';
import { list, noReply, refuse, reply, write } from './conversation.ts';
import type { Demo } from './demo-calls.ts';
import { newClients } from './new-clients.ts';
import { people } from './people.ts';
import { receive } from './receive.ts';

const steps = { write, list, reply, 'no-reply': noReply, people, 'new-clients': newClients, receive, refuse } as const;

/** A step of the demo. */
export type DemoStep = keyof typeof steps;

/** The options of the steps. */
export interface DemoOptions {
  readonly as?: string;
  readonly client?: DemoClient;
  readonly channel?: string;
  readonly file?: string;
}

/** Runs a step of the demo in the Konvert on this machine. */
export async function runStep(step: DemoStep, options: DemoOptions, words: readonly string[]): Promise<void> {
  const { as: user, client = 'anna', channel = 'telegram', file } = options;
  const folder = readStartOptions(process.env).dataFolder;
  const demo = await readDemoAccount(`${folder}/demo.json`);
  if (!demo) throw new StepError(`There is no demo account in ${folder}. Start Konvert first: npm start`);
  const flags = [channel === 'telegram' ? '' : ` --channel ${channel}`, client === 'anna' ? '' : ` --client ${client}`];
  const chosen = {
    client,
    flags: flags.join(''),
    ...(user !== undefined && { user }),
    ...(file !== undefined && { file }),
  };
  await steps[step]({ ...demo, ...placeOf(demo, channel, client), ...chosen } satisfies Demo, words.join(' '));
}

/** Where the client's chat is in the messenger that is meant. */
function placeOf({ channelId, whatsappChannelId, channels }: DemoAccount, channel: string, client: DemoClient) {
  const { id, phone } = DEMO_CLIENTS[client];
  if (channel === 'telegram') return { channelId, chatType: 'telegram', chatId: String(id), messengerPath: DEMO_PATH };
  if (channel === 'whatsapp') {
    const place = { chatType: 'whatsapp', chatId: phone, messengerPath: NUMBER_PATH };
    return { channelId: there(whatsappChannelId, channel), ...place };
  }
  const kind = DEMO_KINDS.find(({ name }) => name === channel);
  if (!kind) throw new StepError(`There is no messenger ${channel} in the demo`);
  const { chatType, chatOf } = kind;
  return {
    channelId: there(channels[channel], channel),
    chatType,
    chatId: chatOf(client),
    messengerPath: pathOf(kind),
  };
}

function there(channelId: string | undefined, channel: string): string {
  if (channelId === undefined)
    throw new StepError(`This demo account has no channel ${channel}. Start Konvert once more`);
  return channelId;
}
