import { DeleteCommand, PutCommand } from '@aws-sdk/lib-dynamodb';
import * as z from 'zod/mini';
import { hashOf } from '#store/accounts/secret-key';
import { type StoreDeps, tableName } from '#store/dynamo/client';
import { isConditionFailure, UnreadableItemError } from '#store/dynamo/errors';
import { newPageSecret } from '#store/pages/page-secret';

/** Who asked a person to consent in the CRM, and for which connection. */
export interface Consent {
  readonly account: string;
  readonly connectionId: string;
  readonly crm: string;
  /** The key by which it was asked. What follows is recorded as done by it. */
  readonly keyId: string;
}

export type CrmConsents = ReturnType<typeof createCrmConsents>;

/** A person may take so long to consent (ms). */
const CONSENT_MS = 10 * 60_000;
const itemSchema = z.object({ account: z.string(), connectionId: z.string(), crm: z.string(), keyId: z.string() });
const IS_IN_TIME = 'attribute_exists(p) AND #until > :now';

/** The `state` of consents that people were asked for: each is good once. Only hashes are stored. */
export function createCrmConsents(deps: StoreDeps) {
  const { client, cache, clock } = deps;
  const TableName = tableName(deps, 'pages');

  /** The `state` that comes back with the browser. */
  async function ask(consent: Consent): Promise<string> {
    const state = newPageSecret();
    const until = clock.now() + CONSENT_MS;
    const Item = { ...keyOf(state), ...consent, until, ttl: Math.ceil(until / 1000) };
    await client.send(new PutCommand({ TableName, Item }));
    return state;
  }

  /** What was asked by that `state`. Undefined if it came back before, has ended or never was. */
  async function spend(state: string): Promise<Consent | undefined> {
    if (cache.isMissing('consent', state)) return undefined;
    try {
      const { Attributes } = await client.send(
        new DeleteCommand({
          TableName,
          Key: keyOf(state),
          ConditionExpression: IS_IN_TIME,
          ExpressionAttributeNames: { '#until': 'until' },
          ExpressionAttributeValues: { ':now': clock.now() },
          ReturnValues: 'ALL_OLD',
        }),
      );
      const read = itemSchema.safeParse(Attributes);
      if (!read.success) throw new UnreadableItemError('pages', { cause: read.error });
      return read.data;
    } catch (error) {
      if (isConditionFailure(error)) return void cache.miss('consent', state);
      throw error;
    }
  }

  return { ask, spend };
}

function keyOf(state: string) {
  return { p: `consent#${hashOf(state)}`, s: '-' };
}
