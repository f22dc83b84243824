import {
  GetCommand,
  PutCommand,
  QueryCommand,
  TransactWriteCommand,
  type TransactWriteCommandInput,
} from '@aws-sdk/lib-dynamodb';
import {
  END_OF_KEYS,
  type Fact,
  FIRST_KEY,
  idOfKey,
  leastKey,
  type NoReplyNeeded,
  type Reply,
  type StillOwed,
} from '#domain/fact';
import type { Profile } from '#domain/message';
import { TIME_KEY } from '#domain/time-key';
import type { OmitEach } from '#schema-of';
import { factItem, readFact } from '#store/chats/fact-item';
import { type StoreDeps, tableName } from '#store/dynamo/client';
import { conditionReasons, isConditionFailure, unlessRefused } from '#store/dynamo/errors';
import { plainItem } from '#store/dynamo/marshalled';
import { queryAll, scanPages } from '#store/dynamo/pages';
import type { News } from '#store/dynamo/stream';
import { createChangeItem } from './change-item.ts';

/** A fact that is not stored yet. The store sets its time, anew for each attempt to put it. */
export type NewFact = OmitEach<Fact, 'storedAt'>;

type FactPage = { readonly facts: Fact[]; readonly more: boolean };

export type Facts = ReturnType<typeof createFacts>;

const PUT_MS = 3_000;
const PUT_ATTEMPTS = 2;

const IS_NEW = 'attribute_not_exists(k)';

/** The facts of chats. Every write of a fact is one conditional put or update. */
export function createFacts(deps: StoreDeps) {
  const { client, clock } = deps;
  const table = tableName(deps, 'messages');
  const changeItem = createChangeItem(deps);

  /**
   * Puts with a new `storedAt` for each attempt. An attempt that was given up may still arrive, and must not bring an
   * old `storedAt` long after others have read: the ten seconds in `seen.ts` rest on that.
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

  /** The put of a fact. It is refused if a fact with that key is there. */
  function putOf(chatKey: string, fact: NewFact, storedAt: number) {
    const Item = factItem(chatKey, { ...fact, storedAt } as Fact);
    return { TableName: table, Item, ConditionExpression: IS_NEW };
  }

  /**
   * Stores the fact, in the place of the line of an edit or of an import if that is there. `duplicate` if the fact is
   * there already.
   */
  async function put(chatKey: string, fact: NewFact): Promise<'stored' | 'duplicate'> {
    try {
      await putWithin((storedAt) => {
        const Put = { ...putOf(chatKey, fact, storedAt), ReturnValuesOnConditionCheckFailure: 'ALL_OLD' } as const;
        return client.send(new PutCommand(Put), { abortSignal: clock.deadline(PUT_MS) });
      });
      return 'stored';
    } catch (error) {
      if (!isConditionFailure(error)) throw error;
      const there = plainItem(error.Item ?? {});
      const gives = ['fromEdit', 'history'].filter((name) => name in there && !(name in fact));
      if ('fromEdit' in fact || gives.length === 0) return 'duplicate';
      return takePlace(chatKey, 'history' in fact ? lineOf(fact) : fact, Number(there.storedAt), gives);
    }
  }

  /** The line of an edit with the first words of its message. It stays one, because what was told becomes no import. */
  function lineOf({ history: _, ...fact }: NewFact & { readonly history?: true }): NewFact {
    return { ...fact, fromEdit: true } as NewFact;
  }

  /**
   * Takes the place of a line with one of these attributes. It keeps the time of the line: an answer of somebody who saw
   * the line covers the message.
   */
  async function takePlace(
    chatKey: string,
    fact: NewFact,
    storedAt: number,
    gives: readonly string[],
  ): Promise<'stored' | 'duplicate'> {
    const Item = { ...factItem(chatKey, { ...fact, storedAt } as Fact), changedAt: clock.now() };
    const ConditionExpression = gives.map((name) => `attribute_exists(${name})`).join(' OR ');
    const stored = await unlessRefused(client.send(new PutCommand({ TableName: table, Item, ConditionExpression })));
    // Only the message itself takes away what makes a line one.
    return stored ? 'stored' : 'duplicate';
  }

  /** Stores the line of an edit, unless its message is there. It looks first, because a refused put costs a write. */
  async function putFromEdit(chatKey: string, fact: NewFact): Promise<void> {
    const Key = { c: chatKey, k: fact.key };
    const { Item } = await client.send(new GetCommand({ TableName: table, Key }));
    if (!Item) await put(chatKey, fact);
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

  /**
   * Stores a fact of an event without a time of its own: its key differs in each delivery, so its id keeps it single.
   */
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

  /** The facts from the key `from` on, or up to `upTo`, in the order of their keys, as they are now. */
  async function readFrom(chatKey: string, from: string, upTo = END_OF_KEYS): Promise<Fact[]> {
    const items = await queryAll(client, {
      TableName: table,
      KeyConditionExpression: 'c = :chat AND k BETWEEN :from AND :upTo',
      ExpressionAttributeValues: { ':chat': chatKey, ':from': from, ':upTo': upTo },
      ConsistentRead: true,
    });
    return items.map(readFact);
  }

  /** One page of the history as it is now, the newest fact last, from the key `first` on. It ends before the key `before`. */
  async function page(chatKey: string, limit: number, before = END_OF_KEYS, first = FIRST_KEY): Promise<FactPage> {
    const found = await client.send(
      new QueryCommand({
        TableName: table,
        KeyConditionExpression: 'c = :chat AND k BETWEEN :first AND :before',
        ExpressionAttributeValues: { ':chat': chatKey, ':first': leastKey(first, before), ':before': before },
        ConsistentRead: true,
        ScanIndexForward: false,
        // One more than asked tells whether there is more. The fact at `before` itself is one more again.
        Limit: limit + 2,
      }),
    );
    const facts = (found.Items ?? []).map(readFact).filter(({ key }) => key !== before);
    return {
      facts: facts.slice(0, limit).reverse(),
      more: facts.length > limit || found.LastEvaluatedKey !== undefined,
    };
  }

  /** The key of the newest fact as it is now; `FIRST_KEY` if there is none with a time. */
  async function newestKey(chatKey: string): Promise<string> {
    const { Items = [] } = await client.send(
      new QueryCommand({
        TableName: table,
        KeyConditionExpression: 'c = :chat AND k BETWEEN :first AND :end',
        ExpressionAttributeValues: { ':chat': chatKey, ':first': FIRST_KEY, ':end': END_OF_KEYS },
        ProjectionExpression: 'k',
        ConsistentRead: true,
        ScanIndexForward: false,
        Limit: 1,
      }),
    );
    const key = String(Items[0]?.k ?? FIRST_KEY);
    return TIME_KEY.test(key) ? key : FIRST_KEY;
  }

  /** The fact with that key, as it is now. */
  async function get(chatKey: string, key: string): Promise<Fact | undefined> {
    const { Item } = await client.send(
      new GetCommand({ TableName: table, Key: { c: chatKey, k: key }, ConsistentRead: true }),
    );
    return Item && readFact(Item);
  }

  /** The reply with that key, as it is now. */
  async function getReply(chatKey: string, key: string): Promise<Reply | undefined> {
    const fact = await get(chatKey, key);
    return fact?.kind === 'reply' ? fact : undefined;
  }

  /** Moves the `from` of a standing answer down to that key, never up. */
  async function lowerFrom(
    chatKey: string,
    { key, from, kind }: { readonly key: string; readonly from: string; readonly kind: Fact['kind'] },
  ): Promise<void> {
    const path = kind === 'echo' ? '#from' : 'covers.#from';
    await changeItem(chatKey, key, `SET ${path} = :from`, `${path} > :from`, { ':from': from });
  }

  /** Adds what the author of a client's message calls themselves, unless the message told it. It rings like the message. */
  async function nameAuthor(chatKey: string, key: string, { name, username }: Profile): Promise<void> {
    const values = { ...(name !== undefined && { name }), ...(username !== undefined && { username }) };
    const sets = Object.keys(values).map((field) => `author.#${field} = :${field}`);
    const isNameless =
      '#kind = :client AND attribute_not_exists(author.#name) AND attribute_not_exists(author.#username)';
    await changeItem(chatKey, key, `SET ${[...sets, 'changedAt = :now'].join(', ')}`, isNameless, {
      ...Object.fromEntries(Object.entries(values).map(([field, value]) => [`:${field}`, value])),
      ':client': 'client',
      ':now': clock.now(),
    });
  }

  /** The decisions of that kind that nobody took back, the oldest first; reads the whole history of the chat. */
  async function standing(chatKey: string, kind: (NoReplyNeeded | StillOwed)['kind']): Promise<Fact[]> {
    const facts = await readFrom(chatKey, FIRST_KEY);
    return facts.filter((fact) => fact.kind === kind && fact.withdrawnAt === undefined);
  }

  /** Withdraws a decision. Repeating it changes nothing. */
  async function withdraw(chatKey: string, key: string): Promise<void> {
    const stands = 'attribute_exists(k) AND attribute_not_exists(withdrawnAt)';
    await changeItem(chatKey, key, 'SET withdrawnAt = :now, changedAt = :now', stands, { ':now': clock.now() });
  }

  /**
   * What was written or changed from `since` (epoch ms) on and rings the fold or has a status, page by page. It scans
   * the table.
   */
  async function* changedSince(since: number): AsyncGenerator<News[]> {
    const found = scanPages(client, {
      TableName: table,
      FilterExpression: 'changedAt >= :since OR statusAt >= :since',
      ProjectionExpression:
        'c, k, kind, history, content.media.#file, content.furtherMedia[0].#file, edit.content.media.#file',
      ExpressionAttributeNames: { '#file': 'file' },
      ExpressionAttributeValues: { ':since': since },
    });
    for await (const items of found) {
      yield items.map(({ c, k, kind, history, content, edit }) => ({
        chatKey: String(c),
        key: String(k),
        // Statuses, edits and deletions have none.
        ...(kind !== undefined && { kind: String(kind) }),
        ...(history === true && { history }),
        // An item that has none of these has not even the maps that would lead to them.
        hasFiles: content !== undefined || edit !== undefined,
      }));
    }
  }

  return {
    put,
    putFromEdit,
    putBeside,
    putOnce,
    readFrom,
    page,
    newestKey,
    get,
    getReply,
    lowerFrom,
    nameAuthor,
    standing,
    withdraw,
    changedSince,
  };
}
