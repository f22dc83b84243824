import * as z from 'zod/mini';
import { readJsonFile, writeJsonFile } from '#local/json-file';
import type { DemoDeps } from '../account.ts';
import { ask } from '../ask.ts';
import { TRANSPORT } from '../company.ts';
import { type ConnectDeps, openChannel } from '../open-channel.ts';
import { CRM_BOT_PATH, CRM_HOST } from './places.ts';

const companySchema = z.object({
  accountId: z.string(),
  apiKey: z.string(),
  channelId: z.optional(z.string()),
  /** Where Konvert was when the company was connected: its addresses are registered in the CRM. */
  connectedAt: z.optional(z.string()),
});

/** The company that is connected to the stand-in CRM. */
export type CrmCompany = z.infer<typeof companySchema>;

/** What the company is opened with. `crmToken` is taken by the stand-in's API, `crmBotToken` by its bot. */
export interface CrmCompanyDeps extends ConnectDeps, Pick<DemoDeps, 'operatorKey'> {
  readonly crmToken: string;
  readonly crmBotToken: string;
}

const accountSchema = z.object({ accountId: z.string(), apiKey: z.string() });
const idsSchema = z.array(z.object({ id: z.string() }));
const pipelinesSchema = z.array(z.object({ id: z.string(), stages: z.optional(idsSchema) }));

/** Reads the company of a data folder; undefined if none was made. */
export async function readCrmCompany(file: string): Promise<CrmCompany | undefined> {
  const stored = await readJsonFile(file);
  return stored === undefined ? undefined : companySchema.parse(stored);
}

/**
 * Makes the company with its bot, and connects it to the stand-in CRM, as far as that is missing. It uses the public
 * routes, as an administrator would. Notes go to the timeline, and new clients to the sellers in turn.
 */
export async function openCrmCompany(file: string, deps: CrmCompanyDeps): Promise<CrmCompany> {
  const { gateway, operatorKey, url, crmBotToken } = deps;
  const known = await readCrmCompany(file);
  const account =
    known ?? (await ask(gateway, 'POST', '/v1/accounts', operatorKey, accountSchema, { name: 'Demo with a CRM' }));
  const { apiKey } = account;
  await writeJsonFile(file, account);
  const credentials = { botToken: crmBotToken, apiBaseUrl: url + CRM_BOT_PATH };
  const wanted = { transport: TRANSPORT, name: 'Demo bot', credentials };
  const channelId = await openChannel(deps, account, known?.channelId, wanted);
  await writeJsonFile(file, { ...account, channelId });
  if (known?.connectedAt === url) return { ...known, channelId };
  await connectCrm(deps, apiKey, known?.connectedAt !== undefined);
  if (known?.connectedAt === undefined) await giveRoles(deps, apiKey, channelId);
  const company = { ...account, channelId, connectedAt: url };
  await writeJsonFile(file, company);
  return company;
}

/** Connects the CRM, or gives the same credentials again, so that new addresses are registered there. */
async function connectCrm({ gateway, crmToken }: CrmCompanyDeps, apiKey: string, isKnown: boolean): Promise<void> {
  const credentials = { host: CRM_HOST, accessToken: crmToken };
  if (isKnown) await ask(gateway, 'PATCH', '/v1/crm', apiKey, z.unknown(), { credentials });
  else await ask(gateway, 'POST', '/v1/crm', apiKey, z.unknown(), { crm: 'amocrm', credentials });
  await ask(gateway, 'POST', '/v1/crm/refresh', apiKey, z.unknown());
}

/** The first user of the CRM is the head, the others are sellers who get new clients in turn. */
async function giveRoles({ gateway }: CrmCompanyDeps, apiKey: string, channelId: string): Promise<void> {
  const users = await ask(gateway, 'GET', '/v3/users', apiKey, idsSchema);
  const [pipeline] = await ask(gateway, 'GET', '/v3/pipelines', apiKey, pipelinesSchema);
  const [stage] = pipeline?.stages ?? [];
  const [head] = users.map(({ id }) => id).sort();
  const userRoles = users.map(({ id: userId }) => ({
    userId,
    role: userId === head ? 'manager' : 'seller',
    allowGetNewClients: userId !== head,
  }));
  const place = pipeline && { pipelineId: pipeline.id, ...(stage && { stageId: stage.id }) };
  const settings = { newClients: { mode: 'round-robin', ...place }, userRoles };
  await ask(gateway, 'PUT', `/v1/settings/channels/${channelId}`, apiKey, z.unknown(), settings);
  await ask(gateway, 'PATCH', '/v1/settings', apiKey, z.unknown(), { saveMessagesToTimeline: true });
}
