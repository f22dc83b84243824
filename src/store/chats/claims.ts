import { GetCommand, PutCommand } from '@aws-sdk/lib-dynamodb';
import * as z from 'zod/mini';
import { hashOf } from '#store/accounts/secret-key';
import { type StoreDeps, tableName } from '#store/dynamo/client';
import { conditionReasons, UnreadableItemError, unlessRefused } from '#store/dynamo/errors';
import type { Write } from '#store/dynamo/transaction';
import { createFacts, type NewFact } from './facts.ts';

/** A `crmMessageId` of an account, claimed together with the reply that it belongs to. */
export interface Claim {
  readonly account: string;
  readonly crmMessageId: string;
  /** The user, if it was their page that made the id. Such a claim counts for longer, and a refusal makes one, too. */
  readonly pageOf?: string | undefined;
}

/** A refusal as it was answered. */
export interface Refusal {
  readonly status: number;
  readonly code: string;
  readonly description: string;
  readonly data?: unknown;
}

/** What became of the first request with an id: its reply was stored, or it was refused. */
export type Settled = { readonly chat: string; readonly reply: string } | { readonly refusal: Refusal };

export type Claims = ReturnType<typeof createClaims>;

const CLAIM_MS = 60_000;
/** A laptop may sleep between a send and its answer. What is older is looked for in the history first. */
const PAGE_CLAIM_MS = 48 * 3_600_000;

const IS_FREE = 'attribute_not_exists(l) OR #until <= :now';

const claimSchema = z.object({
  until: z.number(),
  chat: z.optional(z.string()),
  claimedBy: z.optional(z.string()),
  refusal: z.optional(z.string()),
});
const refusalSchema = z.object({
  status: z.number(),
  code: z.string(),
  description: z.string(),
  data: z.optional(z.unknown()),
});

/** The ids of replies that must not be sent twice. */
export function createClaims(deps: StoreDeps) {
  const { client, clock } = deps;
  const table = tableName(deps, 'outbox');
  const facts = createFacts(deps);

  /**
   * Stores a reply together with its claim. If another request has the claim, nothing is stored, and the answer says what
   * became of that one.
   */
  async function putReply(chatKey: string, fact: NewFact, claim: Claim): Promise<'stored' | Settled> {
    try {
      await facts.putBeside(chatKey, fact, (now) => claiming(claim, now, chatKey, fact.key));
      return 'stored';
    } catch (error) {
      const [claimTaken, replyThere] = conditionReasons(error) ?? [];
      if (claimTaken) return settledBefore(claim);
      if (replyThere) return 'stored';
      throw error;
    }
  }

  /**
   * Lets a refusal of a page's request have the claim, so that a late twin of the request sends nothing. If another
   * request has it, the answer says what became of that one.
   */
  async function putRefusal(claim: Claim, refusal: Refusal): Promise<Settled> {
    const now = clock.now();
    const put = new PutCommand({
      TableName: table,
      Item: { ...itemOf(claim, now), refusal: JSON.stringify(refusal) },
      ConditionExpression: IS_FREE,
      ExpressionAttributeNames: { '#until': 'until' },
      ExpressionAttributeValues: { ':now': now },
    });
    return (await unlessRefused(client.send(put))) ? { refusal } : settledBefore(claim);
  }

  /** What became of the request that has the claim; undefined if none has. */
  async function settled(claim: Claim): Promise<Settled | undefined> {
    const { Item } = await client.send(new GetCommand({ TableName: table, Key: keyOf(claim), ConsistentRead: true }));
    return Item && readClaim(Item, clock.now());
  }

  /** The same after a condition has found the claim, by a clock that may be behind this one. */
  async function settledBefore(claim: Claim): Promise<Settled> {
    const { Item = {} } = await client.send(
      new GetCommand({ TableName: table, Key: keyOf(claim), ConsistentRead: true }),
    );
    const found = readClaim(Item, 0);
    if (!found) throw new UnreadableItemError('outbox');
    return found;
  }

  function claiming(claim: Claim, now: number, chat: string, reply: string): Write {
    return {
      Put: {
        TableName: table,
        Item: { ...itemOf(claim, now), chat, claimedBy: reply },
        // If the answer to the first attempt was lost, the second one finds the reply's own claim.
        ConditionExpression: `${IS_FREE} OR claimedBy = :self`,
        ExpressionAttributeNames: { '#until': 'until' },
        ExpressionAttributeValues: { ':now': now, ':self': reply },
      },
    };
  }

  return { putReply, putRefusal, settled };
}

function itemOf(claim: Claim, now: number): Record<string, unknown> {
  const until = now + (claim.pageOf === undefined ? CLAIM_MS : PAGE_CLAIM_MS);
  return { ...keyOf(claim), until, ttl: Math.ceil(until / 1000) };
}

/** Users have ids of their own, so that nobody learns what became of another user's message. */
function keyOf({ account, crmMessageId, pageOf }: Claim): { l: string; e: string } {
  if (pageOf === undefined) return { l: `crm#${account}#${crmMessageId}`, e: '-' };
  // Both may be so long that they fit into no key.
  return { l: `page#${account}#${hashOf(JSON.stringify([pageOf, crmMessageId]))}`, e: '-' };
}

function readClaim(item: Record<string, unknown>, now: number): Settled | undefined {
  const { data } = claimSchema.safeParse(item);
  if (!data) throw new UnreadableItemError('outbox');
  const { until, chat = '', claimedBy, refusal } = data;
  if (until <= now) return undefined;
  if (claimedBy !== undefined) return { chat, reply: claimedBy };
  return { refusal: refusalSchema.parse(JSON.parse(refusal ?? '')) };
}
