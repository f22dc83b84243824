import { signal } from '@preact/signals';
import type { components, KonvertClient } from '../../../clients/typescript/index.ts';
import type {
  Channel,
  ChannelPerson,
  ChannelsModel,
  ConnectedChannel,
  Draft,
  NewestMessage,
  Outcome,
} from '../../settings-models/channels.ts';
import { type Answer, answerOf, bodyOf, mapped } from '../api.ts';
import { createArrivals } from './arrivals.ts';
import { loading } from './loading.ts';
import { outcomeOf } from './outcome.ts';
import { createPhone } from './phone.ts';

type Body = components['schemas']['NewChannel'];

/** The channels of the account. */
export function createChannels(api: KonvertClient): ChannelsModel {
  const list = loading<readonly Channel[]>(() => answerOf(api.GET('/v3/channels')));
  const drafts = signal<Readonly<Record<string, Draft>>>({});
  const told = signal<Readonly<Record<string, ConnectedChannel>>>({});
  const isNew = new Set<string>();

  const setDraft = (transport: string, draft: Draft) => {
    drafts.value = { ...drafts.value, [transport]: draft };
  };

  /** Keeps what was told, and asks for the list again. */
  async function changed(answer: Answer<ConnectedChannel>): Promise<Outcome<ConnectedChannel>> {
    if (answer.kind === 'ok') {
      const { channelId, secretToken, verifyToken } = answer.body;
      const before = told.value[channelId];
      // A change of the name tells no secret, and that of before is still the present one.
      const isTold = secretToken !== undefined || verifyToken !== undefined;
      told.value = { ...told.value, [channelId]: isTold ? answer.body : { ...before, ...answer.body } };
    }
    // Of a lost answer nobody knows whether it was done.
    if (answer.kind === 'ok' || answer.kind === 'lost') await list.reload();
    return outcomeOf(answer);
  }

  return {
    list,
    draftOf: (transport) => drafts.value[transport] ?? {},
    setDraft,
    toldOf: (channelId) => told.value[channelId],

    async connect(transport, { name, credentials }, takeOver = false) {
      const body = { transport, name, credentials, ...(takeOver && { takeOver }) } as unknown as Body;
      const outcome = await changed(await answerOf(api.POST('/v1/channels', { body }), CLEAR));
      if (outcome.kind === 'done') {
        isNew.add(outcome.value.channelId);
        setDraft(transport, {});
      }
      return outcome;
    },
    async change(channelId, { credentials, ...changes }) {
      const body = { ...changes, ...(credentials && { credentials: credentials as unknown as Body['credentials'] }) };
      const params = { path: { channelId } };
      return changed(await answerOf(api.PATCH('/v1/channels/{channelId}', { params, body }), CLEAR));
    },
    async renewSecret(channelId) {
      const params = { path: { channelId } };
      return changed(await answerOf(api.POST('/v1/channels/{channelId}/webhook-secret', { params }), CLEAR));
    },
    async remove(channelId) {
      const params = { path: { channelId } };
      const answer = await answerOf(api.DELETE('/v1/channels/{channelId}', { params }));
      if (answer.kind !== 'refused') await list.reload();
      return outcomeOf(answer);
    },

    // Later on what came at first is old.
    arrivalsIn: (channelId) => createArrivals(() => newestIn(api, channelId), isNew.delete(channelId)),

    phoneOf(channelId) {
      const params = { path: { channelId } };
      const ask = () => answerOf(api.GET('/v1/channels/{channelId}/qr', { params }));
      return createPhone(ask, () => void list.reload());
    },

    async peopleOf(channelId) {
      const [settings, users] = await Promise.all([answerOf(api.GET('/v1/settings')), answerOf(api.GET('/v3/users'))]);
      const nameOf = new Map(bodyOf(users).map(({ id, name }) => [id, name]));
      const roles = bodyOf(settings).channels[channelId]?.userRoles ?? [];
      return roles
        .flatMap(({ userId, role }): ChannelPerson[] => {
          const name = nameOf.get(userId);
          return name === undefined ? [] : [{ userId, name, role }];
        })
        .sort((one, other) => RANKS.indexOf(one.role) - RANKS.indexOf(other.role));
    },
    async linkTo(userId, channelId, { chatType, chatId }) {
      const body = { userId, activeChat: { channelId, chatType, chatId } };
      return bodyOf(await answerOf(api.POST('/v1/page-links', { body }))).url;
    },
  };
}

/** Its status is 503, and it says that nothing was stored. */
const CLEAR = ['MESSENGER_UNREACHABLE'];

/** First those who see all chats. */
const RANKS: readonly ChannelPerson['role'][] = ['manager', 'auditor', 'seller'];

async function newestIn(api: KonvertClient, channelId: string): Promise<Answer<NewestMessage | null>> {
  const params = { path: { channelId } };
  return mapped(await answerOf(api.GET('/v1/channels/{channelId}/newest-message', { params })), ({ newest }) => newest);
}
