import { DeleteCommand, PutCommand } from '@aws-sdk/lib-dynamodb';
import * as z from 'zod/mini';
import type { Hearer } from '#domain/doorbell';
import type { PageHolder } from '#domain/page';
import { schemaOf } from '#schema-of';
import { hashOf, newKey } from '#store/accounts/secret-key';
import { type StoreDeps, tableName } from '#store/dynamo/client';
import { isConditionFailure } from '#store/dynamo/errors';

/** Who listens, and the key or token by which they do: the id of a key, or the hash of a token. */
export interface OpenPage extends Hearer, Pick<PageHolder, 'userMade'> {
  readonly bearer: string;
}

export type Tickets = ReturnType<typeof createTickets>;

/** How long a ticket is good. */
export const TICKET_MS = 60_000;

/** The fields of an open page in an item. */
export const pageFields = {
  account: z.string(),
  userId: z.exactOptional(z.string()),
  userMade: z.exactOptional(z.number()),
  userName: z.exactOptional(z.string()),
  card: z.exactOptional(z.array(z.string())),
  bearer: z.string(),
};

const ticketSchema = schemaOf<OpenPage>()(z.object(pageFields));

/** Tickets: each opens one socket within 60 s. Only their hashes are stored. */
export function createTickets(deps: StoreDeps) {
  const { client, cache, clock } = deps;
  const table = tableName(deps, 'pages');
  const keyOf = (ticket: string) => ({ p: `ticket#${hashOf(ticket)}`, s: '-' });

  /** Makes a ticket. It is shown this once only. */
  async function make(page: OpenPage): Promise<string> {
    const ticket = newKey();
    const endsAt = clock.now() + TICKET_MS;
    const Item = { ...keyOf(ticket), ...page, endsAt, ttl: Math.ceil(endsAt / 1_000) };
    await client.send(new PutCommand({ TableName: table, Item }));
    return ticket;
  }

  /** Spends the ticket. Undefined if it never was one, is older than 60 s or was spent. Of two at once, one gets it. */
  async function spend(ticket: string): Promise<OpenPage | undefined> {
    if (cache.isMissing('ticket', ticket)) return undefined;
    try {
      const { Attributes } = await client.send(
        new DeleteCommand({
          TableName: table,
          Key: keyOf(ticket),
          ConditionExpression: 'endsAt > :now',
          ExpressionAttributeValues: { ':now': clock.now() },
          ReturnValues: 'ALL_OLD',
        }),
      );
      return ticketSchema.parse(Attributes);
    } catch (error) {
      if (isConditionFailure(error)) return void cache.miss('ticket', ticket);
      throw error;
    }
  }

  return { make, spend };
}
