import * as z from 'zod/mini';
import { directoryId, userId } from '#api/crm-fields';
import type { DescribedRoutes } from '#api/described-route';
import { count } from '#api/fields';
import { hours, presentSchedules, scheduleName, schedulesAnswer } from '#api/schedule-fields';
import { newWaiting, presentWaiting, storedWaiting } from '#api/waiting-fields';
import { frameAncestor, MOST_ANCESTORS } from '#domain/frame-ancestors';
import { MOST_DAYS } from '#domain/retention-days';
import { settingWarnings } from '#domain/setting-warnings';
import { type ChosenSettings, NEW_CLIENT_MODES, type NewClients, ROLES, type UserRole } from '#domain/settings';
import type { Preview } from '#domain/settings-preview';
import type { Team } from '#domain/team';
import { WAITING_WARNINGS, type WaitingWarning } from '#domain/waiting-setting';
import { isZone } from '#domain/zone';
import type { NoFields } from '#no-fields';
import { schemaOf } from '#schema-of';
import type { VersionedOptions } from '#store/accounts/account-options';
import type { VersionedSettings } from '#store/accounts/channel-settings';

/** How new clients are given out. */
export const newClientMode = z.enum(NEW_CLIENT_MODES);

/** What happens to new clients. */
export const newClients = z.object({
  mode: newClientMode,
  pipelineId: z.exactOptional(directoryId),
  stageId: z.exactOptional(directoryId),
});

/** What a user may see and do in a channel. */
export const role = z.enum(ROLES);

/** As many as an account may have users. */
const MOST_ROLES = 1000;

/** Longer than the name of any schedule. */
const MOST_NAME = 100;

/** What happens to new clients, as it is stored. */
export const storedNewClients = z.object({
  mode: newClientMode,
  pipelineId: z.exactOptional(z.string()),
  stageId: z.exactOptional(z.string()),
});

/** What of settings is hardly meant so. */
const warnings = z.array(z.enum(WAITING_WARNINGS));

/** The role of a user in a channel, as it is stored. */
export const storedRole = z.object({ userId: z.string(), role, allowGetNewClients: z.boolean() });

/**
 * The settings of a channel: how new clients are given out, and the roles of the users who exist. The version grows with
 * each change, also if a user with a role is deleted or comes back; it is 0 before the first. Without `waiting` nothing is
 * done about clients who wait; `warnings` tell what of it is hardly meant so.
 */
export const settings = z.object({
  newClients: storedNewClients,
  userRoles: z.array(storedRole),
  schedule: z.exactOptional(z.string()),
  waiting: z.exactOptional(storedWaiting),
  warnings: z.exactOptional(warnings),
  version: count,
});

/** The role that a user gets in a channel. */
export const newRole = z.object({ userId, role, allowGetNewClients: z._default(z.boolean(), false) });

/**
 * The body of `PUT /v1/settings/channels/{channelId}`; it replaces all settings of the channel. Users, pipeline and
 * stage have to exist, and `allowGetNewClients` needs a role that may write. Without `schedule` or `waiting` that stays as
 * it is; null ends it. `version`, if there is one, has to be the one that is stored, else it is a 409.
 */
export const newSettings = schemaOf<ChosenSettings & { version?: number | undefined }>()(
  z.object({
    newClients,
    userRoles: z.array(newRole).check(z.maxLength(MOST_ROLES)),
    schedule: z.optional(z.nullable(z.string().check(z.maxLength(MOST_NAME)))),
    waiting: z.optional(z.nullable(newWaiting)),
    version: z.optional(z.int()),
  }),
);

/** An origin that may show the page in a frame. The field is named if it is none. */
const ancestor = z.pipe(
  z.string().check(
    z.maxLength(300),
    z.refine((value) => frameAncestor(value) !== undefined),
  ),
  z.transform((value) => frameAncestor(value) as string),
);

/**
 * The body of `PATCH /v1/settings`: the options that change. `frameAncestors` replaces all origins: `https://host`, or
 * `https://*.host.example`; http for this machine only. `retentionDays: null` keeps everything. `schedules` replaces those
 * that it names; null takes one away. `renameSchedules` gives schedules other names, at the channels and users that have them,
 * too; it comes without `schedules`. `version`, if there is one, has to be the one that is stored.
 */
export const newOptions = z.object({
  notifyHeadsAboutAllMessages: z.optional(z.boolean()),
  saveMessagesToTimeline: z.optional(z.boolean()),
  frameAncestors: z.optional(z.array(ancestor).check(z.maxLength(MOST_ANCESTORS))),
  retentionDays: z.optional(z.nullable(z.int().check(z.minimum(1), z.maximum(MOST_DAYS)))),
  schedules: z.optional(z.record(scheduleName, z.nullable(hours))),
  renameSchedules: z.optional(z.record(scheduleName, scheduleName)),
  zone: z.optional(z.string().check(z.maxLength(MOST_NAME), z.refine(isZone))),
  version: z.optional(z.int()),
});

/** The options of an account. They apply to all its channels. The version grows with each change of them. */
export const optionsAnswer = z.object({
  notifyHeadsAboutAllMessages: z.boolean(),
  saveMessagesToTimeline: z.boolean(),
  frameAncestors: z.array(z.string()),
  retentionDays: z.nullable(count),
  schedules: schedulesAnswer,
  zone: z.string(),
  version: count,
});

const names = z.readonly(z.array(z.string()));
/** What no longer holds of settings. */
export const problems = z.object({
  fields: names,
  unknownUsers: z.exactOptional(names),
  unknownPipelines: z.exactOptional(names),
  unknownStages: z.exactOptional(names),
});

/** The settings of a channel, and what no longer holds of them. */
export const settingsWithProblems = z.extend(settings, { problems: z.exactOptional(problems) });

/**
 * The options of an account and the settings of each channel, by its id. `problems` is there if they could not be
 * stored today, because a pipeline or stage that they name is gone.
 */
export const allSettings = z.extend(optionsAnswer, {
  channels: z.record(z.string(), settingsWithProblems),
});

/** How many chats that a user sees now they would not see any more. */
export const loss = z.object({ userId: z.string(), chats: count });

/**
 * What a save of settings would change for people: how many waiting clients it would give out, and who would no longer see
 * chats of the channel. With `atLeast` the counting ended early: then each figure is the least.
 */
export const preview = z.object({
  givenOut: count,
  losesSight: z.array(loss),
  atLeast: z.boolean(),
  warnings: z.exactOptional(warnings),
});

type SettingsAnswer = z.infer<typeof settings>;
type Schedules = Pick<Team, 'schedules'>;

/** Why settings cannot be stored, or no longer hold: the fields, and the ids in them that do not exist. */
export type Problems = z.infer<typeof problems>;

/** The settings of a channel, in an account with that team. `rolesSaved` matters to the rules only. */
export function presentSettings({ settings: chosen, version }: VersionedSettings, team: Schedules): SettingsAnswer {
  const { newClients, userRoles, schedule, rolesSaved: _rolesSaved, waiting, ...rest } = chosen;
  rest satisfies NoFields;
  return {
    newClients: presentNewClients(newClients),
    userRoles: userRoles.map(presentRole),
    ...(schedule !== undefined && { schedule }),
    ...(waiting && { waiting: presentWaiting(waiting) }),
    ...presentWarnings(settingWarnings(chosen, team)),
    version,
  };
}

function presentWarnings(found: readonly WaitingWarning[]): { warnings?: WaitingWarning[] } {
  return found.length > 0 ? { warnings: [...found] } : {};
}

function presentNewClients({ mode, pipelineId, stageId, ...rest }: NewClients): SettingsAnswer['newClients'] {
  rest satisfies NoFields;
  return { mode, ...(pipelineId !== undefined && { pipelineId }), ...(stageId !== undefined && { stageId }) };
}

function presentRole({ userId, role, allowGetNewClients, ...rest }: UserRole): SettingsAnswer['userRoles'][number] {
  rest satisfies NoFields;
  return { userId, role, allowGetNewClients };
}

/** The options of an account, with its schedules. */
export function presentOptions(
  { options, version }: VersionedOptions,
  { schedules }: Pick<Team, 'schedules'>,
): z.infer<typeof optionsAnswer> {
  const { notifyHeadsAboutAllMessages, saveMessagesToTimeline, frameAncestors, retentionDays, zone, ...rest } = options;
  rest satisfies NoFields;
  return {
    notifyHeadsAboutAllMessages,
    saveMessagesToTimeline,
    frameAncestors: [...frameAncestors],
    retentionDays,
    schedules: presentSchedules(schedules),
    zone,
    version,
  };
}

/** The options of an account, and the settings of its channels by their ids, with what no longer holds of them. */
export function presentAllSettings(
  ofChannels: ReadonlyMap<string, VersionedSettings>,
  options: VersionedOptions,
  team: Pick<Team, 'schedules'>,
  problems: ReadonlyMap<string, Problems> = new Map(),
): z.infer<typeof allSettings> {
  const channels = [...ofChannels].map(([channelId, chosen]) => {
    const found = problems.get(channelId);
    return [channelId, { ...presentSettings(chosen, team), ...(found && { problems: presentProblems(found) }) }];
  });
  return { channels: Object.fromEntries(channels), ...presentOptions(options, team) };
}

function presentProblems({ fields, unknownUsers, unknownPipelines, unknownStages, ...rest }: Problems): Problems {
  rest satisfies NoFields;
  return {
    fields,
    ...(unknownUsers && { unknownUsers }),
    ...(unknownPipelines && { unknownPipelines }),
    ...(unknownStages && { unknownStages }),
  };
}

/** What a save of settings would change. */
export function presentPreview({ givenOut, losesSight, atLeast, warnings: found, ...rest }: Preview) {
  rest satisfies NoFields;
  const losses = losesSight.map(({ userId, chats }) => ({ userId, chats }));
  return { givenOut, losesSight: losses, atLeast, ...presentWarnings(found) } satisfies z.infer<typeof preview>;
}

/** The routes of settings. */
export const describedSettingsRoutes = {
  'GET /v1/settings': {
    operationId: 'getSettings',
    tag: 'Settings',
    summary: 'The settings of all channels, and the options of the account',
    answer: allSettings,
    status: 200,
    security: 'apiKey',
    errors: [],
  },
  'PATCH /v1/settings': {
    operationId: 'changeOptions',
    tag: 'Settings',
    summary: 'Change the options for all channels',
    description:
      'Pages of `frameAncestors` may show ours in a frame, beside those of the CRMs that Konvert knows. After `retentionDays` what was said is forgotten with its files, once a day, unless a client waits for an answer to it; `null`, the default, keeps everything. `schedules` are hours by name: intervals of the days of a week in a zone, and dates with intervals of their own. One that is named replaces the one of that name from now on, what was before is not recounted; `null` takes one away that nobody has. `zone` is that of the account’s days. With the `version` that was read, nobody else’s change is replaced unseen.',
    body: newOptions,
    answer: optionsAnswer,
    status: 200,
    security: 'apiKey',
    errors: ['INVALID_SETTINGS', 'SETTINGS_CHANGED'],
  },
  'PUT /v1/settings/channels/{channelId}': {
    operationId: 'replaceChannelSettings',
    tag: 'Settings',
    summary: 'Replace the settings of a channel: what happens to new clients, and who has which role',
    description:
      'It replaces the settings of the channel whole. In `round-robin` a new client goes to the next user with `allowGetNewClients`, in `first-reply` to the user who answers first. Roles: a `seller` writes to their own clients, a `manager` (the head) sees and writes to all, an `auditor` sees all. Roles hold when the answer is there. `schedule` names the hours in which the channel is open; without it nothing changes, `null` is always open. `waiting` says after how many minutes of working time a client whom nobody answers goes to the next user, and the heads are told; without it nothing changes, `null` ends it. With the `version` that was read, nobody else’s change is replaced unseen; without it the last one wins.',
    body: newSettings,
    answer: settings,
    status: 200,
    security: 'apiKey',
    errors: ['INVALID_SETTINGS', 'CHANNEL_NOT_FOUND', 'SETTINGS_CHANGED'],
  },
  'POST /v1/settings/channels/{channelId}/preview': {
    operationId: 'previewChannelSettings',
    tag: 'Settings',
    summary: 'What a replacement of the settings would change for people; nothing is stored',
    description:
      'The body is that of the replacement, and refused like that. `givenOut` is how many waiting clients it would give out to users in turn. `losesSight` are the users who would no longer see chats of the channel that they see now, those of clients who are given out to others included. It looks at 10,000 chats and 1,000 waiting ones at most; with `atLeast` there are more, and no figure is too large.',
    body: newSettings,
    answer: preview,
    status: 200,
    security: 'apiKey',
    errors: ['INVALID_SETTINGS', 'CHANNEL_NOT_FOUND', 'SETTINGS_CHANGED'],
  },
} satisfies DescribedRoutes;
