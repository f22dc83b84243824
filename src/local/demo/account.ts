import * as z from 'zod/mini';
import { readJsonFile, writeJsonFile } from '#local/json-file';
import type { Gateway } from '#local/server/gateway';
import type { Log } from '#log';
import { ask } from './ask.ts';
import { CONTACTS, DEALS, IN_TURN, PEOPLE, PIPELINE, TRANSPORT } from './company.ts';
import { openKindChannels } from './kind-channels.ts';
import { DEMO_CLIENTS } from './kit/clients.ts';
import type { OpenedKind } from './kit/open-kind.ts';
import { DEMO_PATH, IN_TURN_PATH } from './messenger.ts';
import { type ConnectDeps, connect, openChannel, reconnect, type Wanted } from './open-channel.ts';
import { NUMBER_PATH } from './whatsapp/number.ts';
import { NUMBER } from './whatsapp/number-ids.ts';

const demoSchema = z.object({
  /** The address of Konvert when it was last started. */
  url: z.string(),
  accountId: z.string(),
  apiKey: z.string(),
  channelId: z.string(),
  /** The second channel, which gives new clients out in turn. */
  inTurnChannelId: z.optional(z.string()),
  /** The channel of the WhatsApp number. */
  whatsappChannelId: z.optional(z.string()),
  /** The channels of the other messengers, by the names of their kinds. Files of early versions have none. */
  channels: z._default(z.record(z.string(), z.string()), {}),
  chatType: z.string(),
  chatId: z.string(),
});

/** The demo account with its channels and first chat, and the address of Konvert. */
export type DemoAccount = z.infer<typeof demoSchema>;

/** What `openDemoAccount` is built from. */
export interface DemoDeps extends ConnectDeps {
  readonly operatorKey: string;
  /** The token of the first channel's bot. */
  readonly botToken: string;
  /** The token of the second channel's bot. */
  readonly inTurnToken: string;
  /** The secrets of the WhatsApp number. */
  readonly number: Readonly<Record<'accessToken' | 'appSecret', string>>;
  /** The other messengers. */
  readonly kinds: readonly OpenedKind[];
  readonly log: Log;
}

const settingsSchema = z.object({ channels: z.record(z.string(), z.object({ userRoles: z.array(z.unknown()) })) });
const accountSchema = z.object({ accountId: z.string(), apiKey: z.string() });

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
  if (channel) await reconnect(deps, channel, botOf(deps).credentials);
  await writeJsonFile(file, account);
  await pushCompany(deps, account);
  const inTurnChannelId = await openInTurn(deps, account);
  const whatsappChannelId = await openNumber(deps, account);
  const channels = await openKindChannels(deps, account);
  const whole = { ...account, inTurnChannelId, whatsappChannelId, channels };
  await writeJsonFile(file, whole);
  return whole;
}

async function makeAccount(deps: DemoDeps): Promise<DemoAccount> {
  const { gateway, operatorKey, url } = deps;
  const account = await ask(gateway, 'POST', '/v1/accounts', operatorKey, accountSchema, { name: 'Demo' });
  const channelId = await connect(deps, account.apiKey, botOf(deps));
  return { url, ...account, channelId, channels: {}, chatType: TRANSPORT, chatId: String(DEMO_CLIENTS.anna.id) };
}

/** Makes the second channel if it is missing, and its settings if it has none. Returns its id. */
async function openInTurn(deps: DemoDeps, account: DemoAccount): Promise<string> {
  const { apiKey, inTurnChannelId } = account;
  const { gateway, inTurnToken, url } = deps;
  const credentials = { botToken: inTurnToken, apiBaseUrl: url + IN_TURN_PATH };
  const wanted = { transport: TRANSPORT, name: 'Demo bot in turn', credentials };
  const channelId = await openChannel(deps, account, inTurnChannelId, wanted);
  if (!(await hasNoRoles(gateway, apiKey, channelId))) return channelId;
  await ask(gateway, 'POST', '/v3/pipelines', apiKey, z.unknown(), [PIPELINE]);
  const newClients = { mode: 'round-robin', pipelineId: PIPELINE.id, stageId: PIPELINE.stages[0]?.id };
  const userRoles = PEOPLE.map(({ id, role }) => ({ userId: id, role, allowGetNewClients: IN_TURN.includes(id) }));
  await ask(gateway, 'PUT', `/v1/settings/channels/${channelId}`, apiKey, z.unknown(), { newClients, userRoles });
  return channelId;
}

function botOf({ botToken, url }: DemoDeps): Wanted {
  return { transport: TRANSPORT, name: 'Demo bot', credentials: { botToken, apiBaseUrl: url + DEMO_PATH } };
}

/** Makes the channel of the WhatsApp number if it is missing, and its roles if it has none. Returns its id. */
async function openNumber(deps: DemoDeps, account: DemoAccount): Promise<string> {
  const { phoneNumberId, wabaId } = NUMBER;
  const credentials = { phoneNumberId, wabaId, ...deps.number, apiBaseUrl: deps.url + NUMBER_PATH };
  const wanted = { transport: 'wapi', name: 'Demo number', credentials };
  const channelId = await openChannel(deps, account, account.whatsappChannelId, wanted);
  await giveRoles(deps, account, channelId);
  return channelId;
}

/**
 * Pushes people, contacts and deals as a CRM does, and sets the roles of the first channel. Does nothing if a user has
 * a role there, so that later changes stay.
 */
async function pushCompany({ gateway }: DemoDeps, { apiKey, channelId }: DemoAccount): Promise<void> {
  if (!(await hasNoRoles(gateway, apiKey, channelId))) return;
  const users = PEOPLE.map(({ id, name }) => ({ id, name }));
  await ask(gateway, 'POST', '/v3/users', apiKey, z.unknown(), users);
  await ask(gateway, 'POST', '/v3/contacts', apiKey, z.unknown(), CONTACTS);
  await ask(gateway, 'POST', '/v3/deals', apiKey, z.unknown(), DEALS);
  await giveRoles({ gateway }, { apiKey }, channelId);
}

/** Lets the whole team into a channel in which nobody has a role. The first who replies gets the client. */
async function giveRoles(
  { gateway }: Pick<DemoDeps, 'gateway'>,
  { apiKey }: Pick<DemoAccount, 'apiKey'>,
  channelId: string,
): Promise<void> {
  if (!(await hasNoRoles(gateway, apiKey, channelId))) return;
  const userRoles = PEOPLE.map(({ id, role, allowGetNewClients }) => ({ userId: id, role, allowGetNewClients }));
  const settings = { newClients: { mode: 'first-reply' }, userRoles };
  await ask(gateway, 'PUT', `/v1/settings/channels/${channelId}`, apiKey, z.unknown(), settings);
}

async function hasNoRoles(gateway: Gateway, apiKey: string, channelId: string): Promise<boolean> {
  const { channels } = await ask(gateway, 'GET', '/v1/settings', apiKey, settingsSchema);
  return channels[channelId]?.userRoles.length === 0;
}
