import { GetCommand, UpdateCommand } from '@aws-sdk/lib-dynamodb';
import * as z from 'zod/mini';
import { type AccountOptions, DEFAULT_OPTIONS } from '#domain/settings';
import { schemaOf } from '#schema-of';
import { accountPartition } from '#store/accounts/keys';
import { type StoreDeps, tableName } from '#store/dynamo/client';
import { UnreadableItemError } from '#store/dynamo/errors';

const optionsSchema = schemaOf<Partial<AccountOptions>>()(
  z.object({
    notifyHeadsAboutAllMessages: z.exactOptional(z.boolean()),
    saveMessagesToTimeline: z.exactOptional(z.boolean()),
  }),
);

/** The options that change; the others stay as they are. */
export type OptionChanges = { readonly [Name in keyof AccountOptions]?: AccountOptions[Name] | undefined };

export type Options = ReturnType<typeof createOptions>;

/** The options of accounts, for all their channels. Nothing here is cached between requests (R1). */
export function createOptions(deps: StoreDeps) {
  const { client } = deps;
  const table = tableName(deps, 'accounts');

  /** The account's options as they are now. */
  async function optionsOf(account: string): Promise<AccountOptions> {
    const { Item } = await client.send(new GetCommand({ TableName: table, Key: keyOf(account), ConsistentRead: true }));
    return readOptions(Item);
  }

  /** Changes the options that are given, and answers with all of them. */
  async function patchOptions(account: string, changes: OptionChanges): Promise<AccountOptions> {
    const given = Object.entries(changes).filter(([, value]) => value !== undefined);
    if (given.length === 0) return optionsOf(account);
    const { Attributes } = await client.send(
      new UpdateCommand({
        TableName: table,
        Key: keyOf(account),
        UpdateExpression: `SET ${given.map(([name]) => `${name} = :${name}`).join(', ')}`,
        ExpressionAttributeValues: Object.fromEntries(given.map(([name, value]) => [`:${name}`, value])),
        ReturnValues: 'ALL_NEW',
      }),
    );
    return readOptions(Attributes);
  }

  return { optionsOf, patchOptions };
}

function keyOf(account: string) {
  return { p: accountPartition(account), s: 'options' };
}

function readOptions(item: Record<string, unknown> | undefined): AccountOptions {
  const parsed = optionsSchema.safeParse(item ?? {});
  if (!parsed.success) throw new UnreadableItemError('accounts', { cause: parsed.error });
  return { ...DEFAULT_OPTIONS, ...parsed.data };
}
