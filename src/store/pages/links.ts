import { DeleteCommand, PutCommand } from '@aws-sdk/lib-dynamodb';
import * as z from 'zod/mini';
import { LINK_MS, type PageHolder } from '#domain/page';
import { schemaOf } from '#schema-of';
import { createAccountStates } from '#store/accounts/account-state';
import { hashOf } from '#store/accounts/secret-key';
import { type StoreDeps, tableName } from '#store/dynamo/client';
import { isConditionFailure, UnreadableItemError } from '#store/dynamo/errors';
import { type FoundHolder, holderFields } from '#store/pages/holder-item';
import { newPageSecret } from '#store/pages/page-secret';

export type Links = ReturnType<typeof createLinks>;

const itemSchema = schemaOf<PageHolder & { until: number }>()(z.object({ ...holderFields, until: z.number() }));

/** The table deletes an item some time after its `ttl`, so the end of a link is looked at as well. */
const IS_IN_TIME = 'attribute_exists(p) AND #until > :now';

/** Links that open a page once. Only their hashes are stored. */
export function createLinks(deps: StoreDeps) {
  const { client, cache, clock } = deps;
  const table = tableName(deps, 'pages');
  const states = createAccountStates(deps);

  /** Makes a link and answers with its secret, which is shown this once only. */
  async function make(holder: PageHolder): Promise<string> {
    const secret = newPageSecret();
    const until = clock.now() + LINK_MS;
    await client.send(
      new PutCommand({
        TableName: table,
        Item: { ...keyOf(secret), ...holder, until, ttl: Math.ceil(until / 1000) },
      }),
    );
    return secret;
  }

  /**
   * Spends a link: of two who do it at once, one gets the page, and learns whether the operator has disabled the account.
   * Undefined if it was spent, has ended or never was.
   */
  async function spend(secret: string): Promise<FoundHolder | undefined> {
    // What has ended never begins again.
    if (cache.isMissing('link', secret)) return undefined;
    try {
      const { Attributes } = await client.send(
        new DeleteCommand({
          TableName: table,
          Key: keyOf(secret),
          ConditionExpression: IS_IN_TIME,
          ExpressionAttributeNames: { '#until': 'until' },
          ExpressionAttributeValues: { ':now': clock.now() },
          ReturnValues: 'ALL_OLD',
        }),
      );
      const holder = readHolder(Attributes);
      return { ...holder, isDisabled: (await states.stateOf(holder.account)).isDisabled };
    } catch (error) {
      if (isConditionFailure(error)) return void cache.miss('link', secret);
      throw error;
    }
  }

  return { make, spend };
}

function keyOf(secret: string) {
  return { p: `link#${hashOf(secret)}`, s: '-' };
}

function readHolder(item: Record<string, unknown> | undefined): PageHolder {
  const parsed = itemSchema.safeParse(item);
  if (!parsed.success) throw new UnreadableItemError('pages', { cause: parsed.error });
  const { until: _until, ...holder } = parsed.data;
  return holder;
}
