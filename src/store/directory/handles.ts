import { DeleteCommand, UpdateCommand } from '@aws-sdk/lib-dynamodb';
import * as z from 'zod/mini';
import { accountOfKey } from '#domain/address';
import { batchGet } from '#store/dynamo/batch-get';
import { type StoreDeps, tableName } from '#store/dynamo/client';
import { isConditionFailure, UnreadableItemError, unlessRefused } from '#store/dynamo/errors';

const schema = z.object({
  p: z.string(),
  s: z.string(),
  contact: z.exactOptional(z.string()),
  person: z.exactOptional(z.string()),
  used: z.exactOptional(z.string()),
});

/** A @name by which a CRM knows a contact, and the person who was seen with it. */
export interface Handle {
  readonly key: string;
  /** The contact that a CRM pushed with the name and without an id. */
  readonly contact?: string;
  /** The key of the address of the last person who wrote with that name, as long as the name was not used. */
  readonly person?: string;
  /** The address that became the contact's by the name. A name is used once, because names are given to others. */
  readonly used?: string;
}

/** The @names of people, each with its two halves. They stand in the directory, where nothing rings. */
export function createHandles(deps: StoreDeps) {
  const { client } = deps;
  const table = tableName(deps, 'directory');

  /** The handles as they are now, without those that are not there. */
  async function load(keys: readonly string[]): Promise<Handle[]> {
    const items = await batchGet(client, table, [...new Set(keys)].map(keyOf));
    return items.map(readHandle);
  }

  /** Notes that the person wrote with that name, unless it was used, and answers with the handle as it then is. */
  function meet(key: string, person: string): Promise<Handle> {
    return update(key, 'SET person = :value', person, 'attribute_not_exists(used)');
  }

  /** Notes that a CRM knows the contact by that name, and answers with the handle as it then is. */
  function expect(key: string, contactId: string): Promise<Handle> {
    return update(key, 'SET contact = :value', contactId);
  }

  /** Uses the name for the person of a contact. False if it was used before, or is not the contact's any more. */
  async function use(key: string, contactId: string, person: string): Promise<boolean> {
    const change = {
      TableName: table,
      Key: keyOf(key),
      UpdateExpression: 'SET used = :person, person = :person',
      ConditionExpression: 'contact = :contact AND (attribute_not_exists(used) OR used = :person)',
      ExpressionAttributeValues: { ':person': person, ':contact': contactId },
    };
    return unlessRefused(client.send(new UpdateCommand(change)));
  }

  /** Takes the name from the contact, if it is still the contact's. It may then be used again. */
  async function forget(key: string, contactId: string): Promise<void> {
    const change = {
      TableName: table,
      Key: keyOf(key),
      UpdateExpression: 'REMOVE contact, used',
      ConditionExpression: 'contact = :contact',
      ExpressionAttributeValues: { ':contact': contactId },
    };
    await unlessRefused(client.send(new UpdateCommand(change)));
  }

  async function update(key: string, UpdateExpression: string, value: string, condition?: string): Promise<Handle> {
    try {
      const { Attributes } = await client.send(
        new UpdateCommand({
          TableName: table,
          Key: keyOf(key),
          UpdateExpression,
          ...(condition !== undefined && { ConditionExpression: condition }),
          ExpressionAttributeValues: { ':value': value },
          ReturnValues: 'ALL_NEW',
        }),
      );
      return readHandle(Attributes);
    } catch (error) {
      if (!isConditionFailure(error)) throw error;
      const [found] = await load([key]);
      return found ?? { key };
    }
  }

  /** Removes the name of a person who is gone, unless a contact has it. */
  async function leave(key: string, person: string): Promise<void> {
    const isTheirs = {
      ConditionExpression: 'person = :person AND attribute_not_exists(contact)',
      ExpressionAttributeValues: { ':person': person },
    };
    await unlessRefused(client.send(new DeleteCommand({ TableName: table, Key: keyOf(key), ...isTheirs })));
  }

  return { load, meet, expect, use, forget, leave };
}

const PARTITION = '#handles';

function keyOf(key: string) {
  const account = accountOfKey(key);
  return { p: `${account}${PARTITION}`, s: key.slice(account.length + 1) };
}

function readHandle(item: Record<string, unknown> | undefined): Handle {
  const parsed = schema.safeParse(item);
  if (!parsed.success) throw new UnreadableItemError('directory', { cause: parsed.error });
  const { p, s, ...handle } = parsed.data;
  return { key: `${p.slice(0, -PARTITION.length)}#${s}`, ...handle };
}
