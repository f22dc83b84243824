import { UpdateCommand } from '@aws-sdk/lib-dynamodb';
import * as z from 'zod/mini';
import { type StoreDeps, tableName } from '#store/client';
import { UnreadableItemError } from '#store/errors';

const addressSchema = z.object({
  /** The responsible users of the contact and of its open deals; empty when nobody. Always a list, never removed. */
  viewers: z.array(z.string()),
  contactId: z.optional(z.string()),
  owner: z.optional(z.string()),
  /** Grows with every change; what follows from an address is saved on condition of it. */
  av: z.number(),
});

/** A person's address in an account: the root of sight, ownership and assignment. */
export type Address = z.infer<typeof addressSchema>;

export type Addresses = ReturnType<typeof createAddresses>;

/** The addresses of an account's people. */
export function createAddresses(deps: StoreDeps) {
  const table = tableName(deps, 'addresses');

  /**
   * Adds the chat to its address, which is made if it is new, and answers with the address as it then is. Comes before
   * the chat is created, so that a change of the contact finds the chat, or the chat finds the change.
   */
  async function addChat(addressKey: string, chatKey: string): Promise<Address> {
    const { Attributes } = await deps.client.send(
      new UpdateCommand({
        TableName: table,
        Key: { a: addressKey, s: '-' },
        UpdateExpression: 'SET viewers = if_not_exists(viewers, :nobody) ADD chats :chat, av :one',
        ExpressionAttributeValues: { ':nobody': [], ':chat': new Set([chatKey]), ':one': 1 },
        ReturnValues: 'ALL_NEW',
      }),
    );
    const parsed = addressSchema.safeParse(Attributes);
    if (!parsed.success) throw new UnreadableItemError('addresses', { cause: parsed.error });
    return parsed.data;
  }

  return { addChat };
}
