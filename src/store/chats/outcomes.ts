import { UpdateCommand } from '@aws-sdk/lib-dynamodb';
import { type Fact, idOfKey, isSaid } from '#domain/fact';
import { batchGet } from '#store/dynamo/batch-get';
import { type StoreDeps, tableName } from '#store/dynamo/client';
import { pastTransactions } from '#store/dynamo/past-transactions';
import { OUTCOME_PREFIX } from '#store/dynamo/stream';
import { createChangeItem } from './change-item.ts';
import {
  type Edit,
  type Failure,
  type Latest,
  type Outcome,
  outcomeKey,
  type Reaction,
  readOutcome,
} from './outcome-item.ts';

/** The id of the outcome that holds the watermarks of a chat. No messenger has such an id. */
export const WATERMARK = '~';

const NEITHER_READ_NOR_FAILED = 'attribute_not_exists(readAt) AND attribute_not_exists(failed)';

export type Outcomes = ReturnType<typeof createOutcomes>;

/** What became of messages: one item beside each fact. It may be there before the fact. */
export function createOutcomes(deps: StoreDeps) {
  const { client, clock } = deps;
  const table = tableName(deps, 'messages');
  const changeItem = createChangeItem(deps);

  /** What became of messages, by the ids in their keys. */
  async function outcomes(chatKey: string, ids: readonly string[]): Promise<Map<string, Outcome>> {
    // DynamoDB refuses a batch that names a key twice, and one bad id must not make a history unreadable.
    const keys = [...new Set(ids)].map((id) => ({ c: chatKey, k: outcomeKey(id) }));
    const items = await batchGet(client, table, keys);
    return new Map(items.map((item) => [String(item.k).slice(OUTCOME_PREFIX.length), readOutcome(item)]));
  }

  /**
   * What became of these facts, by the ids in their keys, and of the messages that they quote, by the messenger's ids.
   * For a message that we sent, it includes what the messenger reported under its own id.
   */
  async function outcomesOf(chatKey: string, facts: readonly Fact[]): Promise<Map<string, Outcome>> {
    const said = facts.filter(isSaid);
    const quoted = said.flatMap(({ content }) => content.quoted?.providerId ?? []);
    return wholeOutcomes(chatKey, [...said.map(({ key }) => idOfKey(key)), ...quoted]);
  }

  /** What became of the message with that key, in the same way. */
  async function outcomeOf(chatKey: string, key: string): Promise<Outcome | undefined> {
    return (await wholeOutcomes(chatKey, [idOfKey(key)])).get(idOfKey(key));
  }

  async function wholeOutcomes(chatKey: string, ids: readonly string[]): Promise<Map<string, Outcome>> {
    const found = await outcomes(chatKey, ids);
    const sent = [...found].filter(([, { providerId }]) => providerId !== undefined);
    const told = await outcomes(
      chatKey,
      sent.map(([, { providerId = '' }]) => providerId),
    );
    for (const [id, ours] of sent) found.set(id, { ...told.get(ours.providerId ?? ''), ...ours });
    return found;
  }

  /**
   * Keeps the latest edit of a message, by the messenger's clock; the message may come later. `fact` is the key of the
   * message, if the edit tells it. It rings.
   */
  async function recordEdit(chatKey: string, providerId: string, edit: Edit, fact?: string): Promise<void> {
    const rings = { changedAt: clock.now(), ...(fact !== undefined && { fact }) };
    await keepLatest(chatKey, providerId, 'edit', edit, rings);
  }

  /**
   * Records an edit that we made. `at`: the messenger's time of it. The messenger may tell of the same edit itself, with
   * the same time, before or after: then the one that is there stays. Without `at` the messenger says that the message is
   * so now: that counts whatever the times are, and changes nothing if it is known. It rings.
   */
  async function recordOwnEdit(
    chatKey: string,
    providerId: string,
    { at, content }: Pick<Edit, 'content'> & { readonly at?: number | undefined },
  ): Promise<void> {
    const now = clock.now();
    // Numbers of the messenger's own are less than that, and our next edit in the same second has a greater one.
    const sequence = now;
    // Messengers count seconds. A later time of ours would cover the next edit in the same one.
    const value = { at: at ?? now - (now % 1000), sequence, content };
    const isOther = '#edit.#content <> :content';
    const isNewer = `#edit.#at < :at OR (#edit.#at = :at AND #edit.#sequence < :sequence AND ${isOther})`;
    await changeItem(
      chatKey,
      outcomeKey(providerId),
      'SET #edit = :value, changedAt = :now',
      `attribute_not_exists(#edit) OR ${at === undefined ? isOther : isNewer}`,
      {
        ':value': value,
        ':content': content,
        ':now': now,
        ...(at !== undefined && { ':at': at, ':sequence': sequence }),
      },
    );
  }

  /** Keeps the client's latest reaction to a message in the same way. It does not ring. */
  async function recordReaction(chatKey: string, providerId: string, reaction: Reaction): Promise<void> {
    await keepLatest(chatKey, providerId, 'reaction', reaction);
  }

  async function keepLatest(
    chatKey: string,
    providerId: string,
    name: string,
    latest: Latest,
    beside: Readonly<Record<string, unknown>> = {},
  ): Promise<void> {
    const value = { ...latest, sequence: latest.sequence ?? 0 };
    const set = `SET ${[`#${name} = :value`, ...Object.keys(beside).map((field) => `${field} = :${field}`)].join(', ')}`;
    const values = {
      ':value': value,
      ':at': value.at,
      ':sequence': value.sequence,
      ...Object.fromEntries(Object.entries(beside).map(([field, given]) => [`:${field}`, given])),
    };
    await changeItem(chatKey, outcomeKey(providerId), set, isLater(name), values);
  }

  /** Records that a message was deleted, and when we first heard of it. It rings. */
  async function recordDeletion(chatKey: string, providerId: string): Promise<void> {
    const isFirst = 'attribute_not_exists(deletedAt)';
    const update = 'SET deletedAt = :now, changedAt = :now';
    await changeItem(chatKey, outcomeKey(providerId), update, isFirst, { ':now': clock.now() });
  }

  /**
   * Records that a message of ours was delivered or read, and when we first heard of it. Nothing is written if a later
   * state is known: a message that was read was delivered, and one that failed stays failed. It does not ring the fold.
   */
  async function recordReceipt(chatKey: string, providerId: string, state: 'delivered' | 'read'): Promise<void> {
    const isNews = `${NEITHER_READ_NOR_FAILED}${state === 'delivered' ? ' AND attribute_not_exists(deliveredAt)' : ''}`;
    const update = `SET ${state}At = :now, statusAt = :now`;
    await changeItem(chatKey, outcomeKey(providerId), update, isNews, { ':now': clock.now() });
  }

  /** Records that the messenger failed to deliver a message of ours. The first reason stays. */
  async function recordFailure(chatKey: string, providerId: string, failed: Failure): Promise<void> {
    const values = { ':failed': failed, ':now': clock.now() };
    const update = 'SET failed = :failed, statusAt = :now';
    await changeItem(chatKey, outcomeKey(providerId), update, 'attribute_not_exists(failed)', values);
  }

  /**
   * Raises the time up to which all our messages of the chat were delivered or read, by the messenger's clock (epoch ms),
   * or the number up to which they were. It never goes back. What was read was delivered.
   */
  async function raiseWatermark(
    chatKey: string,
    state: 'delivered' | 'read',
    upTo: number,
    by: 'time' | 'number' = 'time',
  ): Promise<void> {
    const nameOf = (one: 'delivered' | 'read') => `${one}${by === 'time' ? 'UpTo' : 'UpToNumber'}`;
    const raises = (name: string) => `(attribute_not_exists(${name}) OR ${name} < :upTo)`;
    const isUnread = raises(nameOf('read'));
    const isNews = state === 'read' ? isUnread : `${raises(nameOf('delivered'))} AND ${isUnread}`;
    const update = `SET ${nameOf(state)} = :upTo, statusAt = :now`;
    await changeItem(chatKey, outcomeKey(WATERMARK), update, isNews, { ':upTo': upTo, ':now': clock.now() });
  }

  /** Sets the given fields of the outcome. The others stay as they are. Answers with all of them. */
  async function mergeOutcome(
    chatKey: string,
    id: string,
    outcome: Outcome & { readonly changedAt?: number },
  ): Promise<Outcome> {
    const fields = Object.entries(outcome);
    const merge = () =>
      client.send(
        new UpdateCommand({
          TableName: table,
          Key: { c: chatKey, k: outcomeKey(id) },
          UpdateExpression: `SET ${fields.map(([name]) => `#${name} = :${name}`).join(', ')}`,
          ExpressionAttributeNames: Object.fromEntries(fields.map(([name]) => [`#${name}`, name])),
          ExpressionAttributeValues: Object.fromEntries(fields.map(([name, value]) => [`:${name}`, value])),
          ReturnValues: 'ALL_NEW',
        }),
      );
    // A receipt that refuses the reply, or its echo, may be a transaction under way.
    const { Attributes = {} } = await pastTransactions(merge);
    return readOutcome(Attributes);
  }

  return {
    outcomes,
    outcomesOf,
    outcomeOf,
    recordEdit,
    recordOwnEdit,
    recordReaction,
    recordDeletion,
    recordReceipt,
    recordFailure,
    raiseWatermark,
    mergeOutcome,
  };
}

function isLater(name: string): string {
  return `attribute_not_exists(#${name}) OR #${name}.#at < :at OR (#${name}.#at = :at AND #${name}.#sequence < :sequence)`;
}
