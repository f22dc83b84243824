import * as z from 'zod/mini';
import { directoryId, userId } from '#api/crm-fields';
import type { DescribedRoutes } from '#api/described-route';
import {
  type AccountOptions,
  type ChannelSettings,
  type ChosenSettings,
  NEW_CLIENT_MODES,
  type NewClients,
  ROLES,
  type UserRole,
} from '#domain/settings';
import type { NoFields } from '#no-fields';
import { schemaOf } from '#schema-of';

const newClients = z.object({
  mode: z.enum(NEW_CLIENT_MODES),
  pipelineId: z.exactOptional(directoryId),
  stageId: z.exactOptional(directoryId),
});
const role = z.enum(ROLES);
/** As many as an account may have users. */
const MOST_ROLES = 1000;

/** The settings of a channel: how new clients are given out, and the roles of the users who exist. */
export const settings = z.object({
  newClients,
  userRoles: z.array(z.object({ userId: z.string(), role, allowGetNewClients: z.boolean() })),
});

/**
 * The body of `PUT /v1/settings/channels/{channelId}`; it replaces all settings of the channel. Users, pipeline and
 * stage have to exist, and `allowGetNewClients` needs a role that may write.
 */
export const newSettings = schemaOf<ChosenSettings>()(
  z.object({
    newClients,
    userRoles: z
      .array(z.object({ userId, role, allowGetNewClients: z._default(z.boolean(), false) }))
      .check(z.maxLength(MOST_ROLES)),
  }),
);

/** The body of `PATCH /v1/settings`: the options that change. */
export const newOptions = z.object({
  notifyHeadsAboutAllMessages: z.optional(z.boolean()),
  saveMessagesToTimeline: z.optional(z.boolean()),
});

/** The options of an account. They apply to all its channels. */
export const optionsAnswer = z.object({
  notifyHeadsAboutAllMessages: z.boolean(),
  saveMessagesToTimeline: z.boolean(),
});

const names = z.readonly(z.array(z.string()));
const problems = z.object({
  fields: names,
  unknownUsers: z.exactOptional(names),
  unknownPipelines: z.exactOptional(names),
  unknownStages: z.exactOptional(names),
});

/**
 * The options of an account and the settings of each channel, by its id. `problems` is there if they could not be
 * stored today, because a pipeline or stage that they name is gone.
 */
export const allSettings = z.extend(optionsAnswer, {
  channels: z.record(z.string(), z.extend(settings, { problems: z.exactOptional(problems) })),
});

type SettingsAnswer = z.infer<typeof settings>;

/** Why settings cannot be stored, or no longer hold: the fields, and the ids in them that do not exist. */
export type Problems = z.infer<typeof problems>;

/** The settings of a channel. `rolesSaved` matters to the rules only. */
export function presentSettings(chosen: ChannelSettings): SettingsAnswer {
  const { newClients, userRoles, rolesSaved: _rolesSaved, ...rest } = chosen;
  rest satisfies NoFields;
  return { newClients: presentNewClients(newClients), userRoles: userRoles.map(presentRole) };
}

function presentNewClients({ mode, pipelineId, stageId, ...rest }: NewClients): SettingsAnswer['newClients'] {
  rest satisfies NoFields;
  return { mode, ...(pipelineId !== undefined && { pipelineId }), ...(stageId !== undefined && { stageId }) };
}

function presentRole({ userId, role, allowGetNewClients, ...rest }: UserRole): SettingsAnswer['userRoles'][number] {
  rest satisfies NoFields;
  return { userId, role, allowGetNewClients };
}

/** The options of an account. */
export function presentOptions(options: AccountOptions): z.infer<typeof optionsAnswer> {
  const { notifyHeadsAboutAllMessages, saveMessagesToTimeline, ...rest } = options;
  rest satisfies NoFields;
  return { notifyHeadsAboutAllMessages, saveMessagesToTimeline };
}

/** The options of an account, and the settings of its channels by their ids, with what no longer holds of them. */
export function presentAllSettings(
  ofChannels: ReadonlyMap<string, ChannelSettings>,
  options: AccountOptions,
  problems: ReadonlyMap<string, Problems> = new Map(),
): z.infer<typeof allSettings> {
  const channels = [...ofChannels].map(([channelId, chosen]) => {
    const found = problems.get(channelId);
    return [channelId, { ...presentSettings(chosen), ...(found && { problems: presentProblems(found) }) }];
  });
  return { channels: Object.fromEntries(channels), ...presentOptions(options) };
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

/** The routes of settings. */
export const describedSettingsRoutes: DescribedRoutes = {
  'GET /v1/settings': {
    summary: 'The settings of all channels, and the options of the account',
    answer: allSettings,
    status: 200,
    security: 'apiKey',
  },
  'PATCH /v1/settings': {
    summary: 'Change the options for all channels',
    body: newOptions,
    answer: optionsAnswer,
    status: 200,
    security: 'apiKey',
  },
  'PUT /v1/settings/channels/{channelId}': {
    summary: 'Replace the settings of a channel: what happens to new clients, and who has which role',
    body: newSettings,
    answer: settings,
    status: 200,
    security: 'apiKey',
  },
};
