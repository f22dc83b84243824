import type { NoReplyNeeded, StillOwed } from '#domain/fact';
import type { Facts } from '#store/chats/facts';

export interface TakeBackDeps {
  readonly facts: Pick<Facts, 'standing' | 'withdraw'>;
}

/**
 * Withdraws all standing decisions of that kind, the oldest first. If that is cut short, the newest still stands, and
 * that is the one that is shown. Answers with the key that is news, if there is any.
 */
export async function takeBack(
  { facts }: TakeBackDeps,
  chatKey: string,
  kind: (NoReplyNeeded | StillOwed)['kind'],
): Promise<string | undefined> {
  const standing = await facts.standing(chatKey, kind);
  for (const { key } of standing) await facts.withdraw(chatKey, key);
  return standing[0]?.key;
}
