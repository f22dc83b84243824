import type { components, KonvertClient } from '../../../clients/typescript/index.ts';
import type { Progress, StartModel } from '../../settings-models/start.ts';
import { type Answer, answerOf } from '../api.ts';
import { readConnection } from './crm.ts';
import { loading } from './loading.ts';

type Schemas = components['schemas'];

/** What is still to do. */
export function createStart(api: KonvertClient): StartModel {
  return { progress: loading(() => readProgress(api)) };
}

async function readProgress(api: KonvertClient): Promise<Answer<Progress>> {
  const [channels, people, settings, webhook, crm] = await Promise.all([
    answerOf(api.GET('/v3/channels')),
    answerOf(api.GET('/v3/users')),
    answerOf(api.GET('/v1/settings')),
    answerOf(api.GET('/v3/webhooks')),
    readConnection(api),
  ]);
  if (channels.kind !== 'ok') return channels;
  if (people.kind !== 'ok') return people;
  if (settings.kind !== 'ok') return settings;
  if (webhook.kind !== 'ok') return webhook;
  if (crm.kind !== 'ok') return crm;
  const newest = await Promise.all(
    channels.body.map(({ channelId }) =>
      answerOf(api.GET('/v1/channels/{channelId}/newest-message', { params: { path: { channelId } } })),
    ),
  );
  const body: Progress = {
    active: channels.body.filter(({ state }) => state === 'active').length,
    channels: channels.body.length,
    people: people.body,
    ...teamsOf(channels.body, settings.body),
    hasMessage: newest.some((answer) => answer.kind === 'ok' && answer.body.newest !== null),
    crm: crm.body?.crm,
    hasWebhook: Boolean(webhook.body.webhooksUri),
  };
  return { kind: 'ok', body };
}

function teamsOf(
  channels: readonly { readonly channelId: string; readonly name: string }[],
  settings: Schemas['AllSettings'],
): Pick<Progress, 'receivers' | 'withoutTeam'> {
  const rolesIn = (channelId: string) => settings.channels[channelId]?.userRoles ?? [];
  const receivers = channels.flatMap(({ channelId }) =>
    rolesIn(channelId).filter(({ allowGetNewClients }) => allowGetNewClients),
  );
  const withoutTeam = channels.filter(({ channelId }) => rolesIn(channelId).every(({ role }) => role === 'auditor'));
  return {
    receivers: new Set(receivers.map(({ userId }) => userId)).size,
    withoutTeam: withoutTeam.map(({ name }) => name),
  };
}
