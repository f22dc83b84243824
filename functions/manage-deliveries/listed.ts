import type { Listed } from '#api/delivery-routes';
import { type DeliveryKind, kindOfEvent, WEBHOOK } from '#domain/delivery-kind';
import { idOfKey, type Reply } from '#domain/fact';
import { callsOf, type Lane } from '#store/outbox/lane-item';
import { chatOfReplyLane, isEventLane, replyLane } from '#store/outbox/lane-names';
import type { EventRow, RowOf } from '#store/outbox/row-item';

/** The kind and the target that were asked for. */
export interface Asked {
  readonly kind?: DeliveryKind | undefined;
  readonly target?: string | undefined;
}

/** Whether the row of that key is of the kind and for the target that were asked for. Its key says both. */
export function isAsked({ kind, target }: Asked, { lane, event }: { lane: string; event: string }): boolean {
  const isEvent = isEventLane(lane);
  const ownKind = isEvent ? kindOfEvent(idOfKey(event)) : 'reply';
  const ownTarget = isEvent ? WEBHOOK : chatOfReplyLane(lane);
  return (kind ?? ownKind) === ownKind && (target ?? ownTarget) === ownTarget;
}

/** Whether events may be among what was asked for. */
export function wantsEvents({ kind, target }: Asked): boolean {
  return kind !== 'reply' && (target === undefined || target === WEBHOOK);
}

/** Whether replies may be among what was asked for. */
export function wantsReplies({ kind, target }: Asked): boolean {
  return (kind === undefined || kind === 'reply') && target !== WEBHOOK;
}

/** An event that waits in a lane or, without one, has failed. */
export function listedEvent(row: EventRow, lane?: Lane): Listed {
  const { state, event, createdAt, lastError = lane?.lastError } = row;
  const calls = lane ? callsOf(lane, row) : row.calls;
  const kind = row.kind === 'event' ? row.what : row.kind;
  const about = clientOf(row);
  const waiting = lane && { nextAt: lane.nextAt };
  return { lane: row.lane, event, state, kind, target: WEBHOOK, ...about, calls, lastError, createdAt, ...waiting };
}

/** The chat that the event is about, or the address of the client who is to be created. */
function clientOf(row: EventRow): Pick<Listed, 'chat' | 'address'> {
  if (row.kind === 'creation') return row.asked ? { chat: row.asked.chat } : { address: row.address };
  return 'chat' in row ? { chat: row.chat } : {};
}

/** A reply that failed. */
export function listedFailed({ lane, event, state, chat, calls, lastError, createdAt }: RowOf<'reply'>): Listed {
  return { lane, event, state, kind: 'reply', target: chat, chat, calls, lastError, createdAt };
}

/** A reply that waits. What the lane says is about the reply that leaves next. */
export function listedReply(chat: string, { key: event, storedAt: createdAt }: Reply, state: Lane): Listed {
  const { calls, lastError } = event === state.from ? state : { calls: 0, lastError: undefined };
  const waiting = { lane: replyLane(chat), event, state: 'pending', nextAt: state.nextAt } as const;
  return { ...waiting, kind: 'reply', target: chat, chat, calls, lastError, createdAt };
}
