import type { Listed } from '#api/delivery-routes';
import { CRM, type DeliveryKind, WEBHOOK } from '#domain/delivery-kind';
import type { Reply } from '#domain/fact';
import { callsOf, type Lane } from '#store/outbox/lane-item';
import { isCrmLane, isEventLane, kindOfKey, replyLane, targetOfLane } from '#store/outbox/lane-names';
import type { DirtyRow } from '#store/outbox/news';
import type { ConnectorRow, DeliveryError, EventRow, Row, RowOf } from '#store/outbox/row-item';

/** The kind and the target that were asked for. */
export interface Asked {
  readonly kind?: DeliveryKind | undefined;
  readonly target?: string | undefined;
}

/** Why a creation waits that is not tried now, although nothing has failed. */
const IS_UNCLEAR: DeliveryError = {
  code: 'CRM_UNCLEAR',
  description: 'The last call had no answer. Before anything is made, the CRM is asked whether that call made it',
};
const LOOKS_FOR_TWINS: DeliveryError = {
  code: 'CRM_LOOKS_FOR_TWINS',
  description: 'It is made. A call had no answer, so the CRM is asked once more whether there are two of them',
};

/** Whether the row of that key is of the kind and for the target that were asked for. Its key says both. */
export function isAsked({ kind, target }: Asked, { lane, event }: Pick<Row, 'lane' | 'event'>): boolean {
  const [ownKind, ownTarget] = [kindOfKey(lane, event), targetOfLane(lane)];
  return (kind ?? ownKind) === ownKind && (target ?? ownTarget) === ownTarget;
}

/** Whether the lane may hold something that was asked for: one of events, or of a connected CRM. */
export function mayHold({ kind, target }: Asked, lane: string): boolean {
  if (kind === 'reply' || (target !== undefined && target !== targetOfLane(lane))) return false;
  return kind === undefined || (kind === 'news') === (kindOfKey(lane, '') === 'news');
}

/** Whether replies may be among what was asked for. */
export function wantsReplies({ kind, target }: Asked): boolean {
  return (kind === undefined || kind === 'reply') && target !== WEBHOOK && target !== CRM;
}

/** What waits in the lane of events or of a connected CRM or, without one, has failed. */
export function listedRow(row: EventRow | ConnectorRow, lane?: Lane): Listed {
  const { state, event, createdAt, dueAt = 0, lastError = lane && whyItWaits(row, lane) } = row;
  const calls = lane ? callsOf(lane, row) : row.calls;
  const kind = row.kind === 'event' ? row.what : row.kind;
  const target = isEventLane(row.lane) ? WEBHOOK : CRM;
  const waiting = lane && { nextAt: Math.max(lane.nextAt, dueAt) };
  return { lane: row.lane, event, state, kind, target, ...aboutOf(row), calls, lastError, createdAt, ...waiting };
}

function whyItWaits(row: EventRow | ConnectorRow, lane: Lane): DeliveryError | undefined {
  if (row.kind !== 'creation' || !isCrmLane(row.lane)) return lane.lastError;
  if (row.isKept) return LOOKS_FOR_TWINS;
  return lane.lastError ?? (row.firstSendingAt === undefined ? undefined : IS_UNCLEAR);
}

/** The chat that the row is about, or the address of the client, or their contact. */
function aboutOf(row: EventRow | ConnectorRow): Pick<Listed, 'chat' | 'address' | 'contact'> {
  if (row.kind === 'creation') return row.asked ? { chat: row.asked.chat } : { address: row.address };
  if (row.kind === 'assign') return { contact: row.contact };
  return 'chat' in row ? { chat: row.chat } : {};
}

/** Something in a connected CRM that has to be read. */
export function listedNews({ lane, event, dirty, since, dueAt }: DirtyRow, state: Lane): Listed {
  const { lastError, nextAt, calls } = state;
  const about = dirty.type === 'contact' ? { contact: dirty.id } : {};
  const waiting = { state: 'pending', createdAt: since, nextAt: Math.max(nextAt, dueAt) } as const;
  return { lane, event, kind: 'news', target: CRM, ...about, calls, lastError, ...waiting };
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
