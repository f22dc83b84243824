import type { StoreDeps } from '#store/dynamo/client';
import { tableName } from '#store/dynamo/client';
import { updateIf } from '#store/dynamo/update-if';
import type { ConnectorRow, RowOf } from './row-item.ts';

type Creation = RowOf<'creation'>;

const IS_NO_LATER = '(attribute_not_exists(dueAt) OR dueAt <= :dueAt)';
const IS_PENDING = 'attribute_exists(e) AND attribute_not_exists(#ttl)';

/** What rows of connected CRMs remember from one call to the next. Rows that ended stay as they are. */
export function createConnectorRows(deps: StoreDeps) {
  const { client, clock } = deps;
  const table = tableName(deps, 'outbox');

  /**
   * Notes that something is about to be made for that user: the first time stays. Answers with the row as it then is.
   */
  async function markMaking(row: Creation, user?: string): Promise<Creation> {
    const now = clock.now();
    const firstSendingAt = row.firstSendingAt ?? now;
    const sets = 'firstSendingAt = if_not_exists(firstSendingAt, :now), sendingAt = :now, calls = calls + :one';
    const adds = user === undefined ? [] : [user];
    await change(row, `SET ${sets} REMOVE dueAt, heirUntil${user === undefined ? '' : ' ADD #users :users'}`, {
      ':now': now,
      ':one': 1,
      ...(user !== undefined && { ':users': new Set(adds) }),
    });
    const { dueAt: _, heirUntil: _until, ...rest } = row;
    const users = new Set([...(row.users ?? []), ...adds]);
    return { ...rest, firstSendingAt, sendingAt: now, calls: row.calls + 1, users };
  }

  /**
   * Takes the mark back, because the CRM said that it made nothing. `before` is the row as it was before it was `marked`.
   * The mark of another holder, who took the lane meanwhile, stays.
   */
  async function takeBack(before: Creation, marked: Creation): Promise<void> {
    const { firstSendingAt, sendingAt } = before;
    const times = { firstSendingAt, sendingAt };
    const set = Object.entries(times).filter(([, time]) => time !== undefined);
    const removed = Object.entries(times).filter(([, time]) => time === undefined);
    const parts = [
      ...(set.length > 0 ? [`SET ${set.map(([name]) => `${name} = :${name}`).join(', ')}`] : []),
      ...(removed.length > 0 ? [`REMOVE ${removed.map(([name]) => name).join(', ')}`] : []),
    ];
    const values = Object.fromEntries(set.map(([name, time]) => [`:${name}`, time]));
    await change(before, parts.join(' '), { ...values, ':marked': marked.sendingAt }, 'sendingAt = :marked');
  }

  /** Notes the user for whom the CRM is about to be asked, where what is there tells what became of the call. */
  async function noteAsked(row: Creation, user: string): Promise<void> {
    await change(row, 'ADD #users :users', { ':users': new Set([user]) });
  }

  /** Notes that a call had no answer. */
  async function noteUnclear(row: Creation): Promise<void> {
    await change(row, 'SET isUnclear = :true', { ':true': true });
  }

  /** Notes that the CRM does not know the user. */
  async function noteWithoutUser(row: Creation): Promise<void> {
    await change(row, 'SET withoutUser = :true', { ':true': true });
  }

  /**
   * Puts the row off until then (epoch ms), never for less than it was put off before: a holder that slept knows less than
   * the next one. `isKept`: what was made is stored.
   */
  async function putOff(row: ConnectorRow, dueAt: number, isKept = false): Promise<void> {
    const set = isKept ? 'SET dueAt = :dueAt, isKept = :true' : 'SET dueAt = :dueAt';
    await change(row, set, { ':dueAt': dueAt, ...(isKept && { ':true': true }) }, IS_NO_LATER);
  }

  /** Puts the row off until then (epoch ms), because somebody may inherit a contact that is gone. */
  async function waitForHeir(row: Creation, heirUntil: number): Promise<void> {
    await change(row, 'SET dueAt = :dueAt, heirUntil = :dueAt', { ':dueAt': heirUntil }, IS_NO_LATER);
  }

  async function change(
    { lane, event }: ConnectorRow,
    UpdateExpression: string,
    values: Readonly<Record<string, unknown>>,
    also?: string,
  ): Promise<void> {
    await updateIf(client, {
      TableName: table,
      Key: { l: lane, e: event },
      UpdateExpression,
      ConditionExpression: also === undefined ? IS_PENDING : `${IS_PENDING} AND ${also}`,
      ...(Object.keys(values).length > 0 && { ExpressionAttributeValues: values }),
    });
  }

  return { markMaking, takeBack, noteAsked, noteUnclear, noteWithoutUser, putOff, waitForHeir };
}
