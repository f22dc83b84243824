import { type Echo, idOfKey } from '#domain/fact';
import type { Facts } from '#store/chats/facts';
import type { OwnEchoes } from '#store/chats/own-echoes';

/** What is needed to store echoes of a messenger that does not tell our own sends from those of a person. */
export interface StoreEchoDeps {
  readonly facts: Pick<Facts, 'put'>;
  readonly ownEchoes: OwnEchoes;
}

/**
 * Stores an echo that may be our own send come back. Ours is not stored; if it is there from an earlier delivery, it is
 * marked. The look comes last and again with every delivery: the record of the send may come in between.
 */
export async function storeEcho(
  { facts, ownEchoes }: StoreEchoDeps,
  chat: string,
  echo: Omit<Echo, 'storedAt'>,
): Promise<'ours' | 'stored' | 'duplicate'> {
  const { key } = echo;
  const reply = await ownEchoes.replyOf(chat, idOfKey(key));
  if (reply !== undefined) {
    await ownEchoes.mark(chat, key, reply);
    return 'ours';
  }
  const outcome = await facts.put(chat, { ...echo, from: key });
  return (await ownEchoes.note(chat, idOfKey(key), key)) ? 'ours' : outcome;
}
