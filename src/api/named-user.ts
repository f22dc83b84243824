import type { ChannelSettings } from '#domain/settings';
import type { Actor } from '#domain/sight';
import type { RequestError } from '#http/errors';
import type { Users } from '#store/directory/users';

/** The person that a CRM names in `crmUserId`. They are shown as the author even if Konvert knows no such user. */
export interface Named {
  readonly userId: string;
  readonly isUser: boolean;
  readonly userName?: string;
}

/**
 * The person in `crmUserId`, for a request that does not act as a user already. Throws the error of `invalid` if it acts
 * as another one.
 */
export async function findNamed(
  { users }: { readonly users: Pick<Users, 'get'> },
  actor: Actor,
  { crmUserId }: { readonly crmUserId?: string | undefined },
  invalid: (fields: readonly string[]) => RequestError,
): Promise<Named | undefined> {
  if (crmUserId === undefined) return undefined;
  if (actor.userId !== undefined) {
    if (crmUserId !== actor.userId) throw invalid(['crmUserId']);
    return undefined;
  }
  const user = await users.get(actor.account, crmUserId);
  return { userId: crmUserId, isUser: user !== undefined, ...(user && { userName: user.name }) };
}

/**
 * The user who writes: the one in `Konvert-User`, or the one in `crmUserId` once roles were saved for the channel.
 * Before that, and if no user has that id, `crmUserId` only names an author (R4). Undefined if the CRM itself writes.
 */
export function writerOf(
  { account, userId: acting }: Actor,
  named: Named | undefined,
  { rolesSaved }: ChannelSettings,
): Required<Pick<Actor, 'account' | 'userId'>> | undefined {
  const userId = acting ?? (rolesSaved && named?.isUser ? named.userId : undefined);
  return userId === undefined ? undefined : { account, userId };
}
