import { QueryCommand } from '@aws-sdk/lib-dynamodb';
import { END_OF_KEYS, type Fact, FIRST_KEY, idOfKey, isPress } from '#domain/fact';
import { type StoreDeps, tableName } from '#store/dynamo/client';
import { OUTCOME_PREFIX } from '#store/dynamo/stream';
import { ifStill, transact, type Write } from '#store/dynamo/transaction';
import { readFact } from './fact-item.ts';
import { type Outcome, outcomeKey, readOutcome } from './outcome-item.ts';
import { createOutcomes } from './outcomes.ts';

/** Everything that was said in a chat, or its beginning, as it is now. */
export interface StoredFacts {
  readonly chatKey: string;
  readonly facts: readonly Fact[];
  /** What became of messages, by the ids in their keys. */
  readonly outcomes: ReadonlyMap<string, Outcome>;
  /** When each item was last written in a way that rings (epoch ms), by its sort key; 0 if that was not noted. */
  readonly changedAt: ReadonlyMap<string, number>;
  /** Whether this is all of the chat. */
  readonly isWhole: boolean;
}

type Item = Record<string, unknown>;

/** So much of a chat is held at once, in items and in pieces of 1 MB. Of a longer one only the beginning is looked at. */
const MOST_ITEMS = 30_000;
const MOST_PIECES = 40;
const ONCE_PREFIX = 'once#';
/** Sorts after every item of a chat. */
const END_OF_ITEMS = '~';

/** Reads all facts of a chat with what belongs to them, and removes those that are kept no longer. */
export function createOldFacts(deps: StoreDeps) {
  const { client } = deps;
  const table = tableName(deps, 'messages');
  const { outcomes } = createOutcomes(deps);

  /** The least key of a fact of the chat as it is now; undefined if it has none. It costs the read of one. */
  async function oldestKey(chatKey: string): Promise<string | undefined> {
    const query = between(chatKey, FIRST_KEY, END_OF_KEYS);
    const { Items = [] } = await client.send(new QueryCommand({ ...query, ProjectionExpression: 'k', Limit: 1 }));
    return Items[0] && String(Items[0].k);
  }

  /** The facts of the chat, and what became of them. */
  async function read(chatKey: string): Promise<StoredFacts> {
    const { items, isWhole } = await itemsBetween(chatKey, FIRST_KEY, END_OF_KEYS);
    const facts = items.map(readFact);
    const beside = isWhole ? await itemsBetween(chatKey, END_OF_KEYS, END_OF_ITEMS) : undefined;
    return {
      chatKey,
      facts,
      outcomes: beside?.isWhole ? outcomesIn(beside.items) : await outcomesFor(chatKey, facts),
      changedAt: new Map(
        [...items, ...(beside?.items ?? [])].map(({ k, changedAt }) => [String(k), Number(changedAt ?? 0)]),
      ),
      isWhole: isWhole && beside?.isWhole === true,
    };
  }

  async function itemsBetween(chatKey: string, from: string, to: string): Promise<{ items: Item[]; isWhole: boolean }> {
    const items: Item[] = [];
    let start: Item | undefined;
    for (let pieces = 0; pieces < MOST_PIECES && items.length < MOST_ITEMS; pieces += 1) {
      const { Items = [], LastEvaluatedKey } = await client.send(
        new QueryCommand({ ...between(chatKey, from, to), ...(start && { ExclusiveStartKey: start }) }),
      );
      items.push(...Items);
      start = LastEvaluatedKey;
      if (!start) return { items, isWhole: true };
    }
    return { items, isWhole: false };
  }

  function between(chatKey: string, from: string, to: string) {
    return {
      TableName: table,
      KeyConditionExpression: 'c = :chat AND k BETWEEN :from AND :to',
      ExpressionAttributeValues: { ':chat': chatKey, ':from': from, ':to': to },
      ConsistentRead: true,
    };
  }

  async function outcomesFor(chatKey: string, facts: readonly Fact[]): Promise<Map<string, Outcome>> {
    const own = await outcomes(
      chatKey,
      facts.map(({ key }) => idOfKey(key)),
    );
    const told = [...own.values()].flatMap(({ providerId }) => providerId ?? []);
    return new Map([...(await outcomes(chatKey, told)), ...own]);
  }

  /**
   * Removes these facts with what became of them, if none of them has changed since it was read, and none of `unless`, a
   * list of further facts. False if one has; then nothing is removed. There may be 19 facts at most.
   */
  function remove(read: StoredFacts, facts: readonly Fact[], unless: readonly string[]): Promise<boolean> {
    const { chatKey, changedAt } = read;
    const own = new Set(facts.map(({ key }) => key));
    const beside = new Set(facts.flatMap((fact) => besideOf(read, fact)));
    return transact(client, [
      ...facts.map(({ key }) => ({ Delete: unchanged(chatKey, key, changedAt.get(key)) })),
      ...[...beside].map((k) => ({ Delete: { TableName: table, Key: { c: chatKey, k } } })),
      ...[...new Set(unless)]
        .filter((key) => !own.has(key))
        .map((key) => ({ ConditionCheck: unchanged(chatKey, key, changedAt.get(key)) })),
    ]);
  }

  /** The condition that the item is as it was read. */
  function unchanged(c: string, k: string, changedAt: number | undefined) {
    const condition = ifStill('changedAt', changedAt);
    return {
      TableName: table,
      Key: { c, k },
      ...condition,
      ...(!changedAt && { ConditionExpression: `attribute_exists(k) AND ${condition.ConditionExpression}` }),
    };
  }

  /** Removes what belongs to the chat and to no message: watermarks, and that its client was asked for a name. */
  async function removeRest(chatKey: string): Promise<void> {
    const { items } = await itemsBetween(chatKey, END_OF_KEYS, END_OF_ITEMS);
    const writes = items.map(({ k }): Write => ({ Delete: { TableName: table, Key: { c: chatKey, k } } }));
    for (let at = 0; at < writes.length; at += 100) await transact(client, writes.slice(at, at + 100));
  }

  return { oldestKey, read, remove, removeRest };
}

function outcomesIn(items: readonly Item[]): Map<string, Outcome> {
  const found = items.filter(({ k }) => String(k).startsWith(OUTCOME_PREFIX));
  return new Map(found.map((item) => [String(item.k).slice(OUTCOME_PREFIX.length), readOutcome(item)]));
}

/** The sort keys of the items that go with the fact. What came back of a reply of ours is the reply's. */
function besideOf({ outcomes, changedAt, isWhole }: StoredFacts, fact: Fact): string[] {
  const id = idOfKey(fact.key);
  const outcome = outcomes.get(id);
  const isOthers = outcome?.reply !== undefined && outcome.reply !== fact.key;
  const told = outcome?.providerId;
  const hasOnce = isWhole ? changedAt.has(`${ONCE_PREFIX}${id}`) : isPress(fact);
  return [
    ...(outcome && !isOthers ? [outcomeKey(id)] : []),
    ...(fact.kind === 'reply' && told !== undefined && outcomes.has(told) ? [outcomeKey(told)] : []),
    ...(hasOnce ? [`${ONCE_PREFIX}${id}`] : []),
  ];
}
