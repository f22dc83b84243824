import * as z from 'zod/mini';
import type { OmitEach } from '#schema-of';
import { UnreadableItemError } from '#store/dynamo/errors';
import { madeSchema } from './made-item.ts';

/** The fields that rows of every kind have. */
const common = {
  l: z.string(),
  e: z.string(),
  account: z.string(),
  createdAt: z.number(),
  /** The time since which it has been waiting. */
  since: z.number(),
  sendingAt: z.exactOptional(z.number()),
  /** When a call was made first of which the outcome may be unknown (epoch ms). A connected CRM is looked at from then on. */
  firstSendingAt: z.exactOptional(z.number()),
  /** The row is not looked at before that time (epoch ms), and holds up no other. */
  dueAt: z.exactOptional(z.number()),
  calls: z.number(),
  /** When it left, or did not have to leave any more. */
  doneAt: z.exactOptional(z.number()),
  failedAt: z.exactOptional(z.string()),
  /** The lane of its subject, which was set aside: the row went on there. */
  movedTo: z.exactOptional(z.string()),
  /** When it was opened again, after it had ended (epoch ms). */
  reopenedAt: z.exactOptional(z.number()),
  /** The last replay that opened the row again. */
  replayedBy: z.exactOptional(z.string()),
  /** A row that ended is deleted some time after that (epoch s). */
  ttl: z.exactOptional(z.number()),
  lastError: z.exactOptional(
    z.object({
      code: z.string(),
      description: z.string(),
      reason: z.exactOptional(z.string()),
      links: z.exactOptional(z.array(z.string())),
    }),
  ),
};

/** A reply to the client of a chat that failed for good. A reply that waits has no row: its fact is enough. */
const reply = { kind: z.literal('reply'), chat: z.string(), attempt: z.number() };

/** A button that the client of a chat pressed, which has to be acknowledged. Its event is the key of its fact. */
const press = { kind: z.literal('press'), chat: z.string() };

/** What happened in a chat, for the receiver. It names the fact and holds no text. */
const event = { kind: z.literal('event'), subject: z.string() };
const ofFact = { ...event, chat: z.string(), fact: z.string() };
const message = { ...ofFact, what: z.literal('message') };
const status = {
  ...ofFact,
  what: z.literal('status'),
  status: z.enum(['sent', 'delivered', 'read', 'error']),
  attempt: z.number(),
  at: z.number(),
};
const edit = { ...ofFact, what: z.literal('edit'), at: z.number() };
const deletion = { ...ofFact, what: z.literal('deletion'), at: z.number() };
const channel = {
  ...event,
  what: z.literal('channel'),
  channelId: z.string(),
  state: z.string(),
  tier: z.exactOptional(z.string()),
  at: z.number(),
};
const template = {
  ...event,
  what: z.literal('template'),
  templateGuid: z.string(),
  name: z.string(),
  status: z.string(),
  at: z.number(),
};

const assignment = {
  ...event,
  what: z.literal('assignment'),
  chat: z.string(),
  assignmentId: z.string(),
  at: z.number(),
};
const waiting = {
  ...event,
  what: z.literal('waiting'),
  chat: z.string(),
  waitsSince: z.number(),
  responsibleUserId: z.exactOptional(z.string()),
  at: z.number(),
};

/**
 * A contact and a deal that the CRM has to make for a new client. `made` is what it has made so far. With `asked` it is
 * one more deal for a contact that the CRM has, because a user asked for it.
 */
const creation = {
  kind: z.literal('creation'),
  subject: z.string(),
  address: z.string(),
  decidedAt: z.number(),
  ids: z.object({ contact: z.string(), deal: z.string() }),
  made: z.exactOptional(madeSchema),
  /** It is a request in the inbox of the connected CRM (D5), and nobody is decided on yet. */
  isEnquiry: z.exactOptional(z.boolean()),
  asked: z.exactOptional(z.object({ chat: z.string(), contact: z.string(), userId: z.string() })),
  /** A call had no answer, so something may have been made twice. */
  isUnclear: z.exactOptional(z.boolean()),
  /** What was made is stored. It is looked for twins once more. */
  isKept: z.exactOptional(z.boolean()),
  /** The users that the CRM was asked to make responsible: if it has one of them, that is Konvert's own word. */
  users: z.exactOptional(z.set(z.string())),
  /** Until when the row waits for a contact that inherits one that is gone (epoch ms), since anything was made last. */
  heirUntil: z.exactOptional(z.number()),
  /** The CRM does not know the user that it was asked to make responsible. */
  withoutUser: z.exactOptional(z.boolean()),
};

/**
 * A user whom Konvert's own rules made responsible for a contact of a connected CRM, and who was it before: as the CRM has
 * said, and as an earlier row tells or has told it (`handed`).
 */
const assign = {
  kind: z.literal('assign'),
  subject: z.string(),
  contact: z.string(),
  userId: z.string(),
  before: z.exactOptional(z.string()),
  handed: z.exactOptional(z.string()),
};

/** A message for the timeline of a connected CRM. It names the fact and holds no text. */
const note = { kind: z.literal('note'), subject: z.string(), address: z.string(), chat: z.string(), fact: z.string() };

/** One member for each kind of row. */
const rowSchema = z.discriminatedUnion('kind', [
  z.object({ ...common, ...reply }),
  z.object({ ...common, ...press }),
  z.discriminatedUnion('what', [
    z.object({ ...common, ...message }),
    z.object({ ...common, ...status }),
    z.object({ ...common, ...edit }),
    z.object({ ...common, ...deletion }),
    z.object({ ...common, ...channel }),
    z.object({ ...common, ...template }),
    z.object({ ...common, ...assignment }),
    z.object({ ...common, ...waiting }),
  ]),
  z.object({ ...common, ...creation }),
  z.object({ ...common, ...assign }),
  z.object({ ...common, ...note }),
]);

/** A message that has to leave, has left or has failed. Lane and event are its key. */
export type Row = OmitEach<z.infer<typeof rowSchema>, 'l' | 'e' | 'ttl'> & {
  readonly lane: string;
  readonly event: string;
  readonly state: 'pending' | 'failed' | 'done';
  /** The state of the channel that the row tells of. Stored as `state`. */
  readonly channelState?: string;
};

/** A row of that kind. */
export type RowOf<Kind extends Row['kind']> = Extract<Row, { kind: Kind }>;

/** A row of a lane of events. */
export type EventRow = RowOf<'event' | 'creation'>;

/** A row of the lane of a connected CRM. */
export type ConnectorRow = RowOf<'creation' | 'assign' | 'note'>;

/** Whether the row is one of a lane of events. */
export function isEventRow(row: Row): row is EventRow {
  return row.kind === 'event' || row.kind === 'creation';
}

/** Whether the row is one of the lane of a connected CRM. */
export function isConnectorRow(row: Row): row is ConnectorRow {
  return row.kind === 'creation' || row.kind === 'assign' || row.kind === 'note';
}

/** The fields of one kind of row: what leaves, and about which chat or event. */
export type Payload = OmitEach<z.infer<typeof rowSchema>, keyof typeof common>;

/**
 * Why a call failed, for good or until the next try. `reason` is a word of the compatible API, `links` lead to what it is
 * about in a connected CRM.
 */
export interface DeliveryError {
  readonly code: string;
  readonly description: string;
  readonly reason?: string;
  readonly links?: readonly string[];
}

/** Why something failed that waited too long. The last call may have failed for a reason of its own. */
export const GIVEN_UP: DeliveryError = { code: 'GIVEN_UP', description: 'Nobody took it for 24 hours' };

/** The row that an item holds; throws `UnreadableItemError` if it holds none. */
export function readRow(item: Record<string, unknown>): Row {
  const parsed = rowSchema.safeParse(item);
  if (!parsed.success) throw new UnreadableItemError('outbox', { cause: parsed.error });
  const { l, e, ttl, ...row } = parsed.data;
  const state = row.failedAt !== undefined ? 'failed' : ttl === undefined ? 'pending' : 'done';
  const channelState = row.kind === 'event' && row.what === 'channel' ? { channelState: row.state } : {};
  return { ...row, lane: l, event: e, state, ...channelState };
}
