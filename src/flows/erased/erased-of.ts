import { addressOfChat } from '#domain/address';
import { END_OF_KEYS } from '#domain/fact';
import { chatOfKey } from '#domain/message';
import { beginOfTime } from '#domain/time-key';
import { createChannels } from '#store/accounts/channels';
import type { Cipher } from '#store/accounts/cipher';
import { createErasedPeople, type ErasedPerson, MARKED_MS } from '#store/accounts/erased-people';
import { createInstallation } from '#store/accounts/installation';
import type { StoreDeps } from '#store/dynamo/client';
import { erasedFact, erasedName } from './names.ts';

/** What is erased of a chat. */
export interface ErasedOfChat {
  /** The facts before that time (epoch ms, the messenger's clock). */
  readonly since: number;
  /** Whether what was said by that key is erased. Of what became of a message nothing is known here. */
  readonly isErased: (key: string) => boolean;
}

/** Tells what is erased of a chat; undefined if its person was not. */
export type ErasedOf = (chatKey: string) => Promise<ErasedOfChat | undefined>;

/**
 * Makes `erasedOf`. It reads nothing, unless somebody was erased in the account of the chat's channel. A channel is
 * remembered for 10 s, so for so long a process may not know of the last erasure.
 */
export function createErasedOf(deps: StoreDeps & { readonly cipher: Cipher }): ErasedOf {
  const channels = createChannels(deps);
  const marks = createErasedPeople(deps);
  const installation = createInstallation(deps);

  return async function erasedOf(chatKey) {
    const { account, erasedAt } = await channels.getKnown(chatOfKey(chatKey).channelId);
    const mayBe = erasedAt !== undefined && erasedAt + MARKED_MS > deps.clock.now();
    const secret = mayBe ? await installation.secret() : undefined;
    const mark = secret && (await marks.get(erasedName(secret, addressOfChat(account, chatKey))));
    return mark && ofMark(mark, (key) => erasedFact(secret, chatKey, key));
  };
}

/** What a mark says of a chat of its person. `nameOf` is the name of what was said by a key. */
export function ofMark(
  { since, also }: Pick<ErasedPerson, 'since' | 'also'>,
  nameOf: (key: string) => string,
): ErasedOfChat {
  const begin = beginOfTime(since);
  const isErased = (key: string) =>
    key < END_OF_KEYS && (key < begin || (also.length > 0 && also.includes(nameOf(key))));
  return { since, isErased };
}
