import { GetCommand } from '@aws-sdk/lib-dynamodb';
import * as z from 'zod/mini';
import { type AccountOptions, DEFAULT_OPTIONS } from '#domain/settings';
import { schemaOf } from '#schema-of';
import { createAudit } from '#store/accounts/audit';
import { accountPartition } from '#store/accounts/keys';
import { type StoreDeps, tableName } from '#store/dynamo/client';
import { UnreadableItemError } from '#store/dynamo/errors';
import { setting, writeIf } from '#store/dynamo/transaction';

const optionsSchema = schemaOf<Partial<AccountOptions>>()(
  z.object({
    notifyHeadsAboutAllMessages: z.exactOptional(z.boolean()),
    saveMessagesToTimeline: z.exactOptional(z.boolean()),
    frameAncestors: z.exactOptional(z.array(z.string())),
  }),
);

/** The options that change; the others stay as they are. */
export type OptionChanges = { readonly [Name in keyof AccountOptions]?: AccountOptions[Name] | undefined };

export type Options = ReturnType<typeof createOptions>;

/** The options of accounts, for all their channels. Nothing here is cached between requests (R1). */
export function createOptions(deps: StoreDeps) {
  const { client } = deps;
  const table = tableName(deps, 'accounts');
  const audit = createAudit(deps);

  /** The account's options as they are now. */
  async function optionsOf(account: string): Promise<AccountOptions> {
    const { Item } = await client.send(new GetCommand({ TableName: table, Key: keyOf(account), ConsistentRead: true }));
    return readOptions(Item);
  }

  /** Changes the options that are given, and answers with all of them. The act is recorded with it. */
  async function patchOptions(account: string, changes: OptionChanges, actor: string): Promise<AccountOptions> {
    const given = Object.entries(changes).filter(([, value]) => value !== undefined);
    if (given.length > 0) {
      const update = { TableName: table, Key: keyOf(account), ...setting(Object.fromEntries(given)) };
      const act = { actor, act: 'account-settings-changed', subject: account } as const;
      await writeIf(client, [{ Update: update }, audit.write(account, act)]);
    }
    return optionsOf(account);
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
