import { type StoreDeps, tableName } from '#store/dynamo/client';
import { writeIf } from '#store/dynamo/transaction';
import type { Row } from './row-item.ts';
import { DONE_SECONDS } from './rows.ts';

const IS_PENDING = 'attribute_exists(e) AND attribute_not_exists(#ttl)';

/** Moves rows that wait from one lane to another. */
export function createMoves(deps: StoreDeps) {
  const { client, clock } = deps;
  const table = tableName(deps, 'outbox');

  /** Moves the row if it still waits, in both lanes at once: no crash leaves it in two of them, or in none. */
  async function move(row: Row, lane: string): Promise<void> {
    const { lane: from, event, state: _state, channelState, ...rest } = row;
    const now = clock.now();
    const ExpressionAttributeNames = { '#ttl': 'ttl' };
    await writeIf(client, [
      {
        Put: {
          TableName: table,
          Item: { ...rest, l: lane, e: event, ...(channelState !== undefined && { state: channelState }) },
          // One that ended there was sent again by a user since.
          ConditionExpression: 'attribute_not_exists(e) OR attribute_exists(#ttl)',
          ExpressionAttributeNames,
        },
      },
      {
        Update: {
          TableName: table,
          Key: { l: from, e: event },
          UpdateExpression: 'SET #ttl = :ttl, doneAt = :now, movedTo = :lane',
          ConditionExpression: IS_PENDING,
          ExpressionAttributeNames,
          ExpressionAttributeValues: { ':ttl': Math.ceil(now / 1000) + DONE_SECONDS, ':now': now, ':lane': lane },
        },
      },
    ]);
  }

  return { move };
}
