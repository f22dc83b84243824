import { RequestError } from '#http/errors';
import type { Receivers } from '#store/accounts/receivers';

/** What tells where the events of an account go. */
export interface ReceiverDeps {
  readonly receivers: Pick<Receivers, 'of'>;
}

/**
 * Throws a `RequestError` if no address gets the events of the account. Events that were sent again would fail at once,
 * also those that had been taken before.
 */
export async function needReceiver({ receivers }: ReceiverDeps, account: string): Promise<void> {
  const receiver = await receivers.of(account);
  const gets = receiver && receiver.endedAt === undefined && Object.values(receiver.subscriptions).includes(true);
  if (gets) return;
  const description = 'No address gets events, or it said that it wants no more: register one with PATCH /v3/webhooks';
  throw new RequestError(409, 'NO_RECEIVER', description);
}
