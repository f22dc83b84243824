import type { Crm } from '#api/authenticate';
import { createCrmRoutes } from '#api/crm-routes';
import {
  newOptions,
  newSettings,
  type Problems,
  presentAllSettings,
  presentOptions,
  presentPreview,
  presentSettings,
} from '#api/settings-routes';
import type { Bells } from '#bells';
import { faultsOf } from '#domain/hours-faults';
import type { ChosenSettings } from '#domain/settings';
import type { Actor } from '#domain/sight';
import type { Team } from '#domain/team';
import type { ChangeOptions, ScheduleChanges } from '#flows/change-options';
import type { ChangeSettings } from '#flows/change-settings';
import type { FollowSettings } from '#flows/follow-settings';
import type { PreviewSettings } from '#flows/preview-settings';
import { channelNotFound, RequestError } from '#http/errors';
import { readBodyWithNull } from '#http/read-body';
import type { HttpHandler, HttpRequest, HttpResponse } from '#http/route';
import type { Log } from '#log';
import type { Options } from '#store/accounts/account-options';
import type { Accounts } from '#store/accounts/accounts';
import type { Settings, VersionedSettings } from '#store/accounts/channel-settings';
import type { Channels } from '#store/accounts/channels';
import type { CrmConnections } from '#store/accounts/crms';
import type { Teams } from '#store/accounts/teams';
import type { Pipelines } from '#store/directory/pipelines';
import type { Users } from '#store/directory/users';
import { shiftTaskName } from '#store/outbox/shift-task';
import { placeTask } from '#store/outbox/tasks';
import type { PageTokens } from '#store/pages/tokens';
import { problemsOf } from './problems.ts';

export interface ManageSettingsDeps {
  readonly accounts: Pick<Accounts, 'byKey'>;
  readonly tokens: Pick<PageTokens, 'holderOf'>;
  readonly channels: Pick<Channels, 'get' | 'listOf'>;
  readonly users: Pick<Users, 'existing'>;
  readonly crms: Pick<CrmConnections, 'of'>;
  readonly pipelines: Pick<Pipelines, 'list'>;
  readonly settings: Pick<Settings, 'versioned'>;
  readonly changeSettings: Pick<ChangeSettings, 'put' | 'changedSince'>;
  readonly previewSettings: PreviewSettings;
  readonly options: Pick<Options, 'versioned'>;
  readonly teams: Pick<Teams, 'read'>;
  readonly changeOptions: ChangeOptions;
  readonly followSettings: FollowSettings;
  readonly bells: Bells<'tasks'>;
  readonly log: Log;
}

/** Reads and stores what is chosen for each channel, and for all channels of an account. */
export function createHandler(deps: ManageSettingsDeps): HttpHandler {
  return createCrmRoutes(
    {
      'GET /v1/settings': (_request, actor) => read(deps, actor),
      'PATCH /v1/settings': (request, actor) => patch(deps, request, actor),
      'PUT /v1/settings/channels/{channelId}': (request, actor) => put(deps, request, actor),
      'POST /v1/settings/channels/{channelId}/preview': (request, actor) => preview(deps, request, actor),
    },
    deps,
  );
}

async function read(
  { channels, settings, options, teams, pipelines }: ManageSettingsDeps,
  { account }: Actor,
): Promise<HttpResponse> {
  const present = (await channels.listOf(account)).filter(({ deletedAt }) => deletedAt === undefined);
  const [ofChannels, ofAccount, { team }] = await Promise.all([
    settings.versioned(present.map(({ channelId }) => channelId)),
    options.versioned(account),
    teams.read(account),
  ]);
  const problems = await problemsNow(pipelines, account, ofChannels, team);
  return { status: 200, body: presentAllSettings(ofChannels, ofAccount, team, problems) };
}

/** What no longer holds of the settings, by channel. Roles of users who are gone are not among them. */
async function problemsNow(
  pipelines: ManageSettingsDeps['pipelines'],
  account: string,
  ofChannels: ReadonlyMap<string, VersionedSettings>,
  team: Team,
): Promise<Map<string, Problems>> {
  const naming = [...ofChannels].filter(([, { settings }]) => settings.newClients.pipelineId !== undefined);
  const loaded = naming.length > 0 ? await pipelines.list(account) : [];
  return new Map(
    naming.flatMap(([channelId, { settings: chosen }]) => {
      const problems = problemsOf(chosen, new Set(chosen.userRoles.map(({ userId }) => userId)), loaded, team);
      return problems ? [[channelId, problems] as const] : [];
    }),
  );
}

async function patch(
  { changeOptions, bells }: ManageSettingsDeps,
  { body }: HttpRequest,
  { account, keyId }: Crm,
): Promise<HttpResponse> {
  const refuse = (fields: readonly string[]) => invalidSettings({ fields });
  const nulls = ['retentionDays', 'schedules.*'];
  const { frameAncestors, version, ...changes } = readBodyWithNull(newOptions, body, nulls, refuse);
  const faults = scheduleFaults(changes.schedules ?? {});
  if (faults.length > 0) throw refuse(faults);
  // Which names the hours would be of is a question that nobody has to ask.
  if (changes.schedules && changes.renameSchedules) throw refuse(['renameSchedules']);
  const named = frameAncestors && { frameAncestors: [...new Set(frameAncestors)] };
  const stored = await changeOptions(account, { ...changes, ...named }, keyId, version);
  if ('changedTo' in stored) throw settingsChanged(stored.changedTo);
  if ('faults' in stored) throw refuse(stored.faults);
  if (stored.isTeamChanged) await bells.ring('tasks', shiftTaskName(account));
  return { status: 200, body: presentOptions(stored, stored.team) };
}

/** The fields of schedules that cannot be stored. */
function scheduleFaults(schedules: ScheduleChanges): string[] {
  return Object.entries(schedules).flatMap(([name, hours]) =>
    hours === null ? [] : faultsOf(hours).map((field) => `schedules.${name}.${field}`),
  );
}

async function put(deps: ManageSettingsDeps, request: HttpRequest, { account, keyId }: Crm): Promise<HttpResponse> {
  const { channelId, chosen, version, team } = await readWanted(deps, request, account);
  const stored = await deps.changeSettings.put(account, channelId, chosen, keyId, version);
  if ('changedTo' in stored) throw settingsChanged(stored.changedTo);
  if ('faults' in stored) throw invalidSettings({ fields: stored.faults });
  await deps.followSettings(channelId);
  await deps.bells.ring('tasks', placeTask(channelId));
  return { status: 200, body: presentSettings(stored, team) };
}

async function preview(deps: ManageSettingsDeps, request: HttpRequest, { account }: Crm): Promise<HttpResponse> {
  const { channelId, chosen, version } = await readWanted(deps, request, account);
  const changedTo = await deps.changeSettings.changedSince(channelId, chosen, version);
  if (changedTo !== undefined) throw settingsChanged(changedTo);
  return { status: 200, body: presentPreview(await deps.previewSettings(account, channelId, chosen)) };
}

/** Settings that somebody wants to save. */
interface Wanted {
  readonly channelId: string;
  readonly chosen: ChosenSettings;
  readonly version: number | undefined;
  readonly team: Team;
}

/** Throws a `RequestError` if there is no such channel, or if these settings cannot be saved for it. */
async function readWanted(
  { channels, users, crms, pipelines, teams, changeSettings }: ManageSettingsDeps,
  { params, body }: HttpRequest,
  account: string,
): Promise<Wanted> {
  const channel = await channels.get(params.channelId ?? '');
  if (!channel || channel.account !== account || channel.deletedAt !== undefined) throw channelNotFound();
  const { channelId } = channel;
  const refuse = (fields: readonly string[]) => invalidSettings({ fields });
  const { version, ...chosen } = readBodyWithNull(newSettings, body, ['schedule', 'waiting'], refuse);
  const named = chosen.userRoles.map(({ userId }) => userId);
  const [existing, loaded, crm, { team }] = await Promise.all([
    users.existing(account, named),
    pipelines.list(account),
    crms.of(account),
    teams.read(account),
  ]);
  const problems = problemsOf(chosen, existing, loaded, team, crm?.crm);
  if (!problems) return { channelId, chosen, version, team };
  // Who has read settings of before may name a user who is gone since: what they have to do is to read again.
  const changedTo = await changeSettings.changedSince(channelId, chosen, version);
  throw changedTo === undefined ? invalidSettings(problems) : settingsChanged(changedTo);
}

function settingsChanged(version: number): RequestError {
  const description = 'Somebody has changed the settings meanwhile: read them again';
  return new RequestError(409, 'SETTINGS_CHANGED', description, { version });
}

function invalidSettings(problems: Problems): RequestError {
  const { fields } = problems;
  const named = fields.length > 0 ? `These cannot be stored: ${fields.join(', ')}` : 'The body is not usable';
  return new RequestError(400, 'INVALID_SETTINGS', named, problems);
}
