import * as z from 'zod/mini';
import { type ChannelState, WANTED_CHANNEL_STATES } from '#domain/channel';
import { UnreadableItemError } from '#store/dynamo/errors';

const channelSchema = z.object({
  channelId: z.string(),
  account: z.string(),
  transport: z.string(),
  name: z.string(),
  plainId: z.string(),
  /** The account at the messenger, by an id that never changes. */
  identity: z.optional(z.string()),
  /** `false`: the operator registers the webhook by hand. */
  setWebhook: z.optional(z.boolean()),
  /** What the operator wants of it. */
  state: z.enum(WANTED_CHANNEL_STATES),
  /** Somebody else gets what the messenger has to say. */
  elsewhere: z.optional(z.literal(true)),
  deletedAt: z.optional(z.number()),
  /** Which credentials these are: one more with each change. */
  credentialsVersion: z.optional(z.number()),
  /** Which of them the messenger refused. */
  refusedVersion: z.optional(z.number()),
  sealed: z.string(),
});

export const secretsSchema = z.object({ credentials: z.record(z.string(), z.string()), webhookSecret: z.string() });

/** A channel as it is stored: its secrets are sealed. */
export type StoredChannel = z.infer<typeof channelSchema>;

/** Fields that Konvert maintains; callers never set them. */
type Maintained = 'state' | 'elsewhere' | 'credentialsVersion' | 'refusedVersion';

/**
 * One connected messenger account. `unauthorized`: the messenger no longer takes its credentials; `openelsewhere`:
 * somebody else gets what the messenger has to say.
 */
export interface Channel extends Omit<StoredChannel, 'sealed' | Maintained> {
  readonly state: ChannelState;
  readonly credentialsVersion: number;
}

/** What is sealed in a channel. */
export type Secrets = z.infer<typeof secretsSchema>;

/** A channel with its secrets opened. */
export type OpenChannel = Channel & Secrets;

/** A channel that is not stored yet. */
export type NewChannel = Omit<StoredChannel, 'sealed' | Maintained> & Secrets;

/** What may change of a channel; what is absent stays as it is. */
export interface ChannelChange {
  readonly name?: string | undefined;
  readonly enabled?: boolean | undefined;
  readonly secrets?: (Secrets & { readonly identity?: string | undefined }) | undefined;
}

/** The channel that an item holds; throws `UnreadableItemError` if it holds none. */
export function readStored(item: Record<string, unknown>): StoredChannel {
  const parsed = channelSchema.safeParse(item);
  if (!parsed.success) throw new UnreadableItemError('accounts', { cause: parsed.error });
  return parsed.data;
}

/** The channel without what is sealed in it. */
export function withoutSecrets(stored: StoredChannel): Channel {
  const { sealed: _, elsewhere: _elsewhere, refusedVersion: _refused, credentialsVersion = 0, ...channel } = stored;
  return { ...channel, credentialsVersion, state: stateOf(stored) };
}

function stateOf({ state, elsewhere, credentialsVersion = 0, refusedVersion }: StoredChannel): Channel['state'] {
  if (state === 'disabled') return state;
  if (refusedVersion === credentialsVersion) return 'unauthorized';
  return elsewhere ? 'openelsewhere' : state;
}
