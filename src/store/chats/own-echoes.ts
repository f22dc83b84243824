import { type Echo, idOfKey } from '#domain/fact';
import { type StoreDeps, tableName } from '#store/dynamo/client';
import { conditionReasons } from '#store/dynamo/errors';
import { createChangeItem } from './change-item.ts';
import { createFacts } from './facts.ts';
import { outcomeKey } from './outcome-item.ts';
import { createOutcomes } from './outcomes.ts';

export type OwnEchoes = ReturnType<typeof createOwnEchoes>;

/**
 * Replies of ours that come back as echoes, for messengers that give both the same id and nothing else in common. The
 * outcome of that id has two halves: `reply`, set by the record of the send, and `echo`, set with the echo. Each side sees
 * whether the other half is there, so in any order the echo is marked or not stored at all.
 */
export function createOwnEchoes(deps: StoreDeps) {
  const { clock } = deps;
  const table = tableName(deps, 'messages');
  const changeItem = createChangeItem(deps);
  const facts = createFacts(deps);
  const { outcomes, mergeOutcome } = createOutcomes(deps);

  /**
   * Stores an echo together with its half, unless it is ours. So no put that arrives late can store an echo of which the
   * record of the send is there already.
   */
  async function put(chatKey: string, echo: Omit<Echo, 'storedAt'>): Promise<'stored' | 'duplicate' | 'ours'> {
    const id = idOfKey(echo.key);
    // Mostly our own send comes back after its record, and a look costs less than a refused transaction.
    if ((await outcomes(chatKey, [id])).get(id)?.reply !== undefined) return 'ours';
    const fact = { ...echo, from: echo.key };
    const half = {
      TableName: table,
      Key: { c: chatKey, k: outcomeKey(id) },
      UpdateExpression: 'SET echo = :echo',
      ConditionExpression: 'attribute_not_exists(reply)',
      ExpressionAttributeValues: { ':echo': echo.key },
    };
    try {
      await facts.putBeside(chatKey, fact, () => ({ Update: half }));
      return 'stored';
    } catch (error) {
      const [isOurs, isThere] = conditionReasons(error) ?? [];
      if (isOurs) return 'ours';
      if (!isThere) throw error;
    }
    // It came before, or there is the line of an edit or an import, of which it takes the place.
    const outcome = await facts.put(chatKey, fact);
    return (await note(chatKey, id, echo.key)) ? 'ours' : outcome;
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

  return { put, note, mark };
}
