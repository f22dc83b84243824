import * as z from 'zod/mini';
import type { Messenger } from '#channels/channel';
import type { OpenChannel, OpenChannels } from '#store/channels';
import { DEMO_CLIENTS, DEMO_PATH } from './demo-messenger.ts';
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

/** Who works in the demo company, and what they may see and do in its channel. */
const PEOPLE = [
  { id: 'olga', name: 'Olga', role: 'manager', allowGetNewClients: false },
  { id: 'ivan', name: 'Ivan', role: 'seller', allowGetNewClients: true },
  { id: 'maria', name: 'Maria', role: 'seller', allowGetNewClients: false },
  { id: 'pavel', name: 'Pavel', role: 'auditor', allowGetNewClients: false },
] as const;
/** Two of the clients are known to the CRM; the third is new to everybody. */
const CONTACTS = [
  { id: 'bob', name: 'Bob of the CRM', responsibleUserId: 'ivan', contactData: [addressOf('bob')] },
  { id: 'carol', name: 'Carol of the CRM', responsibleUserId: 'maria', contactData: [addressOf('carol')] },
];
const DEALS = [{ id: 'red-one', name: 'A red one', responsibleUserId: 'ivan', contacts: ['bob'], closed: false }];

const settingsSchema = z.object({ channels: z.record(z.string(), z.object({ userRoles: z.array(z.unknown()) })) });
const accountSchema = z.object({ accountId: z.string(), apiKey: z.string() });
const channelSchema = z.object({ channelId: z.string() });

/** The demo account of a data folder; undefined where none was made. */
export async function readDemoAccount(file: string): Promise<DemoAccount | undefined> {
  const stored = await readJsonFile(file);
  return stored === undefined ? undefined : demoSchema.parse(stored);
}

/**
 * Makes the demo account where it is missing, with its people, by the routes that everybody uses, and connects it to this
 * address.
 */
export async function openDemoAccount(file: string, deps: DemoDeps): Promise<DemoAccount> {
  const known = await readDemoAccount(file);
  const channel = known && (await deps.channels.get(known.channelId));
  const account = known && channel ? { ...known, url: deps.url } : await makeAccount(deps);
  if (channel) await reconnect(deps, channel);
  await writeJsonFile(file, account);
  await staff(deps, account);
  return account;
}

async function makeAccount({ gateway, operatorKey, botToken, url }: DemoDeps): Promise<DemoAccount> {
  const account = await ask(gateway, 'POST', '/v1/accounts', operatorKey, accountSchema, { name: 'Demo' });
  const credentials = { botToken, apiBaseUrl: url + DEMO_PATH };
  const wanted = { transport: TRANSPORT, name: 'Demo bot', credentials };
  const { channelId } = await ask(gateway, 'POST', '/v1/channels', account.apiKey, channelSchema, wanted);
  return { url, ...account, channelId, chatType: TRANSPORT, chatId: String(DEMO_CLIENTS.anna.id) };
}

/** Pushes people and contacts as a CRM does, and gives the roles, where nobody has one: what was changed since stays. */
async function staff({ gateway }: DemoDeps, { apiKey, channelId }: DemoAccount): Promise<void> {
  const { channels } = await ask(gateway, 'GET', '/v1/settings', apiKey, settingsSchema);
  if (channels[channelId]?.userRoles.length !== 0) return;
  const users = PEOPLE.map(({ id, name }) => ({ id, name }));
  await ask(gateway, 'POST', '/v3/users', apiKey, z.unknown(), users);
  await ask(gateway, 'POST', '/v3/contacts', apiKey, z.unknown(), CONTACTS);
  await ask(gateway, 'POST', '/v3/deals', apiKey, z.unknown(), DEALS);
  const userRoles = PEOPLE.map(({ id, role, allowGetNewClients }) => ({ userId: id, role, allowGetNewClients }));
  const settings = { newClients: { mode: 'first-reply' }, userRoles };
  await ask(gateway, 'PUT', `/v1/settings/channels/${channelId}`, apiKey, z.unknown(), settings);
}

function addressOf(client: keyof typeof DEMO_CLIENTS) {
  return { chatType: TRANSPORT, chatId: String(DEMO_CLIENTS[client].id) };
}

async function ask<T extends z.ZodMiniType>(
  gateway: Gateway,
  method: string,
  target: string,
  key: string,
  schema: T,
  body?: unknown,
): Promise<z.infer<T>> {
  const headers = { authorization: `Bearer ${key}`, 'content-type': 'application/json' };
  const sent = Buffer.from(body === undefined ? '' : JSON.stringify(body));
  const answer = await gateway({ method, target, headers, body: sent });
  if (answer.status >= 300) throw new Error(`The demo account was refused: ${target} answered ${answer.status}`);
  return schema.parse(JSON.parse(String(answer.body))) as z.infer<T>;
}

/** The port may be another one than last time. */
async function reconnect({ channels, messengerFor, botToken, url }: DemoDeps, channel: OpenChannel): Promise<void> {
  const credentials = { botToken, apiBaseUrl: url + DEMO_PATH };
  const { channelId, webhookSecret } = channel;
  await channels.change(channelId, { secrets: { credentials, webhookSecret } });
  const webhookUrl = `${url}/webhooks/${TRANSPORT}/${channelId}`;
  await messengerFor(TRANSPORT)?.register(credentials, webhookUrl, webhookSecret);
}
