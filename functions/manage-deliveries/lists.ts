import type * as z from 'zod/mini';
import { factPlace, pendingPlace, readPlace, writeCursor } from '#api/cursor';
import { deliveryListQuery, type Listed, presentDelivery } from '#api/delivery-routes';
import { invalidRequest } from '#http/errors';
import { readValues } from '#http/read-body';
import type { HttpRequest, HttpResponse } from '#http/route';
import type { FailedRows } from '#store/outbox/failed-rows';
import { isConnectorRow, isEventRow } from '#store/outbox/row-item';
import { type AboutDeps, readAbout } from './about.ts';
import { type Asked, isAsked, listedFailed, listedRow, wantsReplies } from './listed.ts';
import { type PendingRepliesDeps, pendingReplies, type ReplyPlace } from './pending-replies.ts';
import { type PendingRowsDeps, pendingRows, type RowPlace } from './pending-rows.ts';

export interface ListDeps extends PendingRowsDeps, PendingRepliesDeps, AboutDeps {
  readonly lanes: PendingRowsDeps['lanes'] & PendingRepliesDeps['lanes'];
  readonly failedRows: Pick<FailedRows, 'pageOf'>;
}

interface Page {
  readonly listed: readonly Listed[];
  readonly next?: unknown;
}

/** The most deliveries on a page, and about the most lanes that are looked at for it. */
const PAGE = 50;
/** The place of the first reply that waits. */
const REPLIES: ReplyPlace = [0];

/** A page of what failed for good or waits. */
export async function listDeliveries(
  deps: ListDeps,
  { query }: Pick<HttpRequest, 'query'>,
  account: string,
): Promise<HttpResponse> {
  const { state = 'failed', cursor, ...asked } = readValues(deliveryListQuery, query, invalidRequest);
  const list = state === 'failed' ? failedPage : pendingPage;
  const { listed, next } = await list(deps, account, asked, cursor);
  const aboutOf = await readAbout(deps, account, listed);
  const deliveries = listed.map((one) => presentDelivery(one, aboutOf(one)));
  return { status: 200, body: { deliveries, ...(next !== undefined && { nextCursor: writeCursor(next) }) } };
}

async function failedPage(deps: ListDeps, account: string, asked: Asked, cursor: string | undefined): Promise<Page> {
  const isWanted = asked.kind === undefined && asked.target === undefined ? undefined : isAsked.bind(undefined, asked);
  const after = readPlace(factPlace, 'cursor', cursor);
  const { rows, next } = await deps.failedRows.pageOf(account, PAGE, after, isWanted);
  const listed = rows.flatMap((row) => {
    if (isEventRow(row) || isConnectorRow(row)) return [listedRow(row)];
    return row.kind === 'reply' ? [listedFailed(row)] : [];
  });
  return { listed, next };
}

/** First the events and what waits for a connected CRM, of which the lanes are known by name; then the replies. */
async function pendingPage(deps: ListDeps, account: string, asked: Asked, cursor: string | undefined): Promise<Page> {
  const place = readPlace(pendingPlace, 'cursor', cursor);
  const [rowPlace, replyPlace] = isRowPlace(place) ? [place] : [undefined, place];
  const listed: Listed[] = [];
  if (!replyPlace) {
    const rows = await pendingRows(deps, account, asked, PAGE, rowPlace);
    listed.push(...rows.listed);
    if (rows.next) return { listed, next: rows.next };
  }
  if (!wantsReplies(asked)) return { listed };
  if (listed.length === PAGE) return { listed, next: REPLIES };
  const replies = await pendingReplies(deps, account, asked.target, PAGE - listed.length, replyPlace);
  return { listed: [...listed, ...replies.listed], next: replies.next };
}

function isRowPlace(place: z.infer<typeof pendingPlace> | undefined): place is [...RowPlace] {
  return typeof place?.[0] === 'string';
}
