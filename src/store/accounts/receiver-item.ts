import * as z from 'zod/mini';
import type { Receiver, Subscriptions } from '#domain/receiver';
import type { SigningSecret } from '#domain/signing-secret';
import { schemaOf } from '#schema-of';
import { UnreadableItemError } from '#store/dynamo/errors';

const subscriptionsSchema = schemaOf<Subscriptions>()(
  z.object({
    messagesAndStatuses: z.boolean(),
    contactsAndDealsCreation: z.boolean(),
    channelsUpdates: z.boolean(),
    templateStatus: z.boolean(),
    // Earlier releases did not know them.
    assignments: z._default(z.boolean(), false),
    waiting: z._default(z.boolean(), false),
  }),
);

/** Address, switches and number are there as soon as there was a registration. A secret may be made before. */
const itemSchema = z.object({
  uri: z.optional(z.string()),
  subscriptions: z.optional(subscriptionsSchema),
  ver: z.optional(z.number()),
  listensSince: z.optional(z.number()),
  endedAt: z.optional(z.number()),
  sealed: z.string(),
});

/** A receiver as it is stored, its secrets sealed. */
export type StoredReceiver = z.infer<typeof itemSchema>;

/** The part of a receiver that is stored encrypted. */
export interface ReceiverSecrets {
  /** It goes with each call, as `Authorization: Bearer`. */
  readonly crmKey?: string | undefined;
  /** The newest first. */
  readonly signing: readonly SigningSecret[];
}

export const receiverSecretsSchema = schemaOf<ReceiverSecrets>()(
  z.object({
    crmKey: z.optional(z.string()),
    signing: z.array(z.object({ secret: z.string(), until: z.optional(z.number()) })),
  }),
);

/** The receiver that an item holds; throws `UnreadableItemError` if it holds none. */
export function readStored(item: Record<string, unknown>): StoredReceiver {
  const parsed = itemSchema.safeParse(item);
  if (!parsed.success) throw new UnreadableItemError('accounts', { cause: parsed.error });
  return parsed.data;
}

/** The receiver without its secrets; undefined while no address was registered. */
export function withoutSecrets({
  uri,
  subscriptions,
  ver,
  listensSince,
  endedAt,
}: StoredReceiver): Receiver | undefined {
  if (uri === undefined || !subscriptions || ver === undefined) return undefined;
  return {
    uri,
    subscriptions,
    version: ver,
    ...(listensSince !== undefined && { listensSince }),
    ...(endedAt !== undefined && { endedAt }),
  };
}
