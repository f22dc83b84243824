import { messengerName } from '../../../kit/mark.tsx';
import type { Loading } from '../../../settings-models/loaded.ts';
import type { SettingsModel } from '../../../settings-models/settings.ts';
import { t } from '../../../words/words.ts';

/** What people call things by, and what is deleted by its id. */
export interface Names {
  readonly users: ReadonlyMap<string, string>;
  readonly channels: ReadonlyMap<string, string>;
  userOf(userId: string): string;
  channelOf(channelId: string): string;
  /** The messenger of a kind of chats, by its own name. */
  messengerOf(chatType: string): string;
  /** A client. Without a name it is the address. */
  clientOf(name: string | undefined, chatType: string, chatId: string): string;
}

/** Where names come from. */
export type NamedIn = Pick<SettingsModel, 'me'> & {
  readonly channels: Pick<SettingsModel['channels'], 'list'>;
  readonly people: Pick<SettingsModel['people'], 'users'>;
};

/** The names of the account: those with which the page was opened, and what was made and renamed since. */
export function namesOf({ me, channels: { list }, people }: NamedIn): Names {
  const users = new Map([...me.users, ...readyOf(people.users)].map(({ id, name }) => [id, name]));
  const channels = new Map([...me.channels, ...readyOf(list)].map(({ channelId, name }) => [channelId, name]));
  return {
    users,
    channels,
    userOf: (userId) => users.get(userId) ?? t('running.unknown-user', { id: userId }),
    channelOf: (channelId) => channels.get(channelId) ?? t('running.unknown-channel', { id: briefId(channelId) }),
    messengerOf: messengerName,
    // Without a better name the server says the id.
    clientOf: (name, chatType, chatId) => (name && name !== chatId ? name : addressOf(chatType, chatId)),
  };
}

/** A number of WhatsApp is a phone, unless it is the id of a person who hides theirs. */
function addressOf(chatType: string, chatId: string): string {
  return chatType === 'whatsapp' && /^\d+$/.test(chatId) ? `+${chatId}` : chatId;
}

function readyOf<T>({ state: { value } }: Loading<readonly T[]>): readonly T[] {
  return value.kind === 'ready' ? value.value : [];
}

/** An id that Konvert made, short enough for a sentence: its beginning is single in every account. */
export function briefId(id: string): string {
  return /^[\da-f]{8}-[\da-f-]{27}$/.test(id) ? `${id.slice(0, 8)}…` : id;
}
