import { GetCommand, UpdateCommand } from '@aws-sdk/lib-dynamodb';
import * as z from 'zod/mini';
import { DECISION_RULES } from '#domain/assignment';
import type { Belonging } from '#domain/ownership';
import type { NoFields } from '#no-fields';
import { batchGet } from '#store/dynamo/batch-get';
import { type StoreDeps, tableName } from '#store/dynamo/client';
import { ContentionError, isOvertaken, UnreadableItemError } from '#store/dynamo/errors';
import { ifStill, setting, transact, type Write } from '#store/dynamo/transaction';

const decisionSchema = z.object({
  userId: z.string(),
  rule: z.enum(DECISION_RULES),
  chatKey: z.string(),
  /** The place in the order; null for a first reply, which draws no turn. */
  place: z.nullable(z.number()),
  passedOver: z.array(z.object({ userId: z.string(), reason: z.string() })),
});

const addressSchema = z.object({
  a: z.string(),
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
  chats: z.optional(z.set(z.string())),
  wrote: z.optional(z.set(z.string())),
  av: z.number(),
});

/** A person's address in an account: the root of sight, ownership and assignment. */
export interface Address extends Belonging {
  readonly key: string;
  /** The user that Konvert's own decision or a hand-over made responsible, in the contact's place. */
  readonly owner?: string;
  /** When that was decided (epoch ms). */
  readonly decidedAt?: number;
  /** Why, if Konvert decided it. */
  readonly why?: Decision;
  /** Grows when the address becomes unowned. What was decided in an earlier generation counts no more. */
  readonly generation: number;
  /** The channel that gives the client out: the first one in round-robin on which they wrote. */
  readonly dispenser?: string;
  /** The keys of the person's chats, on all channels of that messenger. */
  readonly chats: readonly string[];
  /** The chats in which the client wrote in this generation. */
  readonly wrote: readonly string[];
  /**
   * Grows with every change. A write that depends on the address is conditional on it. 0 if the address is not there
   * yet.
   */
  readonly version: number;
}

/** The users and the contact that an address is given to. */
export interface AddressChange extends Belonging {
  readonly owner?: string;
  readonly decidedAt?: number;
}

/** Why a user became responsible by Konvert's own decision (D9), and by which chat. */
export type Decision = z.infer<typeof decisionSchema>;

/** The change that makes an address unowned. A client who then writes again is a new client. */
export const UNOWNED: AddressChange = { viewers: [] };

export type Addresses = ReturnType<typeof createAddresses>;

const TRIES = 20;

/** The addresses of the people who write to accounts. */
export function createAddresses(deps: StoreDeps) {
  const { client, clock } = deps;
  const table = tableName(deps, 'addresses');

  /**
   * Adds the chat to its address, which is made if it is new, and answers with the address as it then is. It runs
   * before the chat is created, so that a change of the contact finds the chat, or the chat finds the change. `wrote`
   * says that the client wrote, and which channel would give a new client out.
   */
  async function addChat(
    addressKey: string,
    chatKey: string,
    wrote?: { readonly dispenser?: string | undefined },
  ): Promise<Address> {
    const values = { ':nobody': [], ':chat': new Set([chatKey]), ':one': 1 };
    const { dispenser } = wrote ?? {};
    for (let attempt = 1; attempt <= TRIES; attempt += 1) {
      try {
        const { Attributes } = await client.send(
          new UpdateCommand({
            TableName: table,
            Key: keyOf(addressKey),
            UpdateExpression: [
              'SET viewers = if_not_exists(viewers, :nobody)',
              ...(dispenser === undefined ? [] : [', dispenser = if_not_exists(dispenser, :dispenser)']),
              ` ADD chats :chat, av :one${wrote ? ', wrote :chat' : ''}`,
            ].join(''),
            ExpressionAttributeValues: { ...values, ...(dispenser !== undefined && { ':dispenser': dispenser }) },
            ReturnValues: 'ALL_NEW',
          }),
        );
        return readAddress(Attributes);
      } catch (error) {
        // It met a transaction on the same address.
        if (!isOvertaken(error)) throw error;
      }
    }
    throw new ContentionError('An address');
  }

  /** The address as it is now. If it is not stored, it is unowned, without chats and with version 0. */
  async function get(addressKey: string): Promise<Address> {
    const { Item } = await client.send(
      new GetCommand({ TableName: table, Key: keyOf(addressKey), ConsistentRead: true }),
    );
    return Item ? readAddress(Item) : unknownAddress(addressKey);
  }

  /** The addresses as they are now, as `get` answers them. */
  async function getAll(addressKeys: readonly string[]): Promise<Address[]> {
    const items = await batchGet(client, table, addressKeys.map(keyOf));
    const found = new Map(items.map(readAddress).map((address) => [address.key, address]));
    return addressKeys.map((key) => found.get(key) ?? unknownAddress(key));
  }

  /** The write that gives the address to `next`, if it is still as it was read. */
  function giving({ key, version, generation }: Address, next: AddressChange): Write {
    const { viewers, contact, owner, decidedAt, ...rest } = next;
    rest satisfies NoFields;
    const forgotten = next === UNOWNED && {
      wrote: undefined,
      dispenser: undefined,
      why: undefined,
      decidedAt: undefined,
      gen: generation + 1,
    };
    const decided = decidedAt !== undefined && { decidedAt };
    const attributes = { viewers, contact, owner, av: version + 1, ...decided, ...forgotten };
    return { Update: { TableName: table, Key: keyOf(key), ...setting(attributes, ifStill('av', version)) } };
  }

  /**
   * Makes the channel the one that gives the client out, if the address is still as it was read; false if it is not.
   */
  async function dispenseBy({ key, version }: Address, channelId: string): Promise<boolean> {
    const change = setting({ dispenser: channelId, av: version + 1 }, ifStill('av', version));
    return transact(client, [{ Update: { TableName: table, Key: keyOf(key), ...change } }]);
  }

  /**
   * Makes the user responsible if the address has no contact and no owner, in the generation that was read. Answers
   * with the address as it then is: with this decision, or with what refused it.
   */
  async function decide(
    { key, generation }: Pick<Address, 'key' | 'generation'>,
    why: Decision,
  ): Promise<{ decided: boolean; address: Address }> {
    const { userId } = why;
    const change = setting({ owner: userId, viewers: [userId], why, decidedAt: clock.now() });
    try {
      const { Attributes } = await client.send(
        new UpdateCommand({
          TableName: table,
          Key: keyOf(key),
          UpdateExpression: `${change.UpdateExpression} ADD av :one`,
          ConditionExpression: [
            'attribute_not_exists(contact) AND attribute_not_exists(#owner)',
            generation === 0 ? 'attribute_not_exists(gen)' : 'gen = :generation',
          ].join(' AND '),
          ExpressionAttributeNames: change.ExpressionAttributeNames,
          ExpressionAttributeValues: {
            ...change.ExpressionAttributeValues,
            ':one': 1,
            ...(generation > 0 && { ':generation': generation }),
          },
          ReturnValues: 'ALL_NEW',
        }),
      );
      return { decided: true, address: readAddress(Attributes) };
    } catch (error) {
      if (!isOvertaken(error)) throw error;
      return { decided: false, address: await get(key) };
    }
  }

  /** The check that the address is still as it was read. */
  function unchanged({ key, version }: Address): Write {
    return { ConditionCheck: { TableName: table, Key: keyOf(key), ...ifStill('av', version) } };
  }

  return { addChat, get, getAll, giving, dispenseBy, decide, unchanged };
}

function keyOf(addressKey: string) {
  return { a: addressKey, s: '-' };
}

function unknownAddress(key: string): Address {
  return { key, viewers: [], chats: [], wrote: [], version: 0, generation: 0 };
}

function readAddress(item: Record<string, unknown> | undefined): Address {
  const parsed = addressSchema.safeParse(item);
  if (!parsed.success) throw new UnreadableItemError('addresses', { cause: parsed.error });
  const { a, viewers, contact, owner, decidedAt, why, gen, dispenser, chats, wrote, av, ...rest } = parsed.data;
  rest satisfies NoFields;
  return {
    key: a,
    viewers,
    chats: [...(chats ?? [])].sort(),
    wrote: [...(wrote ?? [])].sort(),
    version: av,
    generation: gen ?? 0,
    ...(decidedAt !== undefined && { decidedAt }),
    ...(why && { why }),
    ...(dispenser !== undefined && { dispenser }),
    ...(contact && { contact }),
    ...(owner !== undefined && { owner }),
  };
}
