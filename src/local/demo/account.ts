import * as z from 'zod/mini';
import type { Messenger } from '#channels/channel';
import { readJsonFile, writeJsonFile } from '#local/json-file';
import type { Gateway } from '#local/server/gateway';
import type { OpenChannel } from '#store/accounts/channel-item';
import type { OpenChannels } from '#store/accounts/open-channels';
import { DEMO_CLIENTS } from './clients.ts';
import { CONTACTS, DEALS, IN_TURN, PEOPLE, PIPELINE, TRANSPORT } from './company.ts';
import { DEMO_PATH, IN_TURN_PATH } from './messenger.ts';

const demoSchema = z.object({
  /** The address of Konvert when it was last started. */
  url: z.string(),
  accountId: z.string(),
  apiKey: z.string(),
  channelId: z.string(),
  /** The second channel, which gives new clients out in turn. */
  inTurnChannelId: z.optional(z.string()),
  chatType: z.string(),
  chatId: z.string(),
});

/** The demo account with its channels and first chat, and the address of Konvert. */
export type DemoAccount = z.infer<typeof demoSchema>;

/** What `openDemoAccount` is built from. */
export interface DemoDeps {
  readonly gateway: Gateway;
  readonly channels: Pick<OpenChannels, 'get' | 'change'>;
  readonly messengerFor: (transport: string) => Messenger | undefined;
  readonly operatorKey: string;
  /** The token of the first channel's bot. */
  readonly botToken: string;
  /** The token of the second channel's bot. */
  readonly inTurnToken: string;
  /** The address at which this process reaches itself. */
  readonly url: string;
}

const settingsSchema = z.object({ channels: z.record(z.string(), z.object({ userRoles: z.array(z.unknown()) })) });
/** The credentials of a channel of a demo messenger. */
type Credentials = Readonly<Record<'botToken' | 'apiBaseUrl', string>>;

const accountSchema = z.object({ accountId: z.string(), apiKey: z.string() });
const channelSchema = z.object({ channelId: z.string() });

/** Reads the demo account of a data folder from its file; undefined if none was made. */
export async function readDemoAccount(file: string): Promise<DemoAccount | undefined> {
  const stored = await readJsonFile(file);
  return stored === undefined ? undefined : demoSchema.parse(stored);
}

/**
 * Makes the demo account with its team and channels, as far as they are missing, and connects its channels to this
 * address. It uses the public routes.
 */
export async function openDemoAccount(file: string, deps: DemoDeps): Promise<DemoAccount> {
  const known = await readDemoAccount(file);
  const channel = known && (await deps.channels.get(known.channelId));
  const account = known && channel ? { ...known, url: deps.url } : await makeAccount(deps);
  if (channel) await reconnect(deps, channel, botOf(deps));
  await writeJsonFile(file, account);
  await pushCompany(deps, account);
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

/** Makes the second channel if it is missing, and its settings if it has none. Returns its id. */
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

/**
 * Pushes people, contacts and deals as a CRM does, and sets the roles of the first channel. Does nothing if a user has
 * a role there, so that later changes stay.
 */
async function pushCompany({ gateway }: DemoDeps, { apiKey, channelId }: DemoAccount): Promise<void> {
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

/** Connects a channel once more, because the port may be another one than last time. */
async function reconnect(
  { channels, messengerFor, url }: DemoDeps,
  channel: OpenChannel,
  credentials: Credentials,
): Promise<void> {
  const { channelId, webhookSecret } = channel;
  await channels.change(channelId, { secrets: { credentials, webhookSecret } });
  const webhookUrl = `${url}/webhooks/${TRANSPORT}/${channelId}`;
  await messengerFor(TRANSPORT)?.setup.register({ credentials, webhookSecret }, webhookUrl);
}
