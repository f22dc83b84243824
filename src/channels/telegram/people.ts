import type { Chat, User } from '@grammyjs/types';
import { MAX_NAME_LENGTH } from '#channels/bounds';
import { fieldsOf, listed, stringOf, wholeOf } from '#channels/fields';
import { cut } from '#domain/cut';
import { fullName } from './author.ts';

/** The name of a user or a chat, with its `@username` and the address in brackets. Without any of them its id. */
export function nameOf(value: unknown, address = ''): string {
  const { title, first_name, last_name, username, id } = fieldsOf<Chat | User>(value);
  const person = fullName({ first_name: stringOf(first_name), last_name: stringOf(last_name) });
  const name = cut(stringOf(title), MAX_NAME_LENGTH) || person;
  const ways = listed(handleOf(username), address);
  if (name === '') return ways || String(wholeOf(id) ?? '');
  return ways ? `${name} (${ways})` : name;
}

/** Several users or chats. */
export function namesOf(values: readonly unknown[]): string {
  return listed(values.map((value) => nameOf(value)));
}

/** A username as people write it, if it is one. */
export function handleOf(username: unknown): string {
  return /^\w{1,64}$/.test(stringOf(username)) ? `@${username}` : '';
}

/**
 * The address of a post, as Telegram makes it. Members alone can follow that of a chat without a username.
 * https://core.telegram.org/api/links#message-links
 */
export function postLink(chat: unknown, messageId: unknown): string {
  const { username, id } = fieldsOf<Chat>(chat);
  const post = wholeOf(messageId);
  if (post === undefined || post <= 0) return '';
  const place = handleOf(username).slice(1) || /^-100(\d+)$/.exec(String(wholeOf(id)))?.[1]?.replace(/^/, 'c/');
  return place ? `https://t.me/${place}/${post}` : '';
}

/** The address of a story. Only chats with a username have any. */
export function storyLink(chat: unknown, storyId: unknown): string {
  const handle = handleOf(fieldsOf<Chat>(chat).username).slice(1);
  const story = wholeOf(storyId);
  return handle && story !== undefined ? `https://t.me/${handle}/s/${story}` : '';
}
