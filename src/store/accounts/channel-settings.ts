import { isDeepStrictEqual } from 'node:util';
import * as z from 'zod/mini';
import {
  type ChannelSettings,
  type ChosenSettings,
  NEW_CLIENT_MODES,
  type NewClients,
  NO_SETTINGS,
  ROLES,
  scheduleAfter,
  type UserRole,
} from '#domain/settings';
import { dueAfterMinutes, OUTSIDE_HOURS, THEN, waitingAfter } from '#domain/waiting-setting';
import type { NoFields } from '#no-fields';
import { schemaOf } from '#schema-of';
import { channelOfPartition, channelPartition, waitingKey } from '#store/accounts/keys';
import { batchGet } from '#store/dynamo/batch-get';
import { type StoreDeps, tableName } from '#store/dynamo/client';
import { UnreadableItemError } from '#store/dynamo/errors';
import { ifStill, setting, type Write } from '#store/dynamo/transaction';

const roleSchema = z.object({
  userId: z.string(),
  role: z.enum(ROLES),
  allowGetNewClients: z.boolean(),
  /** The user does not exist (any more); they get the role when they are pushed. */
  gone: z.boolean(),
});

const waitingSchema = z.object({
  returnAfterMinutes: z.nullable(z.number()),
  returnsAtMost: z.number(),
  then: z.enum(THEN),
  tellHeadsAfterMinutes: z.nullable(z.number()),
  awayAfterReturns: z.number(),
  outsideHours: z.enum(OUTSIDE_HOURS),
  from: z.number(),
});

/** Every choice as it is stored. A new one that the schema lacks does not compile. */
interface StoredChoices extends NewClients, Omit<ChannelSettings, 'newClients' | 'userRoles' | 'rolesSaved'> {
  readonly roles: readonly StoredRole[];
  /** Whether the channel ever had roles. */
  readonly hadRoles?: boolean;
  /** The task that follows these settings has not moved all chats to their places yet. */
  readonly placing?: boolean;
}

const itemSchema = schemaOf<StoredChoices & { p: string; ver: number }>()(
  z.object({
    p: z.string(),
    ver: z.number(),
    mode: z.enum(NEW_CLIENT_MODES),
    pipelineId: z.exactOptional(z.string()),
    stageId: z.exactOptional(z.string()),
    roles: z.array(roleSchema),
    hadRoles: z.exactOptional(z.boolean()),
    placing: z.exactOptional(z.boolean()),
    schedule: z.exactOptional(z.string()),
    waiting: z.exactOptional(waitingSchema),
  }),
);

/** A user's role, also of a user who does not exist (any more). */
export type StoredRole = z.infer<typeof roleSchema>;

/** All settings of one channel. They can only be written together, so no write loses one. */
export interface StoredSettings extends StoredChoices {
  readonly channelId: string;
  /** Grows with every write, and every write is conditional on it. 0 before the first write. */
  readonly version: number;
}

/** The settings of a channel as rules see them, with their version. */
export interface VersionedSettings {
  readonly settings: ChannelSettings;
  readonly version: number;
}

/** The settings of a channel, with whether its chats have followed them. */
export interface FollowedSettings extends VersionedSettings {
  /** Chats may stand where older roles put them: the list of the whole channel alone is complete. */
  readonly isPlacing: boolean;
}

export type Settings = ReturnType<typeof createSettings>;

/** The settings of channels. Nothing here is cached between requests (R1). */
export function createSettings(deps: StoreDeps) {
  const { client } = deps;
  const table = tableName(deps, 'accounts');

  /** The settings of each of the channels as they are now. */
  async function settingsOf(channelIds: readonly string[]): Promise<Map<string, ChannelSettings>> {
    return new Map([...(await versioned(channelIds))].map(([channelId, { settings }]) => [channelId, settings]));
  }

  /** The settings of each of the channels as they are now, with their versions. */
  async function versioned(channelIds: readonly string[]): Promise<Map<string, FollowedSettings>> {
    const stored = await load(channelIds);
    const found = new Map(stored.map((settings) => [settings.channelId, toVersioned(settings)]));
    return new Map(channelIds.map((channelId) => [channelId, found.get(channelId) ?? toVersioned(undefined)]));
  }

  /** The settings of a channel as they are now, and the check that they still are, for a write that depends on them. */
  async function read(channelId: string): Promise<VersionedSettings & { unchanged: Write }> {
    const [stored] = await load([channelId]);
    return {
      ...toVersioned(stored),
      unchanged: {
        ConditionCheck: { TableName: table, Key: keyOf(channelId), ...ifStill('ver', stored?.version) },
      },
    };
  }

  /** The stored settings of the channels that have any. */
  async function load(channelIds: readonly string[]): Promise<StoredSettings[]> {
    return (await batchGet(client, table, channelIds.map(keyOf))).map(readStored);
  }

  /**
   * The write of all settings. It is refused if they have changed since they were loaded. It is an update, because a
   * function that may put an item of this partition could replace the channel itself. The caller puts the task `place`
   * in the same transaction.
   */
  function write({ channelId, version, ...choices }: StoredSettings): Write {
    const { mode, pipelineId, stageId, roles, hadRoles, schedule, waiting, placing: _, ...rest } = choices;
    rest satisfies NoFields;
    const chosen = { mode, pipelineId, stageId, roles, hadRoles, schedule, waiting };
    const whole = { ...chosen, placing: true, ver: version + 1 };
    return { Update: { TableName: table, Key: keyOf(channelId), ...setting(whole, ifStill('ver', version)) } };
  }

  /** The write by which a channel has its schedule under another name, if its settings are as they were loaded. No chat moves. */
  function renaming({ channelId, version }: StoredSettings, schedule: string): Write {
    const named = setting({ schedule, ver: version + 1 }, ifStill('ver', version));
    return { Update: { TableName: table, Key: keyOf(channelId), ...named } };
  }

  /**
   * The write that puts the channel on the list of those with a timer, or takes it off. None if the list is right. It belongs
   * to the transaction of `write`.
   */
  function listing(before: StoredSettings, { channelId, waiting }: StoredSettings): Write[] {
    const n = waiting && dueAfterMinutes(waiting);
    if (n === (before.waiting && dueAfterMinutes(before.waiting))) return [];
    const key = waitingKey(channelId);
    if (n === undefined) return [{ Delete: { TableName: table, Key: key } }];
    return [{ Put: { TableName: table, Item: { ...key, n } } }];
  }

  /**
   * The writes that say that all chats of the channel are in their places, for the transaction that ends the task
   * `place`. They are refused if the settings change first.
   */
  async function placed(channelId: string): Promise<Write[]> {
    const [stored] = await load([channelId]);
    if (!stored?.placing) return [];
    const condition = ifStill('ver', stored.version);
    const Update = { TableName: table, Key: keyOf(channelId), UpdateExpression: 'REMOVE placing', ...condition };
    return [{ Update }];
  }

  return { settingsOf, versioned, read, load, write, renaming, listing, placed };
}

/** The settings before anything was chosen. */
export function unsetSettings(channelId: string): StoredSettings {
  return { channelId, version: 0, mode: NO_SETTINGS.newClients.mode, roles: [], hadRoles: false };
}

/**
 * The settings with the new choices in place of the old ones, at `now` (epoch ms). `roles` are the chosen roles as they are
 * stored.
 */
export function withChosen(
  before: StoredSettings,
  chosen: ChosenSettings,
  roles: StoredRole[],
  now: number,
): StoredSettings {
  const { newClients, userRoles: _, schedule: named, waiting: wanted, ...others } = chosen;
  const schedule = scheduleAfter(before.schedule, named);
  const { mode, pipelineId, stageId, ...more } = newClients;
  others satisfies NoFields;
  more satisfies NoFields;
  const waiting = waitingAfter(before.waiting, wanted, now);
  return {
    channelId: before.channelId,
    version: before.version,
    mode,
    ...(pipelineId !== undefined && { pipelineId }),
    ...(stageId !== undefined && { stageId }),
    roles,
    ...(waiting && { waiting }),
    hadRoles: hadRoles(before) || roles.length > 0,
    ...(schedule !== undefined && { schedule }),
  };
}

/** The settings with other roles. It is never forgotten that there once were roles (R4). */
export function withRoles(before: StoredSettings, roles: StoredRole[]): StoredSettings {
  return { ...before, roles, hadRoles: hadRoles(before) || roles.length > 0 };
}

/** Whether that was chosen already, and every role of it counts. */
export function isChosen(stored: StoredSettings, chosen: ChosenSettings): boolean {
  const { mode, pipelineId, stageId, roles, schedule } = stored;
  const { newClients, userRoles } = chosen;
  const isSame = mode === newClients.mode && pipelineId === newClients.pipelineId && stageId === newClients.stageId;
  const isKept = scheduleAfter(schedule, chosen.schedule) === schedule;
  const waiting = waitingAfter(stored.waiting, chosen.waiting, stored.waiting?.from ?? 0);
  const hasRoles = isDeepStrictEqual(roles, userRoles.map(asStored));
  return isSame && isKept && hasRoles && isDeepStrictEqual(stored.waiting, waiting);
}

function asStored({ userId, role, allowGetNewClients }: UserRole): StoredRole {
  return { userId, role, allowGetNewClients, gone: false };
}

function keyOf(channelId: string) {
  return { p: channelPartition(channelId), s: 'settings' };
}

function hadRoles(settings: StoredSettings): boolean {
  return settings.hadRoles ?? settings.roles.length > 0;
}

function toVersioned(stored: StoredSettings | undefined): FollowedSettings {
  return stored
    ? { settings: toChannelSettings(stored), version: stored.version, isPlacing: stored.placing === true }
    : { settings: NO_SETTINGS, version: 0, isPlacing: false };
}

function toChannelSettings(stored: StoredSettings): ChannelSettings {
  const { channelId: _, version: _version, hadRoles: _had, placing: _placing, ...choices } = stored;
  const { mode, pipelineId, stageId, roles, schedule, waiting, ...others } = choices;
  others satisfies NoFields;
  return {
    newClients: {
      mode,
      ...(pipelineId !== undefined && { pipelineId }),
      ...(stageId !== undefined && { stageId }),
    },
    userRoles: roles.filter(({ gone }) => !gone).map(({ gone: _gone, ...role }): UserRole => role),
    rolesSaved: hadRoles(stored),
    ...(schedule !== undefined && { schedule }),
    ...(waiting && { waiting }),
  };
}

function readStored(item: Record<string, unknown>): StoredSettings {
  const parsed = itemSchema.safeParse(item);
  if (!parsed.success) throw new UnreadableItemError('accounts', { cause: parsed.error });
  const { p, ver, ...settings } = parsed.data;
  return { channelId: channelOfPartition(p) ?? '', version: ver, ...settings };
}
