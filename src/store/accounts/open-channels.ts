import { TransactWriteCommand, UpdateCommand } from '@aws-sdk/lib-dynamodb';
import type { Cipher } from '#store/accounts/cipher';
import { type StoreDeps, tableName } from '#store/dynamo/client';
import { isConditionFailure } from '#store/dynamo/errors';
import {
  type Channel,
  type ChannelChange,
  type NewChannel,
  type OpenChannel,
  readStored,
  type Secrets,
  type StoredChannel,
  secretsSchema,
  withoutSecrets,
} from './channel-item.ts';
import { keyOf, readChannels } from './channels.ts';
import { accountPartition, channelSortKey } from './keys.ts';

export type OpenChannels = ReturnType<typeof createOpenChannels>;

/** The channels of accounts, with their secrets opened. It also stores new channels and new secrets. */
export function createOpenChannels(deps: StoreDeps & { cipher: Cipher }) {
  const { client, cipher } = deps;
  const table = tableName(deps, 'accounts');
  const channels = readChannels(deps, 'open channel', open);

  async function open(stored: StoredChannel): Promise<OpenChannel> {
    const secrets = await cipher.open(stored.sealed, stored.channelId);
    return { ...withoutSecrets(stored), ...secretsSchema.parse(JSON.parse(secrets)) };
  }

  function seal(channelId: string, { credentials, webhookSecret }: Secrets): Promise<string> {
    return cipher.seal(JSON.stringify({ credentials, webhookSecret }), channelId);
  }

  /** Stores a new channel. It is active, and its secrets are sealed. */
  async function create({ credentials, webhookSecret, ...channel }: NewChannel): Promise<void> {
    const { account, channelId } = channel;
    const sealed = await seal(channelId, { credentials, webhookSecret });
    const items = [
      { ...keyOf(channelId), ...channel, state: 'active', credentialsVersion: 1, sealed },
      { p: accountPartition(account), s: channelSortKey(channelId) },
    ];
    await client.send(
      new TransactWriteCommand({ TransactItems: items.map((Item) => ({ Put: { TableName: table, Item } })) }),
    );
    channels.forgetIdsOf(account);
  }

  /**
   * Changes the given fields and no others, so that parallel changes lose nothing. Answers with the changed channel;
   * undefined if it was deleted.
   */
  async function change(channelId: string, { name, enabled, secrets }: ChannelChange): Promise<Channel | undefined> {
    const { identity } = secrets ?? {};
    const values = {
      ...(name !== undefined && { name }),
      ...(enabled !== undefined && { state: enabled ? 'active' : 'disabled' }),
      ...(secrets && { sealed: await seal(channelId, secrets) }),
      ...(identity !== undefined && { identity }),
    };
    const fields = Object.entries(values);
    const changes = [
      ...fields.map(([field]) => `#${field} = :${field}`),
      ...(secrets ? ['credentialsVersion = if_not_exists(credentialsVersion, :zero) + :one'] : []),
    ];
    try {
      const { Attributes = {} } = await client.send(
        new UpdateCommand({
          TableName: table,
          Key: keyOf(channelId),
          // New secrets were registered: from then on no other program is known to get the messages.
          UpdateExpression: `SET ${changes.join(', ')}${secrets ? ' REMOVE elsewhere' : ''}`,
          ConditionExpression: 'attribute_exists(p) AND attribute_not_exists(deletedAt)',
          ExpressionAttributeNames: Object.fromEntries(fields.map(([field]) => [`#${field}`, field])),
          ExpressionAttributeValues: {
            ...Object.fromEntries(fields.map(([field, value]) => [`:${field}`, value])),
            ...(secrets && { ':zero': 0, ':one': 1 }),
          },
          ReturnValues: 'ALL_NEW',
        }),
      );
      return withoutSecrets(readStored(Attributes));
    } catch (error) {
      if (isConditionFailure(error)) return undefined;
      throw error;
    } finally {
      channels.forget(channelId);
    }
  }

  return { ...channels, create, change };
}
