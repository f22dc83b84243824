import { END_OF_KEYS, idOfKey, type Reply } from '#domain/fact';
import { readFact } from '#store/chats/fact-item';
import { type StoreDeps, tableName } from '#store/dynamo/client';
import { queryPages } from '#store/dynamo/pages';
import type { Outcome } from './outcome-item.ts';
import { createOutcomes } from './outcomes.ts';

/** A reply of a chat, and what became of its present attempt, if that is known. */
export interface ReplyFound {
  readonly reply: Reply;
  readonly outcome?: Outcome | undefined;
}

export type WaitingReplies = ReturnType<typeof createWaitingReplies>;

const PAGE = 50;

/** The replies of chats, to see which of them have to leave. */
export function createWaitingReplies(deps: StoreDeps) {
  const { client } = deps;
  const table = tableName(deps, 'messages');
  const { outcomes } = createOutcomes(deps);

  /** The replies of the chat from the key `from` on, a page at a time, in the order of their keys, as they are now. */
  async function* repliesFrom(chatKey: string, from: string): AsyncGenerator<ReplyFound[]> {
    const pages = queryPages(client, {
      TableName: table,
      KeyConditionExpression: 'c = :chat AND k BETWEEN :from AND :end',
      FilterExpression: '#kind = :reply',
      ExpressionAttributeNames: { '#kind': 'kind' },
      ExpressionAttributeValues: { ':chat': chatKey, ':from': from, ':end': END_OF_KEYS, ':reply': 'reply' },
      ConsistentRead: true,
      Limit: PAGE,
    });
    for await (const items of pages) {
      const replies = items.map(readFact).filter((fact) => fact.kind === 'reply');
      const found = await outcomes(
        chatKey,
        replies.map(({ key }) => idOfKey(key)),
      );
      yield replies.map((reply) => ({ reply, outcome: outcomeFor(reply, found) }));
    }
  }

  /** Those of them that have to leave, the oldest first. */
  async function waitingFrom(chatKey: string, from: string, most: number): Promise<Reply[]> {
    const waiting: Reply[] = [];
    for await (const page of repliesFrom(chatKey, from)) {
      waiting.push(...page.filter(({ outcome }) => !outcome).map(({ reply }) => reply));
      if (waiting.length >= most) break;
    }
    return waiting.slice(0, most);
  }

  /** Whether that reply has to leave. */
  async function isWaiting(chatKey: string, reply: Reply): Promise<boolean> {
    return !outcomeFor(reply, await outcomes(chatKey, [idOfKey(reply.key)]));
  }

  return { repliesFrom, waitingFrom, isWaiting };
}

/** What became of the reply's present attempt. Older attempts say nothing of it. */
function outcomeFor(
  { key, attempt }: Pick<Reply, 'key' | 'attempt'>,
  outcomes: ReadonlyMap<string, Outcome>,
): Outcome | undefined {
  const outcome = outcomes.get(idOfKey(key));
  return outcome?.status !== undefined && outcome.attempt === attempt ? outcome : undefined;
}
