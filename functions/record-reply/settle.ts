import type { Asker } from '#api/authenticate';
import { messageIdOf } from '#domain/message-id';
import type { ErrorCode } from '#http/error-codes';
import { RequestError } from '#http/errors';
import type { Claim, Claims, Settled } from '#store/chats/claims';
import type { NewMessage } from './read-message.ts';

export interface SettleDeps {
  readonly claims: Pick<Claims, 'putRefusal' | 'settled'>;
}

/** Refusals that a page takes for the end of its request. */
const FINAL: readonly number[] = [400, 403, 409];

/** Another request with the same id has ended before. */
class SettledError extends RequestError {}

/** The claim that a message makes, if it has an id. */
export function claimOf({ account, userId, page }: Asker, { crmMessageId }: NewMessage): Claim | undefined {
  return crmMessageId === undefined ? undefined : { account, crmMessageId, ...(page && { pageOf: userId }) };
}

/**
 * Does what a page asks for, at most once for each id: a refusal that is final claims the id, so that a late twin of the
 * request is refused as well. If the twin was faster, its end is the answer.
 */
export async function settleOnce<T>(
  { claims }: SettleDeps,
  claim: Claim | undefined,
  act: () => Promise<T>,
): Promise<T> {
  try {
    return await act();
  } catch (error) {
    const isFinal = error instanceof RequestError && !(error instanceof SettledError) && FINAL.includes(error.status);
    if (claim?.pageOf === undefined || !isFinal) throw error;
    const { status, code, message: description, data } = error;
    throw endOf(claim, await claims.putRefusal(claim, { status, code, description, data }));
  }
}

/** Throws the end of another request of the page with the same id, if there is one. */
export async function checkSettled({ claims }: SettleDeps, claim: Claim | undefined): Promise<void> {
  const settled = claim?.pageOf === undefined ? undefined : await claims.settled(claim);
  if (claim && settled) throw endOf(claim, settled);
}

/** The answer to a request after another one with the same id. A page is told what that one has sent, or why it did not. */
export function endOf({ crmMessageId, pageOf }: Claim, settled: Settled): RequestError {
  if ('refusal' in settled) {
    const { status, code, description, data } = settled.refusal;
    // This function stored it.
    return new SettledError(status, code as ErrorCode, description, data);
  }
  const description = 'You have already sent message with same crmMessageId';
  const messageId = pageOf === undefined ? undefined : messageIdOf(settled.chat, settled.reply);
  return new SettledError(400, 'REPEATED_CRM_MESSAGE_ID', description, { crmMessageId, messageId });
}
