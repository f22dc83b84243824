import * as z from 'zod/mini';
import { describeError, type Log } from '#log';
import { ask } from './ask.ts';
import { IN_TURN, PEOPLE, PIPELINE } from './company.ts';
import type { OpenedKind } from './kit/open-kind.ts';
import { type ConnectDeps, openChannel } from './open-channel.ts';

/** What the channels are opened with. */
export interface KindDeps extends ConnectDeps {
  readonly kinds: readonly OpenedKind[];
  readonly log: Log;
}

/** The account that they belong to, with the ids of those that are known, by the names of their kinds. */
interface Account {
  readonly apiKey: string;
  readonly channels: Readonly<Record<string, string>>;
}

const channelsSchema = z.array(z.object({ channelId: z.string(), transport: z.string(), name: z.string() }));
const settingsSchema = z.object({ channels: z.record(z.string(), z.object({ userRoles: z.array(z.unknown()) })) });

/**
 * Makes a channel of each kind as far as it is missing, and lets the team into those in which nobody has a role: new
 * clients are given out in turn. What was connected at this address is left alone. One that cannot be connected is told
 * in the log, and stops nobody's start. Returns their ids by the kinds' names.
 */
export async function openKindChannels(deps: KindDeps, account: Account): Promise<Record<string, string>> {
  const ids: Record<string, string> = {};
  const known = { ...(await madeBefore(deps, account)), ...account.channels };
  for (const opened of deps.kinds) {
    const { name } = opened.kind;
    const id = await openOne(deps, account, known[name], opened).catch((error) => {
      deps.log({ demoMessenger: name, ...describeError(error) });
      return known[name];
    });
    if (id !== undefined) ids[name] = id;
  }
  await giveRoles(deps, account, Object.values(ids));
  return ids;
}

/** The channels that a start made which ended before it could write them down. */
async function madeBefore(
  { gateway, kinds }: KindDeps,
  { apiKey, channels }: Account,
): Promise<Record<string, string>> {
  if (kinds.every(({ kind }) => channels[kind.name] !== undefined)) return {};
  const all = await ask(gateway, 'GET', '/v3/channels', apiKey, channelsSchema);
  const found = kinds.map(({ kind, wanted }) => {
    const made = all.find(({ transport, name }) => transport === wanted.transport && name === wanted.name);
    return made && ([kind.name, made.channelId] as const);
  });
  return Object.fromEntries(found.filter((one) => one !== undefined));
}

async function openOne(
  deps: KindDeps,
  account: Account,
  knownId: string | undefined,
  opened: OpenedKind,
): Promise<string> {
  const { kind, wanted } = opened;
  const known = knownId === undefined ? undefined : await deps.channels.get(knownId);
  const urlOf = (channelId: string) => `${deps.url}/webhooks/${kind.transport}/${channelId}`;
  const isSame = Object.entries(wanted.credentials).every(([name, value]) => known?.credentials[name] === value);
  if (known && isSame && opened.calls(urlOf(known.channelId))) return known.channelId;
  const channelId = await openChannel(deps, account, known?.channelId, wanted);
  if (kind.addressByHand) await opened.typeIn(urlOf(channelId));
  return channelId;
}

async function giveRoles({ gateway }: KindDeps, { apiKey }: Account, ids: readonly string[]): Promise<void> {
  const { channels } = await ask(gateway, 'GET', '/v1/settings', apiKey, settingsSchema);
  const newClients = { mode: 'round-robin', pipelineId: PIPELINE.id, stageId: PIPELINE.stages[0]?.id };
  const userRoles = PEOPLE.map(({ id, role }) => ({ userId: id, role, allowGetNewClients: IN_TURN.includes(id) }));
  for (const id of ids.filter((id) => channels[id]?.userRoles.length === 0))
    await ask(gateway, 'PUT', `/v1/settings/channels/${id}`, apiKey, z.unknown(), { newClients, userRoles });
}
