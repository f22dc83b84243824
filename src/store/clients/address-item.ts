import * as z from 'zod/mini';
import { DECISION_RULES } from '#domain/assignment';
import type { Homes } from '#domain/homes';
import type { Belonging } from '#domain/ownership';
import type { Had } from '#domain/returns';
import { UnreadableItemError } from '#store/dynamo/errors';

const decisionSchema = z.object({
  userId: z.string(),
  rule: z.enum(DECISION_RULES),
  chatKey: z.string(),
  /** The place in the order; null for a first reply, which draws no turn. */
  place: z.nullable(z.number()),
  passedOver: z.array(z.object({ userId: z.string(), reason: z.string() })),
});

/** A request in the inbox of a connected CRM, and what it was made with there. */
const enquirySchema = z.object({
  at: z.number(),
  chatKey: z.string(),
  /** The CRM's own id of its account. */
  portal: z.string(),
  ids: z.object({ contact: z.string(), deal: z.string() }),
  made: z.exactOptional(
    z.object({ contact: z.string(), deal: z.exactOptional(z.string()), uid: z.exactOptional(z.string()) }),
  ),
  /** The user of the CRM who accepted it there. */
  acceptedBy: z.exactOptional(z.string()),
});

/** The attributes of homes are named by this and their channel. One of its own for each, so that a first can be set. */
const HOME = 'h#';

const homesSchema = z.array(z.object({ c: z.string(), at: z.number() }));

const addressSchema = z.catchall(
  z.object({
    a: z.string(),
    s: z.string(),
    /**
     * Always a list, and never removed: a set cannot be empty, and without the attribute `if_not_exists` would give old
     * sight back.
     */
    viewers: z.array(z.string()),
    contact: z.optional(z.object({ id: z.string(), name: z.string() })),
    owner: z.optional(z.string()),
    decidedAt: z.optional(z.number()),
    why: z.optional(decisionSchema),
    gen: z.optional(z.number()),
    dispenser: z.optional(z.string()),
    enquiry: z.optional(enquirySchema),
    since: z.optional(z.number()),
    had: z.optional(z.array(z.tuple([z.string(), z.number()]))),
    chats: z.optional(z.set(z.string())),
    wrote: z.optional(z.set(z.string())),
    root: z.optional(z.string()),
    aliases: z.optional(z.set(z.string())),
    twins: z.optional(z.set(z.string())),
    av: z.number(),
  }),
  homesSchema,
);

/** Why a user became responsible by Konvert's own decision (D9), and by which chat. */
export type Decision = z.infer<typeof decisionSchema>;

/**
 * A request of a new client in the inbox of the account's CRM (D5): since when (epoch ms), by which chat, under which keys,
 * and what the CRM has made. Without `uid` it has left the inbox.
 */
export type Enquiry = z.infer<typeof enquirySchema>;

/** A person's address in an account: the root of sight, ownership and assignment. */
export interface Address extends Belonging {
  readonly key: string;
  /** The user that Konvert's own decision or a hand-over made responsible, in the contact's place. */
  readonly owner?: string;
  /** When that was decided (epoch ms). */
  readonly decidedAt?: number;
  /** Why, if Konvert decided it. */
  readonly why?: Decision;
  /** When the responsible user got the client (epoch ms). Absent in what an older version stored. */
  readonly since?: number;
  /** Those from whom the client was returned since the last decision, the last one last (T6). */
  readonly had?: readonly Had[];
  /** Grows when the address becomes unowned. What was decided in an earlier generation counts no more. */
  readonly generation: number;
  /** The channel that gives the client out: the first one in round-robin on which they wrote. */
  readonly dispenser?: string;
  /** The request in the inbox of the CRM, of this generation. It stays when somebody has taken the client. */
  readonly enquiry?: Enquiry;
  /** The keys of the person's chats, on all channels of that messenger. */
  readonly chats: readonly string[];
  /** The chats in which the client wrote in this generation. */
  readonly wrote: readonly string[];
  /** The address that it is an alias of. Only an item that is read as it stands has it. */
  readonly root?: string;
  /** The other addresses of the same person, which are aliases of this one. */
  readonly aliases: readonly string[];
  /** The addresses of the same person that another contact of the CRM has. */
  readonly twins: readonly string[];
  /** The chats in which messages of this id stand, by channel. */
  readonly homes: Homes;
  /**
   * Grows with every change. A write that depends on the address is conditional on it. 0 if the address is not there
   * yet.
   */
  readonly version: number;
}

/** The address without anything stored: unowned, without chats, with version 0. */
export function unknownAddress(key: string): Address {
  return { key, viewers: [], chats: [], wrote: [], aliases: [], twins: [], homes: {}, version: 0, generation: 0 };
}

/** The address that an item holds; throws `UnreadableItemError` if it holds none. */
export function readAddress(item: Record<string, unknown> | undefined): Address {
  const parsed = addressSchema.safeParse(item);
  if (!parsed.success) throw new UnreadableItemError('addresses', { cause: parsed.error });
  const { a, s: _, viewers, contact, owner, decidedAt, why, gen, dispenser, enquiry, chats, ...rest } = parsed.data;
  const { wrote, av, root, aliases, twins, since, had, ...homes } = rest;
  return {
    key: a,
    viewers,
    chats: [...(chats ?? [])].sort(),
    wrote: [...(wrote ?? [])].sort(),
    version: av,
    generation: gen ?? 0,
    aliases: [...(aliases ?? [])].sort(),
    twins: [...(twins ?? [])].sort(),
    homes: readHomes(homes),
    ...(root !== undefined && { root }),
    ...(decidedAt !== undefined && { decidedAt }),
    ...(since !== undefined && { since }),
    ...(had && { had }),
    ...(why && { why }),
    ...(dispenser !== undefined && { dispenser }),
    ...(enquiry && { enquiry }),
    ...(contact && { contact }),
    ...(owner !== undefined && { owner }),
  };
}

function readHomes(stored: Readonly<Record<string, z.infer<typeof homesSchema>>>): Homes {
  return Object.fromEntries(
    Object.entries(stored).map(([name, homes]) => [
      name.slice(HOME.length),
      homes.map(({ c, at }) => ({ chat: c, at })),
    ]),
  );
}

/** The attributes of those homes. */
export function homeAttributes(homes: Homes): Record<string, unknown> {
  return Object.fromEntries(
    Object.entries(homes).map(([channelId, all]) => [
      homeAttribute(channelId),
      all.map(({ chat, at }) => ({ c: chat, at })),
    ]),
  );
}

/** The name of the attribute that holds the homes on that channel. */
export function homeAttribute(channelId: string): string {
  return `${HOME}${channelId}`;
}

/** The key of an address in its table. */
export function keyOf(addressKey: string) {
  return { a: addressKey, s: '-' };
}
