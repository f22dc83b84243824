import { isDeepStrictEqual } from 'node:util';
import { GetCommand } from '@aws-sdk/lib-dynamodb';
import * as z from 'zod/mini';
import { type AccountOptions, DEFAULT_OPTIONS } from '#domain/settings';
import { schemaOf } from '#schema-of';
import { createAudit } from '#store/accounts/audit';
import { accountPartition } from '#store/accounts/keys';
import { type StoreDeps, tableName } from '#store/dynamo/client';
import { UnreadableItemError } from '#store/dynamo/errors';
import { ifStill, setting, type Write, writeIf } from '#store/dynamo/transaction';
import { createTasks } from '#store/outbox/tasks';

const itemSchema = schemaOf<Partial<AccountOptions> & { ver?: number }>()(
  z.object({
    ver: z.exactOptional(z.number()),
    notifyHeadsAboutAllMessages: z.exactOptional(z.boolean()),
    saveMessagesToTimeline: z.exactOptional(z.boolean()),
    frameAncestors: z.exactOptional(z.array(z.string())),
    retentionDays: z.exactOptional(z.nullable(z.number())),
    zone: z.exactOptional(z.string()),
  }),
);

/** The options that change; the others stay as they are. */
export type OptionChanges = { readonly [Name in keyof AccountOptions]?: AccountOptions[Name] | undefined };

/** The options of an account, and the number of their changes: 0 before the first. */
export interface VersionedOptions {
  readonly options: AccountOptions;
  readonly version: number;
}

export type Options = ReturnType<typeof createOptions>;

/** The options of accounts, for all their channels. Nothing here is cached between requests (R1). */
export function createOptions(deps: StoreDeps) {
  const { client } = deps;
  const table = tableName(deps, 'accounts');
  const audit = createAudit(deps);
  // Made when it is needed: most functions only read options, and are not told of the table that it writes.
  const tasks = () => createTasks(deps);

  /** The account's options as they are now. */
  async function optionsOf(account: string): Promise<AccountOptions> {
    return (await versioned(account)).options;
  }

  /** The account's options as they are now, with their version. */
  async function versioned(account: string): Promise<VersionedOptions> {
    const { Item } = await client.send(new GetCommand({ TableName: table, Key: keyOf(account), ConsistentRead: true }));
    return readOptions(Item);
  }

  /**
   * Changes the options that are given, and answers with all of them. The act is recorded with it, and the task by which an
   * account forgets, and the writes `beside`. With a `version` only options of that version change: if another one is stored
   * that says something else, it is answered as `changedTo`. Undefined if a write beside was refused: then nothing changed.
   */
  async function patchOptions(
    account: string,
    changes: OptionChanges,
    actor: string,
    version?: number,
    beside: readonly Write[] = [],
  ): Promise<VersionedOptions | { readonly changedTo: number } | undefined> {
    const given = Object.fromEntries(Object.entries(changes).filter(([, value]) => value !== undefined));
    if (Object.keys(given).length === 0 && beside.length === 0) return versioned(account);
    const update = { Update: { TableName: table, Key: keyOf(account), ...counting(given, version) } };
    const act = { actor, act: 'account-settings-changed', subject: account } as const;
    // The days hold at once, and from then on once a day.
    const forgets = typeof changes.retentionDays === 'number' ? [tasks().write({ kind: 'forget', account }, 0)] : [];
    const isStored = await writeIf(client, [update, audit.write(account, act), ...forgets, ...beside]);
    const stored = await versioned(account);
    if (isStored) return stored;
    const isTheSame = version === undefined || version === stored.version;
    if (beside.length > 0) return isTheSame ? undefined : { changedTo: stored.version };
    // A request that is sent again after its answer was lost finds what it has stored.
    if (isDeepStrictEqual({ ...stored.options, ...given }, stored.options)) return stored;
    return { changedTo: stored.version };
  }

  return { optionsOf, versioned, patchOptions };
}

function keyOf(account: string) {
  return { p: accountPartition(account), s: 'options' };
}

/** The update that also counts the change, on condition of the version before it, if one is given. */
function counting(given: Readonly<Record<string, unknown>>, version: number | undefined) {
  const condition = version === undefined ? undefined : ifStill('ver', version);
  const count = 'ver = if_not_exists(ver, :none) + :one';
  if (Object.keys(given).length === 0) {
    const values = { ...condition?.ExpressionAttributeValues, ':none': 0, ':one': 1 };
    return { UpdateExpression: `SET ${count}`, ...condition, ExpressionAttributeValues: values };
  }
  const update = setting(given, condition);
  return {
    ...update,
    UpdateExpression: `${update.UpdateExpression}, ${count}`,
    ExpressionAttributeValues: { ...update.ExpressionAttributeValues, ':none': 0, ':one': 1 },
  };
}

function readOptions(item: Record<string, unknown> | undefined): VersionedOptions {
  const parsed = itemSchema.safeParse(item ?? {});
  if (!parsed.success) throw new UnreadableItemError('accounts', { cause: parsed.error });
  const { ver: version = 0, ...options } = parsed.data;
  return { options: { ...DEFAULT_OPTIONS, ...options }, version };
}
