import { addressKey } from '#domain/address';
import { type StoreDeps, tableName } from '#store/dynamo/client';
import { ContentionError } from '#store/dynamo/errors';
import { ifStill, setting, transact } from '#store/dynamo/transaction';
import { shortIds } from './chat-row.ts';
import { createChats, isChat } from './chats.ts';

/**
 * Notes in a chat that the ids with those addresses are not its person's any more. It keeps them, so that an older message
 * with one of them does not link it again.
 */
export type ForgetIds = (chatKey: string, addressKeys: readonly string[]) => Promise<void>;

const TRIES = 20;

/** Makes `forgetIds`. Repeating it changes nothing. */
export function createForgetIds(deps: StoreDeps): ForgetIds {
  const { client } = deps;
  const table = tableName(deps, 'chats');
  const chats = createChats(deps);
  return async function forgetIds(chatKey, addressKeys) {
    for (let attempt = 1; attempt <= TRIES; attempt += 1) {
      const row = await chats.load(chatKey);
      if (!row || !isChat(row)) return;
      const { account, version, ids = [] } = row;
      const isTheirs = (id: (typeof ids)[number]) =>
        !id.gone && addressKeys.includes(addressKey(account, id.chatType, id.chatId));
      if (!ids.some(isTheirs)) return;
      const next = shortIds(ids.map((id) => (isTheirs(id) ? { ...id, gone: true } : id)));
      const change = setting({ ids: next, ver: version + 1 }, ifStill('ver', version));
      const Key = { c: chatKey, s: '-' };
      if (await transact(client, [{ Update: { TableName: table, Key, ...change } }])) return;
    }
    throw new ContentionError('A chat');
  };
}
