import { type components, dataOf, type KonvertClient } from '../../clients/typescript/index.ts';
import { WrongWordsError } from '../terminal/errors.ts';
import { quoted } from '../terminal/similar.ts';
import { onOneLine } from '../terminal/table.ts';
import { channelCalled, channelsOf, namesOf } from './find.ts';

export type Chat = components['schemas']['Chat'];

/** Where a chat is. */
export type ChatPath = Pick<Chat, 'channelId' | 'chatType' | 'chatId'>;

const MOST_LISTED = 10;

/** The options of commands that name a chat. */
export interface ChatOptions {
  readonly as?: string;
  readonly channel?: string;
}

/**
 * The chat that is meant by the client's name, phone, id or username, or by its key (`channelId/chatType/chatId`). Throws
 * a `WrongWordsError` that lists them if there are several.
 */
export async function chatCalled(konvert: KonvertClient, given: string, { channel }: ChatOptions): Promise<Chat> {
  const [channelId, chatType, chatId] = given.split(/[/#]/);
  if (chatId !== undefined && channelId && chatType) {
    const path = { channelId, chatType, chatId } as ChatPath;
    return dataOf(konvert.GET('/v1/chats/{channelId}/{chatType}/{chatId}', { params: { path } }));
  }
  const within = channel === undefined ? undefined : channelCalled(channel, await channelsOf(konvert)).channelId;
  const { chats } = await dataOf(konvert.GET('/v1/chats', { params: { query: { find: given, limit: 100 } } }));
  const found = chats.filter((one) => within === undefined || one.channelId === within);
  const exact = found.filter((one) => [one.name.toLowerCase(), one.chatId].includes(given.toLowerCase()));
  const [only, ...others] = exact.length > 0 ? exact : found;
  if (only && others.length === 0) return only;
  if (!only) throw new WrongWordsError(`There is no chat with ${quoted(given)}. See: chats list`);
  const names = namesOf([], await channelsOf(konvert));
  const several = [only, ...others].slice(0, MOST_LISTED);
  const listed = several.map(
    (one) => `  ${keyOf(one)}  ${onOneLine(one.name)}, ${onOneLine(names.channel(one.channelId))}`,
  );
  const said = `More than one chat is with ${quoted(given)}. Add --channel, or name one of these:`;
  throw new WrongWordsError([said, ...listed].join('\n'));
}

/** What names a chat and no other. */
export function keyOf({ channelId, chatType, chatId }: ChatPath): string {
  return `${channelId}/${chatType}/${chatId}`;
}
