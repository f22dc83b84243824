import { idOfKey } from '#domain/fact';
import { createFacts } from '#store/chats/facts';
import type { Outcome } from '#store/chats/outcome-item';
import { createOutcomes, WATERMARK } from '#store/chats/outcomes';
import type { StoreDeps } from '#store/dynamo/client';

/**
 * Makes what a messenger said of all messages up to a time or a number what it said of each of them. Those that are not among the
 * newest facts of the chat are left as they are.
 */
export type FollowWatermark = (chatKey: string) => Promise<void>;

/** A messenger tells it often, so few messages are news. */
const NEWEST = 100;

/**
 * Makes `followWatermark(chatKey)`: for the stream, which a higher watermark rings, and for the record of a send, which may
 * come after the watermark. The older messages come first, so that a crash leaves none behind that a later run would not
 * see. Repeating it changes nothing.
 */
export function createFollowWatermark(deps: StoreDeps): FollowWatermark {
  const facts = createFacts(deps);
  const { outcomes, outcomesOf, recordReceipt } = createOutcomes(deps);

  return async function followWatermark(chatKey) {
    const watermark = (await outcomes(chatKey, [WATERMARK])).get(WATERMARK);
    if (!watermark) return;
    const replies = (await facts.page(chatKey, NEWEST)).facts.filter(({ kind }) => kind === 'reply');
    const found = await outcomesOf(chatKey, replies);
    for (const { key } of replies) {
      const sent = found.get(idOfKey(key));
      const state = sent && stateBy(watermark, sent);
      if (state && sent.providerId !== undefined) await recordReceipt(chatKey, sent.providerId, state);
    }
  };
}

/**
 * What the watermarks say of a message that was sent, if that is news. The messenger took it after we called, and before
 * it answered: nobody can have read it before that. A number counts for messages that have one.
 */
function stateBy(
  { deliveredUpTo = 0, readUpTo = 0, deliveredUpToNumber = 0, readUpToNumber = 0 }: Outcome,
  { status, providerId = '', calledAt = Number.POSITIVE_INFINITY, deliveredAt, readAt, failed }: Outcome,
): 'delivered' | 'read' | undefined {
  if (status !== 'sent' || readAt !== undefined || failed) return undefined;
  const number = /^\d{1,15}$/.test(providerId) ? Number(providerId) : Number.POSITIVE_INFINITY;
  if (calledAt <= readUpTo || number <= readUpToNumber) return 'read';
  const isDelivered = calledAt <= deliveredUpTo || number <= deliveredUpToNumber;
  return isDelivered && deliveredAt === undefined ? 'delivered' : undefined;
}
