import type { components, KonvertClient } from '../../../clients/typescript/index.ts';
import { NOTHING_CHOSEN } from '../../core/chosen.ts';
import { factsOf } from '../../core/messengers.ts';
import { isOwnId } from '../../core/own-id.ts';
import type {
  ChannelDraft,
  ChannelOfTeam,
  Chosen,
  Pipeline,
  RolesModel,
  Stored,
  Team,
} from '../../settings-models/roles.ts';
import { type Answer, answerOf, bodyOf, mapped, wordsOf } from '../api.ts';
import { createChannelDraft } from './channel-draft.ts';
import { namedHours } from './hours.ts';
import { loading } from './loading.ts';

type Schemas = components['schemas'];

/** A rule is tried on so many days that are over. */
const WOULD_DAYS = 7;

/** Who gets what: the settings of the channels, the users, and the pipelines. */
export function createRoles(api: KonvertClient): RolesModel {
  const drafts = new Map<string, ReturnType<typeof createChannelDraft>>();
  const settings = () => answerOf(api.GET('/v1/settings'));

  const team = loading(async (): Promise<Answer<Team>> => {
    const [channels, stored, users, pipelines, receiver] = await Promise.all([
      answerOf(api.GET('/v3/channels')),
      settings(),
      answerOf(api.GET('/v3/users')),
      answerOf(api.GET('/v3/pipelines')),
      answerOf(api.GET('/v3/webhooks')),
    ]);
    if (channels.kind !== 'ok') return channels;
    if (stored.kind !== 'ok') return stored;
    if (users.kind !== 'ok') return users;
    if (pipelines.kind !== 'ok') return pipelines;
    if (receiver.kind !== 'ok') return receiver;
    const body: Team = {
      channels: channels.body.map(({ channelId, name, transport }) => ({
        channelId,
        name,
        chatType: factsOf(transport).mark,
        stored: storedOf(stored.body.channels[channelId]),
      })),
      schedules: namedHours(stored.body.schedules),
      users: users.body,
      pipelines: pipelines.body.map(pipelineOf),
      isKeptByCrm:
        receiver.body.subscriptions.contactsAndDealsCreation || pipelines.body.some(({ id }) => !isOwnId(id)),
    };
    for (const { channelId, stored: now } of body.channels) drafts.get(channelId)?.read(now);
    return { kind: 'ok', body };
  });

  function draftOf({ channelId, stored }: ChannelOfTeam): ChannelDraft {
    const known = drafts.get(channelId);
    if (known) return known;
    const params = { path: { channelId } };
    const draft = createChannelDraft(
      {
        preview: (chosen, version) =>
          answerOf(api.POST('/v1/settings/channels/{channelId}/preview', { params, body: toSave(chosen, version) })),
        async save(chosen, version) {
          const answer = await answerOf(
            api.PUT('/v1/settings/channels/{channelId}', { params, body: toSave(chosen, version) }),
          );
          return mapped(answer, storedOf);
        },
        async read() {
          const [stored, users] = await Promise.all([settings(), answerOf(api.GET('/v3/users')), team.reload()]);
          if (stored.kind !== 'ok') return stored;
          if (users.kind !== 'ok') return users;
          return { kind: 'ok', body: { stored: storedOf(stored.body.channels[channelId]), users: users.body } };
        },
      },
      stored,
      () => void team.reload(),
    );
    drafts.set(channelId, draft);
    return draft;
  }

  return {
    team,
    draftOf,
    async wouldReturn(channelId, { returnAfterMinutes, tellHeadsAfterMinutes, returnsAtMost }) {
      const query = {
        days: String(WOULD_DAYS),
        returnsAtMost: String(returnsAtMost),
        ...(returnAfterMinutes !== null && { returnAfterMinutes: String(returnAfterMinutes) }),
        ...(tellHeadsAfterMinutes !== null && { tellHeadsAfterMinutes: String(tellHeadsAfterMinutes) }),
      };
      const params = { path: { channelId }, query };
      return bodyOf(await answerOf(api.GET('/v1/settings/channels/{channelId}/would-return', { params })));
    },
    async savePipelines(before, after) {
      const now = await answerOf(api.GET('/v3/pipelines'));
      if (now.kind !== 'ok') return { kind: 'refused', words: wordsOf(now) };
      const stored = JSON.stringify(now.body.map(pipelineOf));
      if (stored !== JSON.stringify(before)) {
        await team.reload();
        // So it is after a save whose answer was lost.
        if (stored === JSON.stringify(after)) return { kind: 'saved' };
        return { kind: 'changed' };
      }
      const answer = await answerOf(api.PUT('/v1/pipelines', { body: after.map(pipelineToStore) }));
      await team.reload();
      return answer.kind === 'ok' ? { kind: 'saved' } : { kind: 'refused', words: wordsOf(answer) };
    },
  };
}

function storedOf(settings: Schemas['ChannelSettings'] | undefined): Stored {
  if (settings === undefined) return { chosen: NOTHING_CHOSEN, version: 0 };
  const { newClients, userRoles, schedule, waiting, version } = settings;
  const { mode, ...place } = newClients;
  const roles = userRoles.map(
    ({ userId, role, allowGetNewClients: receives }) => [userId, { role, receives }] as const,
  );
  const chosen: Chosen = {
    mode,
    place,
    roles: new Map(roles),
    ...(schedule !== undefined && { schedule }),
    ...(waiting && { waiting }),
  };
  return { chosen, version };
}

function toSave({ mode, place, roles, schedule, waiting }: Chosen, version: number): Schemas['NewChannelSettings'] {
  const userRoles = [...roles].map(([userId, { role, receives }]) => ({ userId, role, allowGetNewClients: receives }));
  return { newClients: { mode, ...place }, userRoles, schedule: schedule ?? null, waiting: waiting ?? null, version };
}

function pipelineOf({ id, name, stages }: Schemas['Pipeline']): Pipeline {
  return {
    id,
    name,
    ...(stages && { stages: stages.map(({ id: stageId, name: of }) => ({ id: stageId, name: of })) }),
  };
}

function pipelineToStore({ id, name, stages = [] }: Pipeline): Schemas['NewPipeline'] {
  return { id, name, ...(stages.length > 0 && { stages: stages.map((stage) => ({ ...stage })) }) };
}
