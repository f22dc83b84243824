import { TransactWriteCommand, UpdateCommand } from '@aws-sdk/lib-dynamodb';
import { idOfKey } from '#domain/fact';
import { type StoreDeps, tableName } from '#store/dynamo/client';
import { conditionReasons, isConditionFailure } from '#store/dynamo/errors';
import type { Write } from '#store/dynamo/transaction';
import { createChangeItem } from './change-item.ts';
import { type FailureReason, type Outcome, outcomeKey } from './outcome-item.ts';
import { createOutcomes } from './outcomes.ts';
import { createOwnEchoes } from './own-echoes.ts';

/** No outcome of the attempt, or of a later one, is recorded. */
const IS_FIRST = 'attribute_not_exists(attempt) OR attempt < :attempt';

/** What was sent last was that attempt, and no receipt has refused it. */
const IS_SENT_SO = '#status = :sent AND attempt = :attempt AND providerId = :providerId';

const SENT =
  '#status = :sent, attempt = :attempt, providerId = :providerId, reply = :reply, statusAt = :now, calledAt = :calledAt';

/** The attempts to send replies, and how each of them ended. */
export function createAttempts(deps: StoreDeps) {
  const { client, clock, noteFailed } = deps;
  const table = tableName(deps, 'messages');
  const changeItem = createChangeItem(deps);
  const { mergeOutcome } = createOutcomes(deps);
  const ownEchoes = createOwnEchoes(deps);

  /**
   * Opens the next attempt to send a reply. Repeating it changes nothing, nor does an attempt older than the present
   * one.
   */
  async function startAttempt(chatKey: string, key: string, attempt: number): Promise<void> {
    const values = { ':attempt': attempt, ':now': clock.now() };
    await changeItem(
      chatKey,
      key,
      'SET attempt = :attempt, attemptAt = :now, changedAt = :now REMOVE undelivered',
      'attempt < :attempt',
      values,
    );
  }

  /** The attempt succeeded: the reply stands, unless a later attempt was started or a receipt has refused this one. */
  async function acceptAttempt(chatKey: string, key: string, attempt: number): Promise<void> {
    const condition = 'attempt = :attempt AND attribute_exists(refused) AND attribute_not_exists(undelivered)';
    const values = { ':attempt': attempt, ':now': clock.now() };
    await changeItem(chatKey, key, 'SET changedAt = :now REMOVE refused', condition, values);
  }

  /**
   * Records that the messenger took the reply. It comes before all else, so that a crash does not send the reply again.
   * `calledAt` is when the call began (epoch ms). Answers whether it may be among the failed rows. Repeating it does no
   * harm.
   */
  async function recordSent(
    chatKey: string,
    reply: string,
    attempt: number,
    providerId: string,
    calledAt = clock.now(),
  ): Promise<boolean> {
    const wasRefused = await markSent(chatKey, reply, attempt, providerId, calledAt);
    const mayBeListed = wasRefused || attempt > 1;
    await followSent(chatKey, reply, attempt, providerId, mayBeListed);
    return mayBeListed;
  }

  /**
   * What follows from a reply that the messenger took. It rings if the messenger has reported anything of it before:
   * what followed that report could not find the reply. A first attempt was only refused if two holders sent it.
   */
  async function followSent(
    chatKey: string,
    reply: string,
    attempt: number,
    providerId: string,
    mayBeRefused: boolean,
  ): Promise<void> {
    if (mayBeRefused) await acceptAttempt(chatKey, reply, attempt);
    // Under the messenger's own id, beside what it has reported of the message. What it reports from now on is found.
    const told = await mergeOutcome(chatKey, providerId, { reply });
    if (told.echo !== undefined) await ownEchoes.mark(chatKey, told.echo, reply);
    const rings = ringsFor(told, clock.now());
    if (rings) await mergeOutcome(chatKey, providerId, rings);
  }

  /**
   * Records the success, and answers whether the reply counted as refused before. The outcome of a later attempt stays.
   * So does the first record of a success, with its time.
   */
  async function markSent(
    chatKey: string,
    reply: string,
    attempt: number,
    providerId: string,
    calledAt: number,
  ): Promise<boolean> {
    try {
      const { Attributes } = await client.send(
        new UpdateCommand({
          TableName: table,
          Key: { c: chatKey, k: outcomeKey(idOfKey(reply)) },
          UpdateExpression: `SET ${SENT} REMOVE #error, sentAt`,
          // With `sentAt` a receipt has refused this attempt, and so ended it.
          ConditionExpression: `${IS_FIRST} OR (attempt = :attempt AND NOT #status = :sent AND attribute_not_exists(sentAt))`,
          ExpressionAttributeNames: { '#status': 'status', '#error': 'error' },
          ExpressionAttributeValues: {
            ':sent': 'sent',
            ':attempt': attempt,
            ':providerId': providerId,
            ':reply': reply,
            ':now': clock.now(),
            ':calledAt': calledAt,
          },
          ReturnValues: 'ALL_OLD',
        }),
      );
      return Attributes?.status === 'error';
    } catch (error) {
      if (isConditionFailure(error)) return false;
      throw error;
    }
  }

  /**
   * Records that the messenger refused the reply for good, so that it covers nothing, together with its row in the list
   * of what failed. `overtaken` if the attempt was sent after all or is no longer the present one; then nothing changes.
   */
  async function refuse(
    chatKey: string,
    reply: string,
    attempt: number,
    error: FailureReason,
    failing: Write,
  ): Promise<'refused' | 'overtaken'> {
    const now = clock.now();
    const refused = refusing(chatKey, reply, attempt, now, 'SET refused = :attempt, changedAt = :now');
    const ended = {
      Update: {
        TableName: table,
        Key: { c: chatKey, k: outcomeKey(idOfKey(reply)) },
        UpdateExpression:
          'SET #status = :error, attempt = :attempt, #error = :why, reply = :reply, statusAt = :now REMOVE sentAt',
        ConditionExpression: IS_FIRST,
        ExpressionAttributeNames: { '#status': 'status', '#error': 'error' },
        ExpressionAttributeValues: {
          ':error': 'error',
          ':attempt': attempt,
          ':why': error,
          ':reply': reply,
          ':now': now,
        },
      },
    };
    return unlessOvertaken([failing, refused, ended]);
  }

  /**
   * Records that a reply was sent and not delivered, in the same way. `undelivered` keeps a late record of the send from
   * undoing it. It counts as later than `after` (epoch ms), whatever the clock says.
   */
  async function refuseSent(
    chatKey: string,
    reply: string,
    { attempt, providerId }: { readonly attempt: number; readonly providerId: string },
    error: FailureReason,
    failing: Write,
    after: number,
  ): Promise<'refused' | 'overtaken'> {
    const now = clock.now();
    const update = 'SET refused = :attempt, undelivered = :attempt, changedAt = :now';
    const refused = refusing(chatKey, reply, attempt, now, update);
    const ended = {
      Update: {
        TableName: table,
        Key: { c: chatKey, k: outcomeKey(idOfKey(reply)) },
        UpdateExpression: 'SET #status = :error, #error = :why, sentAt = if_not_exists(statusAt, :at), statusAt = :at',
        ConditionExpression: IS_SENT_SO,
        ExpressionAttributeNames: { '#status': 'status', '#error': 'error' },
        ExpressionAttributeValues: {
          ':error': 'error',
          ':sent': 'sent',
          ':attempt': attempt,
          ':providerId': providerId,
          ':why': error,
          ':at': Math.max(now, after + 1),
        },
      },
    };
    return unlessOvertaken([failing, refused, ended]);
  }

  /** The write by which the reply covers nothing, if that attempt is the present one. */
  function refusing(chatKey: string, reply: string, attempt: number, now: number, UpdateExpression: string): Write {
    return {
      Update: {
        TableName: table,
        Key: { c: chatKey, k: reply },
        UpdateExpression,
        ConditionExpression: 'attempt = :attempt',
        ExpressionAttributeValues: { ':attempt': attempt, ':now': now },
      },
    };
  }

  async function unlessOvertaken(TransactItems: Write[]): Promise<'refused' | 'overtaken'> {
    try {
      await client.send(new TransactWriteCommand({ TransactItems }));
      noteFailed?.();
      return 'refused';
    } catch (cause) {
      if (conditionReasons(cause)) return 'overtaken';
      throw cause;
    }
  }

  return { startAttempt, recordSent, followSent, refuse, refuseSent };
}

/**
 * What rings for what the messenger told of a message of ours before we knew that it is ours: `changedAt` the fold as
 * well.
 */
function ringsFor({ edit, deletedAt, deliveredAt, readAt, failed }: Outcome, now: number): object | undefined {
  const isChanged = edit !== undefined || deletedAt !== undefined;
  const isReceived = deliveredAt !== undefined || readAt !== undefined || failed !== undefined;
  if (!isChanged && !isReceived) return undefined;
  return { ...(isChanged && { changedAt: now }), ...(isReceived && { statusAt: now }) };
}
