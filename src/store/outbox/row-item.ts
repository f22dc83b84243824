import * as z from 'zod/mini';
import type { OmitEach } from '#schema-of';
import { UnreadableItemError } from '#store/dynamo/errors';

/** The fields that rows of every kind have. */
const common = {
  l: z.string(),
  e: z.string(),
  account: z.string(),
  attempt: z.number(),
  createdAt: z.number(),
  /** The time since which this attempt has been waiting. */
  since: z.number(),
  o: z.exactOptional(z.string()),
  sendingAt: z.exactOptional(z.number()),
  calls: z.number(),
  failedAt: z.exactOptional(z.string()),
  lastError: z.exactOptional(z.object({ code: z.string(), description: z.string() })),
};

/** A reply to the client of a chat. */
const reply = {
  kind: z.literal('reply'),
  chat: z.string(),
  payload: z.object({
    text: z.string(),
    quotes: z.exactOptional(z.string()),
    via: z.exactOptional(z.string()),
    topic: z.exactOptional(z.string()),
  }),
};

/** A button that the client of a chat pressed, which has to be acknowledged. Its event is the key of its fact. */
const press = { kind: z.literal('press'), chat: z.string() };

/** One member for each kind of row. */
const rowSchema = z.discriminatedUnion('kind', [z.object({ ...common, ...reply }), z.object({ ...common, ...press })]);

/** A message that has to leave, has left or has failed. Lane and event are its key. */
export type Row = OmitEach<z.infer<typeof rowSchema>, 'l' | 'e' | 'o'> & {
  readonly lane: string;
  readonly event: string;
  readonly state: 'pending' | 'failed' | 'done';
};

/** A row of that kind. */
export type RowOf<Kind extends Row['kind']> = Extract<Row, { kind: Kind }>;

/** The fields of one kind of row: what leaves, and about which chat or event. */
export type Payload = OmitEach<z.infer<typeof rowSchema>, keyof typeof common>;

/** Why a call failed, for good or until the next try. */
export interface DeliveryError {
  readonly code: string;
  readonly description: string;
}

/** The row that an item holds; throws `UnreadableItemError` if it holds none. */
export function readRow(item: Record<string, unknown>): Row {
  const parsed = rowSchema.safeParse(item);
  if (!parsed.success) throw new UnreadableItemError('outbox', { cause: parsed.error });
  const { l, e, o, ...row } = parsed.data;
  return {
    ...row,
    lane: l,
    event: e,
    state: o !== undefined ? 'pending' : row.failedAt !== undefined ? 'failed' : 'done',
  };
}
