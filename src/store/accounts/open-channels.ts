import { TransactWriteCommand } from '@aws-sdk/lib-dynamodb';
import type { AccountAct } from '#domain/audit';
import type { WebhookSecrets } from '#domain/webhook-secret';
import { createAudit } from '#store/accounts/audit';
import type { Cipher } from '#store/accounts/cipher';
import { type StoreDeps, tableName } from '#store/dynamo/client';
import { updateIf } from '#store/dynamo/update-if';
import {
  type Channel,
  type ChannelChange,
  type NewChannel,
  type OpenChannel,
  type Secrets,
  type StoredChannel,
  secretsSchema,
  withoutSecrets,
} from './channel-item.ts';
import { createChannelStates, type StateChange } from './channel-states.ts';
import { readChannels } from './channels.ts';
import { accountPartition, channelKey, channelSortKey } from './keys.ts';
import { createRoutes } from './routes.ts';
import { createTended } from './tended.ts';

export type OpenChannels = ReturnType<typeof createOpenChannels>;

const IS_THERE = 'attribute_exists(p) AND attribute_not_exists(deletedAt)';
/** Nobody has replaced the secrets since they were loaded: then `:after` was their stored form. */
const IS_UNCHANGED = 'sealed = :after';

/** The channels of accounts, with their secrets opened. It also stores new channels and new secrets. */
export function createOpenChannels(deps: StoreDeps & { cipher: Cipher }) {
  const { client, cipher, clock } = deps;
  const table = tableName(deps, 'accounts');
  const audit = createAudit(deps);
  // Made when it is needed: most functions only read channels, and are not told of the table that it writes.
  const states = () => createChannelStates(deps);
  const channels = readChannels(deps, 'open channel', open);
  const routes = createRoutes(deps);
  const tended = createTended(deps);
  const tendedAt = (channelId: string, url: string | undefined) =>
    url === undefined ? [] : [tended.put(channelId, url)];

  async function open(stored: StoredChannel): Promise<OpenChannel> {
    const secrets = await cipher.open(stored.sealed, stored.channelId);
    return { ...withoutSecrets(stored), ...secretsSchema.parse(JSON.parse(secrets)), sealed: stored.sealed };
  }

  function seal(channelId: string, { credentials, webhookSecret, otherSecrets }: Secrets): Promise<string> {
    return cipher.seal(JSON.stringify({ credentials, webhookSecret, otherSecrets }), channelId);
  }

  /**
   * Stores a new channel. It is active, and its secrets are sealed. The act is recorded with it. `routed` are the
   * messenger's accounts that lead to it from the addresses of other channels. With `webhookUrl` it is looked after.
   */
  async function create(
    { credentials, webhookSecret, ...channel }: NewChannel,
    act?: AccountAct,
    routed: readonly string[] = [],
    webhookUrl?: string,
  ): Promise<void> {
    const { account, channelId, transport } = channel;
    const sealed = await seal(channelId, { credentials, webhookSecret });
    const items = [
      { ...channelKey(channelId), ...channel, state: 'active', credentialsVersion: 1, sealed },
      { p: accountPartition(account), s: channelSortKey(channelId) },
    ];
    const puts = items.map((Item) => ({ Put: { TableName: table, Item } }));
    const ways = routes.writesOf({ transport, channelId, before: [], after: routed });
    const told = await states().writesOfNew(account, channelId);
    const all = [...puts, ...ways, ...tendedAt(channelId, webhookUrl), ...audit.writesOf(act), ...told];
    await client.send(new TransactWriteCommand({ TransactItems: all }));
    channels.forget(channelId);
    channels.forgetIdsOf(account);
  }

  /**
   * Replaces the secrets of the webhook and nothing else. Answers with the channel as it is then; undefined if its
   * secrets have changed since they were loaded, or if it was deleted.
   */
  async function setWebhookSecrets(channel: OpenChannel, secrets: WebhookSecrets): Promise<OpenChannel | undefined> {
    const { channelId } = channel;
    const next = { ...channel, ...secrets };
    const sealed = await seal(channelId, next);
    try {
      const isSet = await updateIf(client, {
        TableName: table,
        Key: channelKey(channelId),
        UpdateExpression: 'SET sealed = :sealed',
        ConditionExpression: `${IS_THERE} AND ${IS_UNCHANGED}`,
        ExpressionAttributeValues: { ':sealed': sealed, ':after': channel.sealed },
      });
      return isSet ? { ...next, sealed } : undefined;
    } finally {
      channels.forget(channelId);
    }
  }

  /**
   * Changes the given fields and no others, so that parallel changes lose nothing. Answers with the changed channel;
   * undefined if it was deleted, or if its secrets are not those that were to be replaced. The act is recorded with it. With
   * `webhookUrl` it is looked after from now on.
   */
  async function change(
    channelId: string,
    change: ChannelChange,
    act?: AccountAct,
    webhookUrl?: string,
  ): Promise<Channel | undefined> {
    try {
      const { account, transport } = await channels.getKnown(channelId);
      const { enabled, secrets } = change;
      const routed = secrets?.routed;
      const isChanged = await states().write({
        channelId,
        account,
        update: await updateOf(channelId, change),
        beside: [
          ...(routed ? routes.writesOf({ transport, channelId, ...routed }) : []),
          ...tendedAt(channelId, webhookUrl),
          ...audit.writesOf(act),
        ],
        changed: ({ credentialsVersion = 0 }) => ({
          ...(enabled !== undefined && { state: enabled ? 'active' : 'disabled' }),
          ...(secrets && { credentialsVersion: credentialsVersion + 1, elsewhere: undefined }),
        }),
      });
      if (!isChanged) return undefined;
    } finally {
      channels.forget(channelId);
    }
    return channels.getNow(channelId);
  }

  async function isDisabled(channelId: string): Promise<boolean> {
    return (await channels.getNow(channelId))?.state === 'disabled';
  }

  async function updateOf(
    channelId: string,
    { name, enabled, secrets }: ChannelChange,
  ): Promise<StateChange['update']> {
    const { identity, after, areRenewed } = secrets ?? {};
    const comesUp = (secrets !== undefined && !areRenewed) || (enabled === true && (await isDisabled(channelId)));
    const values = {
      ...(name !== undefined && { name }),
      ...(enabled !== undefined && { state: enabled ? 'active' : 'disabled' }),
      ...(secrets && { sealed: await seal(channelId, secrets) }),
      ...(identity !== undefined && { identity }),
      ...(comesUp && { upAt: clock.now() }),
    };
    const fields = Object.entries(values);
    const changes = [
      ...fields.map(([field]) => `#${field} = :${field}`),
      ...(secrets ? ['credentialsVersion = if_not_exists(credentialsVersion, :zero) + :one'] : []),
    ];
    return {
      TableName: table,
      Key: channelKey(channelId),
      // New secrets were registered: from then on no other program is known to get the messages.
      UpdateExpression: `SET ${changes.join(', ')}${secrets ? ' REMOVE elsewhere' : ''}`,
      ConditionExpression: after === undefined ? IS_THERE : `${IS_THERE} AND ${IS_UNCHANGED}`,
      ExpressionAttributeNames: Object.fromEntries(fields.map(([field]) => [`#${field}`, field])),
      ExpressionAttributeValues: {
        ...Object.fromEntries(fields.map(([field, value]) => [`:${field}`, value])),
        ...(secrets && { ':zero': 0, ':one': 1 }),
        ...(after !== undefined && { ':after': after }),
      },
    };
  }

  return { ...channels, create, change, setWebhookSecrets };
}
