import type { Clock } from '#clock';
import { FIRST_KEY, type Seen } from '#domain/fact';
import type { InstallationSecret } from '#domain/hash';
import { readSeenUpTo } from '#domain/seen';
import { RequestError } from '#http/errors';
import type { Installation } from '#store/accounts/installation';
import type { ChatRow } from '#store/chats/chats';
import type { Facts } from '#store/chats/facts';

/** What is needed to read a `seenUpTo`. */
export interface SeenTokenDeps {
  readonly installation: Pick<Installation, 'secret'>;
  readonly facts: Pick<Facts, 'newestKey'>;
  readonly clock: Clock;
}

/**
 * The secret that signs `seenUpTo`. Throws a 503 while it is not made yet, which is for a minute at most after the
 * first deployment.
 */
export async function installationSecret(installation: Pick<Installation, 'secret'>): Promise<InstallationSecret> {
  const secret = await installation.secret();
  if (!secret) throw new RequestError(503, 'STARTING', 'Konvert is starting; try again in a minute');
  return secret;
}

/**
 * What the `seenUpTo` of a chat says, with nothing in it that is later than now or than the newest fact of the chat.
 * Undefined if it is damaged, or was made for another chat or by another installation.
 */
export async function readSeen(
  { installation, facts, clock }: SeenTokenDeps,
  chatKey: string,
  row: ChatRow | undefined,
  token: string,
): Promise<Seen | undefined> {
  const seen = readSeenUpTo(await installationSecret(installation), chatKey, token, clock.now());
  if (!seen || seen.upTo === FIRST_KEY || isKnown(row, seen.upTo)) return seen;
  const newest = await facts.newestKey(chatKey);
  return seen.upTo <= newest ? seen : { ...seen, upTo: newest };
}

/** Whether the row shows that a fact with this key, or a newer one, is stored. Mostly it does, and nothing is read. */
function isKnown(row: ChatRow | undefined, key: string): boolean {
  return row !== undefined && (key <= row.chat.lastKey || key <= row.chat.seen.upTo);
}
