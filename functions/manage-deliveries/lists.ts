import type * as z from 'zod/mini';
import { factPlace, pendingPlace, readPlace, writeCursor } from '#api/cursor';
import { deliveryListQuery, type Listed, presentDelivery } from '#api/delivery-routes';
import { invalidRequest } from '#http/errors';
import { readValues } from '#http/read-body';
import type { HttpRequest, HttpResponse } from '#http/route';
import type { FailedRows } from '#store/outbox/failed-rows';
import { isEventRow } from '#store/outbox/row-item';
import { type CalledDeps, readCalled } from './called.ts';
import { type Asked, isAsked, listedEvent, listedFailed, wantsEvents, wantsReplies } from './listed.ts';
import { type PendingEventsDeps, pendingEvents } from './pending-events.ts';
import { type PendingRepliesDeps, pendingReplies, type ReplyPlace } from './pending-replies.ts';

export interface ListDeps extends PendingEventsDeps, PendingRepliesDeps, CalledDeps {
  readonly lanes: PendingEventsDeps['lanes'] & PendingRepliesDeps['lanes'];
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
  const called = await readCalled(deps, listed);
  const deliveries = listed.map((one) => presentDelivery(one, called(one)));
  return { status: 200, body: { deliveries, ...(next !== undefined && { nextCursor: writeCursor(next) }) } };
}

async function failedPage(deps: ListDeps, account: string, asked: Asked, cursor: string | undefined): Promise<Page> {
  const isWanted = asked.kind === undefined && asked.target === undefined ? undefined : isAsked.bind(undefined, asked);
  const after = readPlace(factPlace, 'cursor', cursor);
  const { rows, next } = await deps.failedRows.pageOf(account, PAGE, after, isWanted);
  const listed = rows.flatMap((row) => {
    if (isEventRow(row)) return [listedEvent(row)];
    return row.kind === 'reply' ? [listedFailed(row)] : [];
  });
  return { listed, next };
}

/** First what waits for the CRM, of which the lanes are known by name; then the replies. */
async function pendingPage(deps: ListDeps, account: string, asked: Asked, cursor: string | undefined): Promise<Page> {
  const place = readPlace(pendingPlace, 'cursor', cursor);
  const [eventPlace, replyPlace] = isEventPlace(place) ? [place] : [undefined, place];
  const listed: Listed[] = [];
  if (wantsEvents(asked) && !replyPlace) {
    const events = await pendingEvents(deps, account, asked, PAGE, eventPlace);
    listed.push(...events.listed);
    if (events.next) return { listed, next: events.next };
  }
  if (!wantsReplies(asked)) return { listed };
  if (listed.length === PAGE) return { listed, next: REPLIES };
  const replies = await pendingReplies(deps, account, asked.target, PAGE - listed.length, replyPlace);
  return { listed: [...listed, ...replies.listed], next: replies.next };
}

function isEventPlace(place: z.infer<typeof pendingPlace> | undefined): place is [string, string] {
  return typeof place?.[0] === 'string';
}
