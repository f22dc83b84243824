import {
  GetCommand,
  PutCommand,
  QueryCommand,
  ScanCommand,
  TransactWriteCommand,
  type TransactWriteCommandInput,
  UpdateCommand,
} from '@aws-sdk/lib-dynamodb';
import { END_OF_KEYS, type Fact, FIRST_KEY, idOfKey, type NoReplyNeeded, type Reply } from '#domain/fact';
import type { Content } from '#domain/message';
import { factItem, readFact } from '#store/chats/fact-item';
import { batchGet } from '#store/dynamo/batch-get';
import { type StoreDeps, tableName } from '#store/dynamo/client';
import { conditionReasons, isConditionFailure, unlessRefused } from '#store/dynamo/errors';
import { queryAll } from '#store/dynamo/query-all';
import type { Rung } from '#store/dynamo/stream';
import { updateIf } from '#store/dynamo/update-if';

/** A fact that is not stored yet: the store sets the time for each attempt to put it. */
export type NewFact = DistributiveOmit<Fact, 'storedAt'>;
type DistributiveOmit<T, K extends PropertyKey> = T extends unknown ? Omit<T, K> : never;

/** What became of a message, beside the fact and never on it, so that it may come first. */
export interface Outcome {
  readonly status?: 'sent' | 'error';
  /** Which attempt to send it ended so. */
  readonly attempt?: number;
  /** What the messenger calls our message. */
  readonly providerId?: string;
  readonly error?: { readonly code: string; readonly description: string };
  /** The key of our reply, where the item is named by the provider's id. */
  readonly reply?: string;
  readonly edit?: Edit;
  readonly reaction?: Reaction;
  readonly deletedAt?: number;
}

/** The latest of its kind by the messenger's clock; `sequence` orders those of the same time. */
interface Latest {
  readonly at: number;
  readonly sequence?: number;
}

/** What a message says now. */
export interface Edit extends Latest {
  readonly content: Content;
}

/** What the client thinks of a message now. */
export interface Reaction extends Latest {
  readonly emojis: readonly string[];
}

/** A `crmMessageId` of an account, claimed together with the reply that it belongs to. */
export interface CrmMessageClaim {
  readonly account: string;
  readonly crmMessageId: string;
}

export type Messages = ReturnType<typeof createMessages>;

const PUT_MS = 3_000;
const PUT_ATTEMPTS = 2;
const CLAIM_MS = 60_000;

const IS_NEW = 'attribute_not_exists(k)';

/** The facts of chats, and what became of them. Every write of a fact is one conditional put or update. */
export function createMessages(deps: StoreDeps) {
  const { client, clock } = deps;
  const table = tableName(deps, 'messages');

  /**
   * An attempt that may still be on its way when it is given up must not arrive with an old `storedAt` long after others
   * have read: that is what the ten seconds in `seen.ts` rest on.
   */
  async function putWithin(put: (storedAt: number) => Promise<unknown>): Promise<void> {
    for (let attempt = 1; ; attempt += 1) {
      try {
        await put(clock.now());
        return;
      } catch (error) {
        const decided = isConditionFailure(error) || conditionReasons(error) !== undefined;
        if (decided || attempt === PUT_ATTEMPTS) throw error;
      }
    }
  }

  /** The put of a fact, which stays as it is where one with its key is there. */
  function putOf(chatKey: string, fact: NewFact, storedAt: number) {
    const Item = factItem(chatKey, { ...fact, storedAt } as Fact);
    return { TableName: table, Item, ConditionExpression: IS_NEW };
  }

  /** Stores the fact; `duplicate` where one with its key is there. */
  async function put(chatKey: string, fact: NewFact): Promise<'stored' | 'duplicate'> {
    const stored = await unlessRefused(
      putWithin((storedAt) =>
        client.send(new PutCommand(putOf(chatKey, fact, storedAt)), { abortSignal: clock.deadline(PUT_MS) }),
      ),
    );
    return stored ? 'stored' : 'duplicate';
  }

  /** Stores the fact together with another item, so that no crash leaves one without the other. */
  async function putBeside(
    chatKey: string,
    fact: NewFact,
    other: (storedAt: number) => NonNullable<TransactWriteCommandInput['TransactItems']>[number],
  ): Promise<void> {
    await putWithin((storedAt) =>
      client.send(
        new TransactWriteCommand({ TransactItems: [other(storedAt), { Put: putOf(chatKey, fact, storedAt) }] }),
        { abortSignal: clock.deadline(PUT_MS) },
      ),
    );
  }

  /** Stores a fact whose event has no time of its own, so that its key differs in each delivery; single by its id. */
  async function putOnce(chatKey: string, fact: NewFact): Promise<'stored' | 'duplicate'> {
    const Item = { c: chatKey, k: `once#${idOfKey(fact.key)}` };
    try {
      await putBeside(chatKey, fact, () => ({ Put: { TableName: table, Item, ConditionExpression: IS_NEW } }));
      return 'stored';
    } catch (error) {
      if (conditionReasons(error)) return 'duplicate';
      throw error;
    }
  }

  /** Stores a reply together with its claim, which is remembered for 60 s; `repeated` where another reply holds it. */
  async function putClaimed(chatKey: string, fact: NewFact, claim: CrmMessageClaim): Promise<'stored' | 'repeated'> {
    try {
      await putBeside(chatKey, fact, (storedAt) => ({
        Put: {
          TableName: tableName(deps, 'outbox'),
          Item: {
            l: `crm#${claim.account}#${claim.crmMessageId}`,
            e: '-',
            claimedBy: fact.key,
            until: storedAt + CLAIM_MS,
            ttl: Math.ceil((storedAt + CLAIM_MS) / 1000),
          },
          // A second attempt of the same reply finds its own claim where the answer to the first was lost.
          ConditionExpression: 'attribute_not_exists(l) OR #until <= :now OR claimedBy = :self',
          ExpressionAttributeNames: { '#until': 'until' },
          ExpressionAttributeValues: { ':now': storedAt, ':self': fact.key },
        },
      }));
      return 'stored';
    } catch (error) {
      const [claimTaken, replyThere] = conditionReasons(error) ?? [];
      if (claimTaken) return 'repeated';
      if (replyThere) return 'stored';
      throw error;
    }
  }

  /** The facts from that key on, or up to another, in the order of their keys, as they are now. */
  async function readFrom(chatKey: string, from: string, upTo = END_OF_KEYS): Promise<Fact[]> {
    const items = await queryAll(client, {
      TableName: table,
      KeyConditionExpression: 'c = :chat AND k BETWEEN :from AND :upTo',
      ExpressionAttributeValues: { ':chat': chatKey, ':from': from, ':upTo': upTo },
      ConsistentRead: true,
    });
    return items.map(readFact);
  }

  /** One page of the history as it is now, newest last; `before` is the key that the page ends before. */
  async function page(chatKey: string, limit: number, before = END_OF_KEYS): Promise<{ facts: Fact[]; more: boolean }> {
    const found = await client.send(
      new QueryCommand({
        TableName: table,
        KeyConditionExpression: 'c = :chat AND k BETWEEN :first AND :before',
        ExpressionAttributeValues: { ':chat': chatKey, ':first': FIRST_KEY, ':before': before },
        ConsistentRead: true,
        ScanIndexForward: false,
        // One more than asked tells whether there is more; the key that it ends before is one more again.
        Limit: limit + 2,
      }),
    );
    const facts = (found.Items ?? []).map(readFact).filter(({ key }) => key !== before);
    return {
      facts: facts.slice(0, limit).reverse(),
      more: facts.length > limit || found.LastEvaluatedKey !== undefined,
    };
  }

  /** The fact with that key, as it is now. */
  async function get(chatKey: string, key: string): Promise<Fact | undefined> {
    const { Item } = await client.send(
      new GetCommand({ TableName: table, Key: { c: chatKey, k: key }, ConsistentRead: true }),
    );
    return Item && readFact(Item);
  }

  /** What became of messages, by the ids behind the times of their keys. */
  async function outcomes(chatKey: string, ids: readonly string[]): Promise<Map<string, Outcome>> {
    // A batch that names a key twice is refused, and one bad id must not make a history unreadable.
    const keys = [...new Set(ids)].map((id) => ({ c: chatKey, k: `of#${id}` }));
    const items = await batchGet(client, table, keys);
    return new Map(items.map(({ k, ...outcome }) => [String(k).slice('of#'.length), outcome as Outcome]));
  }

  /**
   * What became of these facts, by the ids behind their times: of what we sent, also what the messenger tells under the id
   * that it gave it; and of what they quote, by the messenger's ids.
   */
  async function outcomesOf(chatKey: string, facts: readonly Fact[]): Promise<Map<string, Outcome>> {
    const said = facts.filter((fact) => fact.kind !== 'no-reply-needed');
    const quoted = said.flatMap(({ content }) => content.quoted?.providerId ?? []);
    const found = await outcomes(chatKey, [...said.map(({ key }) => idOfKey(key)), ...quoted]);
    const sent = [...found].filter(([, { providerId }]) => providerId !== undefined);
    const told = await outcomes(
      chatKey,
      sent.map(([, { providerId = '' }]) => providerId),
    );
    for (const [id, ours] of sent) found.set(id, { ...told.get(ours.providerId ?? ''), ...ours });
    return found;
  }

  /** Moves the `from` of a standing answer down to that key, never up. */
  async function lowerFrom(chatKey: string, key: string, from: string): Promise<void> {
    await change(chatKey, key, 'SET covers.#from = :from', 'covers.#from > :from', { ':from': from });
  }

  /** Changes an item of the chat if the condition holds. */
  async function change(
    c: string,
    k: string,
    UpdateExpression: string,
    ConditionExpression: string,
    ExpressionAttributeValues: Record<string, unknown>,
  ): Promise<void> {
    const update = { UpdateExpression, ConditionExpression, ExpressionAttributeValues };
    await updateIf(client, { TableName: table, Key: { c, k }, ...update });
  }

  /** Opens the next attempt to send a reply; repeating it changes nothing, an older one than the present changes nothing. */
  async function startAttempt(chatKey: string, key: string, attempt: number): Promise<void> {
    const values = { ':attempt': attempt, ':now': clock.now() };
    await change(chatKey, key, 'SET attempt = :attempt, changedAt = :now', 'attempt < :attempt', values);
  }

  /** The attempt succeeded: the reply stands, unless a later attempt has been started. */
  async function acceptAttempt(chatKey: string, key: string, attempt: number): Promise<void> {
    const condition = 'attempt = :attempt AND attribute_exists(refused)';
    const values = { ':attempt': attempt, ':now': clock.now() };
    await change(chatKey, key, 'SET changedAt = :now REMOVE refused', condition, values);
  }

  /** Records that the messenger took the reply: what is recorded first, so that a crash does not send it again. */
  async function recordSent(chatKey: string, reply: string, attempt: number, providerId: string): Promise<void> {
    await Promise.all([
      markSent(chatKey, idOfKey(reply), attempt, providerId),
      // Beside what the messenger has told under its own id, perhaps before.
      mergeOutcome(chatKey, providerId, { reply }),
    ]);
  }

  /** How a later attempt ended stays, whatever is heard of an older one. */
  async function markSent(chatKey: string, id: string, attempt: number, providerId: string): Promise<void> {
    const sent = 'SET #status = :sent, attempt = :attempt, providerId = :providerId REMOVE #error';
    const values = { ':sent': 'sent', ':attempt': attempt, ':providerId': providerId };
    await change(chatKey, `of#${id}`, sent, 'attribute_not_exists(attempt) OR attempt <= :attempt', values);
  }

  /**
   * Records that the messenger refused the reply for good: it then covers nothing. `overtaken` where that attempt was
   * sent after all or is no longer the present one; then nothing is changed.
   */
  async function refuse(
    chatKey: string,
    reply: string,
    attempt: number,
    error: { code: string; description: string },
  ): Promise<'refused' | 'overtaken'> {
    const now = clock.now();
    try {
      await client.send(
        new TransactWriteCommand({
          TransactItems: [
            {
              Update: {
                TableName: table,
                Key: { c: chatKey, k: reply },
                UpdateExpression: 'SET refused = :attempt, changedAt = :now',
                ConditionExpression: 'attempt = :attempt',
                ExpressionAttributeValues: { ':attempt': attempt, ':now': now },
              },
            },
            {
              Update: {
                TableName: table,
                Key: { c: chatKey, k: `of#${idOfKey(reply)}` },
                UpdateExpression: 'SET #status = :error, attempt = :attempt, #error = :why',
                ConditionExpression: 'attribute_not_exists(k) OR NOT (#status = :sent AND attempt = :attempt)',
                ExpressionAttributeNames: { '#status': 'status', '#error': 'error' },
                ExpressionAttributeValues: { ':error': 'error', ':sent': 'sent', ':attempt': attempt, ':why': error },
              },
            },
          ],
        }),
      );
      return 'refused';
    } catch (cause) {
      if (conditionReasons(cause)) return 'overtaken';
      throw cause;
    }
  }

  /** Keeps the latest edit of a message, by the messenger's clock; the message may come later. */
  async function recordEdit(chatKey: string, providerId: string, edit: Edit): Promise<void> {
    await keepLatest(chatKey, providerId, 'edit', edit);
  }

  /** Keeps the client's latest reaction to a message in the same way. */
  async function recordReaction(chatKey: string, providerId: string, reaction: Reaction): Promise<void> {
    await keepLatest(chatKey, providerId, 'reaction', reaction);
  }

  async function keepLatest(chatKey: string, providerId: string, name: string, latest: Latest): Promise<void> {
    const value = { ...latest, sequence: latest.sequence ?? 0 };
    const values = { ':value': value, ':at': value.at, ':sequence': value.sequence };
    await change(chatKey, `of#${providerId}`, `SET #${name} = :value`, isLater(name), values);
  }

  /** Keeps that a message was deleted, and when we heard of it. */
  async function recordDeletion(chatKey: string, providerId: string): Promise<void> {
    await mergeOutcome(chatKey, providerId, { deletedAt: clock.now() });
  }

  async function mergeOutcome(chatKey: string, id: string, outcome: Outcome): Promise<void> {
    const fields = Object.entries(outcome);
    await client.send(
      new UpdateCommand({
        TableName: table,
        Key: { c: chatKey, k: `of#${id}` },
        UpdateExpression: `SET ${fields.map(([name]) => `#${name} = :${name}`).join(', ')}`,
        ExpressionAttributeNames: Object.fromEntries(fields.map(([name]) => [`#${name}`, name])),
        ExpressionAttributeValues: Object.fromEntries(fields.map(([name, value]) => [`:${name}`, value])),
      }),
    );
  }

  /** The standing "no reply needed" answers of a chat, the oldest first; reads its whole history. */
  async function standingNoReplyNeeded(chatKey: string): Promise<NoReplyNeeded[]> {
    const facts = await readFrom(chatKey, FIRST_KEY);
    return facts.filter((fact) => fact.kind === 'no-reply-needed' && fact.withdrawnAt === undefined) as NoReplyNeeded[];
  }

  /** Takes a "no reply needed" back; once is enough. */
  async function withdraw(chatKey: string, key: string): Promise<void> {
    const stands = 'attribute_exists(k) AND attribute_not_exists(withdrawnAt)';
    await change(chatKey, key, 'SET withdrawnAt = :now, changedAt = :now', stands, { ':now': clock.now() });
  }

  /** The reply with that key, as it is now. */
  async function getReply(chatKey: string, key: string): Promise<Reply | undefined> {
    const fact = await get(chatKey, key);
    return fact?.kind === 'reply' ? fact : undefined;
  }

  /** The facts that were written or changed since then (epoch ms), page by page; scans the table. */
  async function* changedSince(since: number): AsyncGenerator<Rung[]> {
    let start: Record<string, unknown> | undefined;
    do {
      const page = await client.send(
        new ScanCommand({
          TableName: table,
          FilterExpression: 'changedAt >= :since',
          ProjectionExpression: 'c, k, kind',
          ExpressionAttributeValues: { ':since': since },
          ...(start && { ExclusiveStartKey: start }),
        }),
      );
      yield (page.Items ?? []).map(({ c, k, kind }) => ({ chatKey: c, key: k, kind }));
      start = page.LastEvaluatedKey;
    } while (start);
  }

  return {
    put,
    putOnce,
    putClaimed,
    readFrom,
    page,
    get,
    getReply,
    outcomes,
    outcomesOf,
    lowerFrom,
    startAttempt,
    acceptAttempt,
    recordSent,
    refuse,
    recordEdit,
    recordReaction,
    recordDeletion,
    standingNoReplyNeeded,
    withdraw,
    changedSince,
  };
}

function isLater(name: string): string {
  return `attribute_not_exists(#${name}) OR #${name}.#at < :at OR (#${name}.#at = :at AND #${name}.#sequence < :sequence)`;
}
