import * as z from 'zod/mini';
import type { Messenger } from '#channels/channel';
import type { OpenChannel, OpenChannels } from '#store/channels';
import { DEMO_CLIENT, DEMO_PATH } from './demo-messenger.ts';
import type { Gateway } from './gateway.ts';
import { readJsonFile, writeJsonFile } from './json-file.ts';

const demoSchema = z.object({
  /** Where Konvert was last started. */
  url: z.string(),
  accountId: z.string(),
  apiKey: z.string(),
  channelId: z.string(),
  chatType: z.string(),
  chatId: z.string(),
});

/** The demo account with its one channel and chat, and where Konvert serves it. */
export type DemoAccount = z.infer<typeof demoSchema>;

export interface DemoDeps {
  readonly gateway: Gateway;
  readonly channels: Pick<OpenChannels, 'get' | 'change'>;
  readonly messengerFor: (transport: string) => Messenger | undefined;
  readonly operatorKey: string;
  readonly botToken: string;
  /** Where this process reaches itself. */
  readonly url: string;
}

const TRANSPORT = 'telegram';
const accountSchema = z.object({ accountId: z.string(), apiKey: z.string() });
const channelSchema = z.object({ channelId: z.string() });

/** The demo account of a data folder; undefined where none was made. */
export async function readDemoAccount(file: string): Promise<DemoAccount | undefined> {
  const stored = await readJsonFile(file);
  return stored === undefined ? undefined : demoSchema.parse(stored);
}

/** Makes the demo account where it is missing, by the routes that everybody uses, and connects it to this address. */
export async function openDemoAccount(file: string, deps: DemoDeps): Promise<DemoAccount> {
  const known = await readDemoAccount(file);
  const channel = known && (await deps.channels.get(known.channelId));
  const account = known && channel ? { ...known, url: deps.url } : await makeAccount(deps);
  if (channel) await reconnect(deps, channel);
  await writeJsonFile(file, account);
  return account;
}

async function makeAccount({ gateway, operatorKey, botToken, url }: DemoDeps): Promise<DemoAccount> {
  async function post<T extends z.ZodMiniType>(target: string, key: string, body: unknown, schema: T) {
    const headers = { authorization: `Bearer ${key}`, 'content-type': 'application/json' };
    const answer = await gateway({ method: 'POST', target, headers, body: Buffer.from(JSON.stringify(body)) });
    if (answer.status !== 201) throw new Error(`The demo account was refused: ${target} answered ${answer.status}`);
    return schema.parse(JSON.parse(String(answer.body))) as z.infer<T>;
  }

  const account = await post('/v1/accounts', operatorKey, { name: 'Demo' }, accountSchema);
  const credentials = { botToken, apiBaseUrl: url + DEMO_PATH };
  const wanted = { transport: TRANSPORT, name: 'Demo bot', credentials };
  const { channelId } = await post('/v1/channels', account.apiKey, wanted, channelSchema);
  return { url, ...account, channelId, chatType: TRANSPORT, chatId: String(DEMO_CLIENT.id) };
}

/** The port may be another one than last time. */
async function reconnect({ channels, messengerFor, botToken, url }: DemoDeps, channel: OpenChannel): Promise<void> {
  const credentials = { botToken, apiBaseUrl: url + DEMO_PATH };
  const { channelId, webhookSecret } = channel;
  await channels.change(channelId, { secrets: { credentials, webhookSecret } });
  const webhookUrl = `${url}/webhooks/${TRANSPORT}/${channelId}`;
  await messengerFor(TRANSPORT)?.register(credentials, webhookUrl, webhookSecret);
}
