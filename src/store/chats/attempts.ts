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

  /** Opens the next attempt to send a reply; repeating it changes nothing, an older one than the present changes nothing. */
  async function startAttempt(chatKey: string, key: string, attempt: number): Promise<void> {
    const values = { ':attempt': attempt, ':now': clock.now() };
    await changeItem(chatKey, key, 'SET attempt = :attempt, changedAt = :now', 'attempt < :attempt', values);
  }

  /** The attempt succeeded: the reply stands, unless a later attempt has been started. */
  async function acceptAttempt(chatKey: string, key: string, attempt: number): Promise<void> {
    const condition = 'attempt = :attempt AND attribute_exists(refused)';
    const values = { ':attempt': attempt, ':now': clock.now() };
    await changeItem(chatKey, key, 'SET changedAt = :now REMOVE refused', condition, values);
  }

  /** Records that the messenger took the reply: what is recorded first, so that a crash does not send it again. */
  async function recordSent(chatKey: string, reply: string, attempt: number, providerId: string): Promise<void> {
    await Promise.all([
      markSent(chatKey, idOfKey(reply), attempt, providerId),
      // Beside what the messenger has told under its own id, perhaps before.
      mergeOutcome(chatKey, providerId, { reply }),
    ]);
  }

  /** How a later attempt ended stays, whatever is heard of an older one. */
  async function markSent(chatKey: string, id: string, attempt: number, providerId: string): Promise<void> {
    const sent = 'SET #status = :sent, attempt = :attempt, providerId = :providerId REMOVE #error';
    const values = { ':sent': 'sent', ':attempt': attempt, ':providerId': providerId };
    await changeItem(chatKey, outcomeKey(id), sent, 'attribute_not_exists(attempt) OR attempt <= :attempt', values);
  }

  /**
   * Records that the messenger refused the reply for good: it then covers nothing. `overtaken` where that attempt was
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
