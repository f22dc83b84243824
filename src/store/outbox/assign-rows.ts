import { timeKey } from '#domain/time-key';
import { type StoreDeps, tableName } from '#store/dynamo/client';
import type { Write } from '#store/dynamo/transaction';
import { announcement, createAnnounce } from './announce.ts';
import { connectorLane, firstAtCrm } from './lane-names.ts';
import { addition } from './rows.ts';

/** A decision of Konvert's own rules about a contact of a connected CRM. */
export interface AssignNews {
  readonly account: string;
  /** The id of the decision's record. */
  readonly id: string;
  /** When it was decided (epoch ms). */
  readonly at: number;
  readonly subject: string;
  readonly contact: string;
  readonly userId: string;
  /** The responsible user that the CRM named last. */
  readonly before?: string;
  /** Whom it was handed to before, if the CRM may not have been told yet. */
  readonly handed?: string;
}

/** The rows that tell connected CRMs of decisions, one for each. */
export function createAssignRows(deps: StoreDeps) {
  const table = tableName(deps, 'outbox');
  const announce = createAnnounce(deps);

  /** The writes that put and announce the row, for the transaction that decides. They are refused if the lane begins later. */
  function writesOf(news: AssignNews): Write[] {
    const { account, id: _, at, ...about } = news;
    const lane = connectorLane(account);
    const event = keyOf(news);
    const row = { kind: 'assign' as const, ...about, lane, event, account, storedAt: at };
    return [{ Put: addition(table, row, at) }, { Update: announcement(table, lane, [event], at) }];
  }

  /** Makes the lane begin at the row if it begins later, so that it takes the writes. */
  async function makeRoom(news: AssignNews): Promise<void> {
    await announce(connectorLane(news.account), [keyOf(news)]);
  }

  return { writesOf, makeRoom };
}

function keyOf({ at, id }: AssignNews): string {
  return firstAtCrm(timeKey(at, `assign#${id}`));
}
