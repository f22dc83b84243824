import { GetCommand, UpdateCommand } from '@aws-sdk/lib-dynamodb';
import * as z from 'zod/mini';
import {
  type AccountOptions,
  type ChannelSettings,
  DEFAULT_OPTIONS,
  type NewClients,
  NO_SETTINGS,
  type UserRole,
} from '#domain/settings';
import type { Channels } from '#store/accounts/channels';
import type { Users } from '#store/directory/users';
import { batchGet } from '#store/dynamo/batch-get';
import { type StoreDeps, tableName } from '#store/dynamo/client';
import { UnreadableItemError } from '#store/dynamo/errors';
import { ifStill, MOST_WRITES, transact, type Write } from '#store/dynamo/transaction';
import { REQUEST_MS, type Tasks } from '#store/outbox/tasks';

const roleSchema = z.object({
  userId: z.string(),
  role: z.enum(['seller', 'manager', 'auditor']),
  allowGetNewClients: z.boolean(),
  /** The user does not exist (any more); they get the role when they are pushed. */
  gone: z.boolean(),
});
const settingsSchema = z.object({
  p: z.string(),
  mode: z.enum(['round-robin', 'first-reply', 'unsorted']),
  pipelineId: z.optional(z.string()),
  stageId: z.optional(z.string()),
  roles: z.array(roleSchema),
  /** Whether there ever were roles. */
  hadRoles: z.optional(z.boolean()),
  ver: z.number(),
});
const optionsSchema = z.object({
  notifyHeadsAboutAllMessages: z.optional(z.boolean()),
  saveMessagesToTimeline: z.optional(z.boolean()),
});

type StoredRole = z.infer<typeof roleSchema>;

interface StoredSettings {
  readonly channelId: string;
  readonly newClients: NewClients;
  readonly roles: readonly StoredRole[];
  readonly hadRoles: boolean;
  /** Grows with every write, each of which is conditional on it; 0 before the first. */
  readonly version: number;
}

/** The options that change. */
export type OptionChanges = { readonly [Name in keyof AccountOptions]?: AccountOptions[Name] | undefined };

/** What is chosen for a channel. */
export type ChosenSettings = Pick<ChannelSettings, 'newClients' | 'userRoles'>;

export type Settings = ReturnType<typeof createSettings>;

export type Rules = ReturnType<typeof createRules>;

/** The settings of channels and the options of accounts, to go by. Nothing here is remembered between requests (R1). */
export function createRules(deps: StoreDeps) {
  const { client } = deps;
  const table = tableName(deps, 'settings');

  /** The settings of each of the channels as they are now. */
  async function settingsOf(channelIds: readonly string[]): Promise<Map<string, ChannelSettings>> {
    const stored = await load(channelIds);
    const found = new Map(stored.map((settings) => [settings.channelId, toChannelSettings(settings)]));
    return new Map(channelIds.map((channelId) => [channelId, found.get(channelId) ?? NO_SETTINGS]));
  }

  /** The settings of a channel as they are now, and the check that they still are, for what follows from them. */
  async function read(channelId: string): Promise<{ settings: ChannelSettings; unchanged: Write }> {
    const [stored] = await load([channelId]);
    return {
      settings: stored ? toChannelSettings(stored) : NO_SETTINGS,
      unchanged: {
        ConditionCheck: {
          TableName: table,
          Key: keyOf(channelId),
          ...ifStill('ver', stored?.version),
        },
      },
    };
  }

  async function load(channelIds: readonly string[]): Promise<StoredSettings[]> {
    return (await batchGet(client, table, channelIds.map(keyOf))).map(readStored);
  }

  /** The account's options as they are now. */
  async function optionsOf(account: string): Promise<AccountOptions> {
    const { Item } = await client.send(
      new GetCommand({ TableName: table, Key: optionsKey(account), ConsistentRead: true }),
    );
    return readOptions(Item);
  }

  return { settingsOf, read, load, optionsOf };
}

/** The same, and how they change. */
export function createSettings(
  deps: StoreDeps & {
    users: Pick<Users, 'existing' | 'checkOf'>;
    channels: Pick<Channels, 'idsOf' | 'forgetIdsOf'>;
    tasks: Pick<Tasks, 'write'>;
  },
) {
  const { client, clock, users, channels, tasks } = deps;
  const table = tableName(deps, 'settings');
  const { settingsOf, read, load, optionsOf } = createRules(deps);

  /**
   * Replaces the channel's settings, and answers with what is stored then. Users have to have been looked up; whoever
   * was deleted meanwhile has no role when this resolves.
   */
  async function put(account: string, channelId: string, chosen: ChosenSettings): Promise<ChannelSettings> {
    const named = chosen.userRoles.map(({ userId }) => userId);
    for (;;) {
      const [before = { channelId, roles: [], hadRoles: false, version: 0 }] = await load([channelId]);
      const present = await users.existing(account, named);
      if (await save(account, before, chosen, (userId) => present.has(userId))) break;
    }
    await settle(account, [channelId], named);
    return (await read(channelId)).settings;
  }

  /**
   * Brings the roles of users who were pushed or deleted in line with who exists now, in all channels of the account;
   * answers with the channels in which somebody's role came or went. Follows every change of who exists.
   */
  async function followUsers(account: string, userIds: readonly string[]): Promise<string[]> {
    channels.forgetIdsOf(account);
    return settle(account, await channels.idsOf(account), userIds);
  }

  /** Ends when users who were read after the settings agree with them. */
  async function settle(account: string, channelIds: readonly string[], userIds: readonly string[]): Promise<string[]> {
    const concerned = new Set(userIds);
    const changed = new Set<string>();
    for (let left = channelIds; ; ) {
      const stored = await load(left);
      const named = stored.flatMap(({ roles }) => roles.map(({ userId }) => userId)).filter((id) => concerned.has(id));
      const present = await users.existing(account, named);
      const wrong = stored.filter(({ roles }) =>
        roles.some(({ userId, gone }) => concerned.has(userId) && gone === present.has(userId)),
      );
      if (wrong.length === 0) return [...changed];
      for (const { newClients, roles, ...before } of wrong) {
        const exists = (userId: string) => (concerned.has(userId) ? present.has(userId) : undefined);
        if (await save(account, { ...before, roles }, { newClients, userRoles: roles }, exists)) {
          changed.add(before.channelId);
        }
      }
      left = wrong.map(({ channelId }) => channelId);
    }
  }

  /**
   * Saves on condition that nobody else did since `before` was loaded; false where somebody was faster. Whether a role
   * counts changes only together with a check that its user exists, or does not: of a deletion and a save that cross
   * each other one sees the other, and no crash leaves a role to nobody. What is too much for one write stays as it was.
   */
  async function save(
    account: string,
    before: Pick<StoredSettings, 'channelId' | 'roles' | 'hadRoles' | 'version'>,
    { newClients, userRoles }: ChosenSettings,
    exists: (userId: string) => boolean | undefined,
  ): Promise<boolean> {
    const wasGone = new Map(before.roles.map(({ userId, gone }) => [userId, gone]));
    const checks: Write[] = [];
    const roles = userRoles.map(({ userId, role, allowGetNewClients }): StoredRole => {
      const was = wasGone.get(userId) ?? true;
      const gone = !(exists(userId) ?? !was);
      if (gone === was || checks.length === MOST_WRITES - 2) return { userId, role, allowGetNewClients, gone: was };
      checks.push(users.checkOf(account, userId, gone ? 'gone' : 'there'));
      return { userId, role, allowGetNewClients, gone };
    });
    const Put = {
      TableName: table,
      Item: {
        ...keyOf(before.channelId),
        ...newClients,
        roles,
        hadRoles: before.hadRoles || roles.length > 0,
        ver: before.version + 1,
      },
      ...ifStill('ver', before.version),
    };
    // With it goes what follows from it, so that no crash leaves rotation and lists behind the settings.
    const place = { kind: 'place', channelId: before.channelId, since: clock.now(), round: 1 } as const;
    const follow = tasks.write(place, REQUEST_MS);
    return transact(client, [{ Put }, follow, ...checks]);
  }

  /** Changes the options that are given, and answers with all of them. */
  async function patchOptions(account: string, changes: OptionChanges): Promise<AccountOptions> {
    const given = Object.entries(changes).filter(([, value]) => value !== undefined);
    if (given.length === 0) return optionsOf(account);
    const { Attributes } = await client.send(
      new UpdateCommand({
        TableName: table,
        Key: optionsKey(account),
        UpdateExpression: `SET ${given.map(([name]) => `${name} = :${name}`).join(', ')}`,
        ExpressionAttributeValues: Object.fromEntries(given.map(([name, value]) => [`:${name}`, value])),
        ReturnValues: 'ALL_NEW',
      }),
    );
    return readOptions(Attributes);
  }

  return { settingsOf, read, put, followUsers, optionsOf, patchOptions };
}

function keyOf(channelId: string) {
  return { p: `channel#${channelId}`, s: 'settings' };
}

function optionsKey(account: string) {
  return { p: `account#${account}`, s: 'options' };
}

function toChannelSettings({ newClients, roles, hadRoles }: StoredSettings): ChannelSettings {
  const userRoles = roles.filter(({ gone }) => !gone).map(({ gone: _, ...role }): UserRole => role);
  return { newClients, userRoles, rolesSaved: hadRoles };
}

function readStored(item: Record<string, unknown>): StoredSettings {
  const parsed = settingsSchema.safeParse(item);
  if (!parsed.success) throw new UnreadableItemError('settings', { cause: parsed.error });
  const { p, mode, pipelineId, stageId, roles, hadRoles = roles.length > 0, ver } = parsed.data;
  const newClients = {
    mode,
    ...(pipelineId !== undefined && { pipelineId }),
    ...(stageId !== undefined && { stageId }),
  };
  return { channelId: p.slice('channel#'.length), newClients, roles, hadRoles, version: ver };
}

function readOptions(item: Record<string, unknown> | undefined): AccountOptions {
  const parsed = optionsSchema.safeParse(item ?? {});
  if (!parsed.success) throw new UnreadableItemError('settings', { cause: parsed.error });
  const { notifyHeadsAboutAllMessages, saveMessagesToTimeline } = parsed.data;
  return {
    notifyHeadsAboutAllMessages: notifyHeadsAboutAllMessages ?? DEFAULT_OPTIONS.notifyHeadsAboutAllMessages,
    saveMessagesToTimeline: saveMessagesToTimeline ?? DEFAULT_OPTIONS.saveMessagesToTimeline,
  };
}
