import * as z from 'zod/mini';
import { CHANNEL_LINKS, type ChannelState, WANTED_CHANNEL_STATES } from '#domain/channel';
import type { OtherSecret, WebhookSecrets } from '#domain/webhook-secret';
import { schemaOf } from '#schema-of';
import { UnreadableItemError } from '#store/dynamo/errors';
import type { RouteChange } from './routes.ts';

const channelSchema = z.object({
  channelId: z.string(),
  account: z.string(),
  transport: z.string(),
  name: z.string(),
  plainId: z.string(),
  /** The id of the account at the messenger. It never changes. */
  identity: z.optional(z.string()),
  /** `false`: the operator registers the webhook by hand. */
  setWebhook: z.optional(z.boolean()),
  /** The state that the account chose. */
  state: z.enum(WANTED_CHANNEL_STATES),
  /** Another program gets the channel's messages. */
  elsewhere: z.optional(z.literal(true)),
  /** The messenger has blocked the account, as of that time by the messenger's clock. */
  isBlocked: z.optional(z.boolean()),
  blockedAt: z.optional(z.number()),
  /** How many people the account may write to in a day, as of that time by the messenger's clock. */
  tier: z.optional(z.string()),
  tierAt: z.optional(z.number()),
  /** The link to the phone behind the channel, as of that time by the messenger's clock. */
  link: z.optional(z.enum(CHANNEL_LINKS)),
  linkAt: z.optional(z.number()),
  /** Why the messenger does not call the channel, for people, and since when that is known (epoch ms). */
  deafWhy: z.optional(z.string()),
  deafSince: z.optional(z.number()),
  deletedAt: z.optional(z.number()),
  /** When a person was erased last in the account (epoch ms). */
  erasedAt: z.optional(z.number()),
  /** When it was switched on again, or got new credentials, last (epoch ms). */
  upAt: z.optional(z.number()),
  /** The number of the present credentials. It grows with each change of them. */
  credentialsVersion: z.optional(z.number()),
  /** The number of the credentials that the messenger refused. */
  refusedVersion: z.optional(z.number()),
  sealed: z.string(),
});

const otherSecretSchema = schemaOf<OtherSecret>()(
  z.object({ secret: z.string(), busyUntil: z.optional(z.number()), until: z.optional(z.number()) }),
);

export const secretsSchema = schemaOf<Secrets>()(
  z.object({
    credentials: z.record(z.string(), z.string()),
    webhookSecret: z.string(),
    otherSecrets: z.optional(z.array(otherSecretSchema)),
  }),
);

/** A channel as it is stored, its secrets sealed. */
export type StoredChannel = z.infer<typeof channelSchema>;

/** Fields that Konvert maintains; callers never set them. */
type Maintained =
  | 'state'
  | 'elsewhere'
  | 'isBlocked'
  | 'blockedAt'
  | 'tier'
  | 'tierAt'
  | 'link'
  | 'linkAt'
  | 'deafWhy'
  | 'deafSince'
  | 'upAt'
  | 'credentialsVersion'
  | 'refusedVersion';

/**
 * One connected messenger account, with its state as `CHANNEL_STATES` tells it.
 */
export interface Channel extends Omit<StoredChannel, 'sealed' | Maintained> {
  readonly state: ChannelState;
  readonly tier?: string | undefined;
  /** Why the messenger does not call the channel, and since when that is known (epoch ms). */
  readonly deafWhy?: string | undefined;
  readonly deafSince?: number | undefined;
  /** Since when it can send again (epoch ms). Absent if it always could, and in what an older version stored. */
  readonly upAt?: number | undefined;
  readonly credentialsVersion: number;
}

/** The part of a channel that is stored encrypted. */
export interface Secrets extends WebhookSecrets {
  readonly credentials: Readonly<Record<string, string>>;
}

/** A channel with its secrets opened. `sealed` is the stored form of the secrets. */
export type OpenChannel = Channel & Secrets & { readonly sealed: string };

/** A channel that is not stored yet. */
export type NewChannel = Omit<StoredChannel, 'sealed' | Maintained> & Secrets;

/** A change of a channel. An absent field stays as it is. */
export interface ChannelChange {
  readonly name?: string | undefined;
  readonly enabled?: boolean | undefined;
  readonly secrets?:
    | (Secrets & {
        readonly identity?: string | undefined;
        /** The messenger's accounts that lead to the channel from the addresses of others. */
        readonly routed?: Pick<RouteChange, 'before' | 'after'> | undefined;
        /** The stored form of the secrets before. If others are there, nothing is changed. */
        readonly after?: string | undefined;
        /** The ones before were good: they were renewed in time, which ends no outage. */
        readonly areRenewed?: true;
      })
    | undefined;
}

/** The channel that an item holds; throws `UnreadableItemError` if it holds none. */
export function readStored(item: Record<string, unknown>): StoredChannel {
  const parsed = channelSchema.safeParse(item);
  if (!parsed.success) throw new UnreadableItemError('accounts', { cause: parsed.error });
  return parsed.data;
}

/** The channel without its secrets. */
export function withoutSecrets(stored: StoredChannel): Channel {
  const {
    sealed: _,
    elsewhere: _elsewhere,
    isBlocked: _isBlocked,
    blockedAt: _blockedAt,
    tierAt: _tierAt,
    link: _link,
    linkAt: _linkAt,
    refusedVersion: _refused,
    credentialsVersion = 0,
    ...channel
  } = stored;
  return { ...channel, credentialsVersion, state: stateOf(stored) };
}

/** The state of a channel, from what is stored of it. */
export function stateOf(stored: StoredChannel): Channel['state'] {
  const { state, elsewhere, isBlocked, link = 'active', credentialsVersion = 0, refusedVersion } = stored;
  if (state === 'disabled') return state;
  if (refusedVersion === credentialsVersion) return 'unauthorized';
  if (isBlocked) return 'blocked';
  return elsewhere ? 'openelsewhere' : link;
}
