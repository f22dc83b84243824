import { TransactWriteCommand } from '@aws-sdk/lib-dynamodb';
import { idOfKey } from '#domain/fact';
import { type StoreDeps, tableName } from '#store/dynamo/client';
import { conditionReasons } from '#store/dynamo/errors';
import { createChangeItem } from './change-item.ts';
import { outcomeKey } from './outcome-item.ts';
import { createOutcomes } from './outcomes.ts';

export type Attempts = ReturnType<typeof createAttempts>;

/** The attempts to send replies, and how each of them ended. */
export function createAttempts(deps: StoreDeps) {
  const { client, clock } = deps;
  const table = tableName(deps, 'messages');
  const changeItem = createChangeItem(deps);
  const { mergeOutcome } = createOutcomes(deps);

  /**
   * Opens the next attempt to send a reply. Repeating it changes nothing, nor does an attempt older than the present
   * one.
   */
  async function startAttempt(chatKey: string, key: string, attempt: number): Promise<void> {
    const values = { ':attempt': attempt, ':now': clock.now() };
    await changeItem(chatKey, key, 'SET attempt = :attempt, changedAt = :now', 'attempt < :attempt', values);
  }

  /** Records that the attempt succeeded: the reply stands, unless a later attempt has been started. */
  async function acceptAttempt(chatKey: string, key: string, attempt: number): Promise<void> {
    const condition = 'attempt = :attempt AND attribute_exists(refused)';
    const values = { ':attempt': attempt, ':now': clock.now() };
    await changeItem(chatKey, key, 'SET changedAt = :now REMOVE refused', condition, values);
  }

  /**
   * Records that the messenger took the reply. It comes before all else, so that a crash does not send the reply again.
   * It rings if the messenger has reported an edit or a deletion before: the fold of that could not find the reply.
   */
  async function recordSent(chatKey: string, reply: string, attempt: number, providerId: string): Promise<void> {
    await markSent(chatKey, idOfKey(reply), attempt, providerId);
    // Under the messenger's own id, beside what it has reported of the message. What it reports from now on is found.
    const told = await mergeOutcome(chatKey, providerId, { reply });
    const isChanged = told.edit !== undefined || told.deletedAt !== undefined;
    if (isChanged) await mergeOutcome(chatKey, providerId, { changedAt: clock.now() });
  }

  /** The outcome of a later attempt stays, whatever is reported of an older one. */
  async function markSent(chatKey: string, id: string, attempt: number, providerId: string): Promise<void> {
    const sent = 'SET #status = :sent, attempt = :attempt, providerId = :providerId REMOVE #error';
    const values = { ':sent': 'sent', ':attempt': attempt, ':providerId': providerId };
    await changeItem(chatKey, outcomeKey(id), sent, 'attribute_not_exists(attempt) OR attempt <= :attempt', values);
  }

  /**
   * Records that the messenger refused the reply for good, so that it covers nothing. `overtaken` if the attempt was
   * sent after all or is no longer the present one; then nothing is changed.
   */
  async function refuse(
    chatKey: string,
    reply: string,
    attempt: number,
    error: { code: string; description: string },
  ): Promise<'refused' | 'overtaken'> {
    const now = clock.now();
    try {
      await client.send(
        new TransactWriteCommand({
          TransactItems: [
            {
              Update: {
                TableName: table,
                Key: { c: chatKey, k: reply },
                UpdateExpression: 'SET refused = :attempt, changedAt = :now',
                ConditionExpression: 'attempt = :attempt',
                ExpressionAttributeValues: { ':attempt': attempt, ':now': now },
              },
            },
            {
              Update: {
                TableName: table,
                Key: { c: chatKey, k: outcomeKey(idOfKey(reply)) },
                UpdateExpression: 'SET #status = :error, attempt = :attempt, #error = :why',
                ConditionExpression: 'attribute_not_exists(k) OR NOT (#status = :sent AND attempt = :attempt)',
                ExpressionAttributeNames: { '#status': 'status', '#error': 'error' },
                ExpressionAttributeValues: { ':error': 'error', ':sent': 'sent', ':attempt': attempt, ':why': error },
              },
            },
          ],
        }),
      );
      return 'refused';
    } catch (cause) {
      if (conditionReasons(cause)) return 'overtaken';
      throw cause;
    }
  }

  return { startAttempt, acceptAttempt, recordSent, refuse };
}
