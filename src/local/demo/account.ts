import * as z from 'zod/mini';
import type { Messenger } from '#channels/channel';
import { readJsonFile, writeJsonFile } from '#local/json-file';
import type { Gateway } from '#local/server/gateway';
import type { OpenChannel, OpenChannels } from '#store/accounts/channels';
import { DEMO_CLIENTS, DEMO_PATH, IN_TURN_PATH } from './messenger.ts';

const demoSchema = z.object({
  /** Where Konvert was last started. */
  url: z.string(),
  accountId: z.string(),
  apiKey: z.string(),
  channelId: z.string(),
  /** The channel that gives new clients out in turn. */
  inTurnChannelId: z.optional(z.string()),
  chatType: z.string(),
  chatId: z.string(),
});

/** The demo account with its channels and first chat, and where Konvert serves it. */
export type DemoAccount = z.infer<typeof demoSchema>;

export interface DemoDeps {
  readonly gateway: Gateway;
  readonly channels: Pick<OpenChannels, 'get' | 'change'>;
  readonly messengerFor: (transport: string) => Messenger | undefined;
  readonly operatorKey: string;
  /** The tokens of the two channels' bots. */
  readonly botToken: string;
  readonly inTurnToken: string;
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
/** Who gets the new clients of the second channel, one after the other. */
const IN_TURN = ['ivan', 'maria'];
const PIPELINE = { id: 'sales', name: 'Sales', stages: [{ id: 'new', name: 'New' }] };
const DEALS = [{ id: 'red-one', name: 'A red one', responsibleUserId: 'ivan', contacts: ['bob'], closed: false }];

const settingsSchema = z.object({ channels: z.record(z.string(), z.object({ userRoles: z.array(z.unknown()) })) });
/** What a channel of the demo messenger is connected with. */
type Credentials = Readonly<Record<'botToken' | 'apiBaseUrl', string>>;

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
  if (channel) await reconnect(deps, channel, botOf(deps));
  await writeJsonFile(file, account);
  await staff(deps, account);
  const whole = { ...account, inTurnChannelId: await openInTurn(deps, account) };
  await writeJsonFile(file, whole);
  return whole;
}

async function makeAccount(deps: DemoDeps): Promise<DemoAccount> {
  const { gateway, operatorKey, url } = deps;
  const account = await ask(gateway, 'POST', '/v1/accounts', operatorKey, accountSchema, { name: 'Demo' });
  const channelId = await connect(deps, account.apiKey, 'Demo bot', botOf(deps));
  return { url, ...account, channelId, chatType: TRANSPORT, chatId: String(DEMO_CLIENTS.anna.id) };
}

async function connect({ gateway }: DemoDeps, apiKey: string, name: string, credentials: Credentials): Promise<string> {
  const wanted = { transport: TRANSPORT, name, credentials };
  return (await ask(gateway, 'POST', '/v1/channels', apiKey, channelSchema, wanted)).channelId;
}

/** Makes the second channel where it is missing, and its settings where it has none; answers with its id. */
async function openInTurn(deps: DemoDeps, { apiKey, inTurnChannelId }: DemoAccount): Promise<string> {
  const { gateway, channels, inTurnToken, url } = deps;
  const credentials = { botToken: inTurnToken, apiBaseUrl: url + IN_TURN_PATH };
  const known = inTurnChannelId === undefined ? undefined : await channels.get(inTurnChannelId);
  if (known) await reconnect(deps, known, credentials);
  const channelId = known?.channelId ?? (await connect(deps, apiKey, 'Demo bot in turn', credentials));
  const { channels: chosen } = await ask(gateway, 'GET', '/v1/settings', apiKey, settingsSchema);
  if (chosen[channelId]?.userRoles.length !== 0) return channelId;
  await ask(gateway, 'POST', '/v3/pipelines', apiKey, z.unknown(), [PIPELINE]);
  const newClients = { mode: 'round-robin', pipelineId: PIPELINE.id, stageId: PIPELINE.stages[0]?.id };
  const userRoles = PEOPLE.map(({ id, role }) => ({ userId: id, role, allowGetNewClients: IN_TURN.includes(id) }));
  await ask(gateway, 'PUT', `/v1/settings/channels/${channelId}`, apiKey, z.unknown(), { newClients, userRoles });
  return channelId;
}

function botOf({ botToken, url }: DemoDeps): Credentials {
  return { botToken, apiBaseUrl: url + DEMO_PATH };
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
async function reconnect(
  { channels, messengerFor, url }: DemoDeps,
  channel: OpenChannel,
  credentials: Credentials,
): Promise<void> {
  const { channelId, webhookSecret } = channel;
  await channels.change(channelId, { secrets: { credentials, webhookSecret } });
  const webhookUrl = `${url}/webhooks/${TRANSPORT}/${channelId}`;
  await messengerFor(TRANSPORT)?.register(credentials, webhookUrl, webhookSecret);
}
