import type { StoreDeps } from '#store/dynamo/client';
import { createChangeItem } from './change-item.ts';
import { createOutcomes } from './outcomes.ts';

export type OwnEchoes = ReturnType<typeof createOwnEchoes>;

/**
 * Replies of ours that come back as echoes, for messengers that give both the same id and nothing else in common. The
 * outcome of that id has two halves: `reply`, set by the record of the send, and `echo`, set by the webhook. Each side
 * sets its own and sees whether the other is there, so in any order one of them marks the echo.
 */
export function createOwnEchoes(deps: StoreDeps) {
  const { clock } = deps;
  const changeItem = createChangeItem(deps);
  const { outcomes, mergeOutcome } = createOutcomes(deps);

  /** The key of the reply that was sent by that id, if its record has come. */
  async function replyOf(chatKey: string, providerId: string): Promise<string | undefined> {
    return (await outcomes(chatKey, [providerId])).get(providerId)?.reply;
  }

  /** Notes an echo that is stored, and marks it if it is ours. Answers whether it is. Repeating it does no harm. */
  async function note(chatKey: string, providerId: string, echo: string): Promise<boolean> {
    const { reply } = await mergeOutcome(chatKey, providerId, { echo });
    if (reply !== undefined) await mark(chatKey, echo, reply);
    return reply !== undefined;
  }

  /** Marks the echo, if it is stored, as that reply come back. It rings: the chat may have counted it as an answer. */
  async function mark(chatKey: string, echo: string, reply: string): Promise<void> {
    const values = { ':echo': 'echo', ':us': 'us', ':reply': reply, ':now': clock.now() };
    const isUnmarked = '#kind = :echo AND attribute_not_exists(ours)';
    await changeItem(chatKey, echo, 'SET #by = :us, ours = :reply, changedAt = :now', isUnmarked, values);
  }

  return { replyOf, note, mark };
}
