import { DeleteCommand } from '@aws-sdk/lib-dynamodb';
import { eachAtOnce } from '#at-once';
import { END_OF_KEYS, FIRST_KEY, saidAt } from '#domain/fact';
import { type StoreDeps, tableName } from '#store/dynamo/client';
import { queryPages } from '#store/dynamo/pages';

/** An item of a chat, as far as it matters for erasing it. It need not be one that this version can read. */
export interface ChatItem {
  readonly key: string;
  /** Our ids of its files. */
  readonly files: readonly string[];
  /** The keys of the facts that an outcome names. */
  readonly facts: readonly string[];
  /** The newest time in it by our clock (epoch ms); 0 if it holds none. */
  readonly changedAt: number;
  /** When a wait began, if one began with it (epoch ms). Absent if none can have. */
  readonly waitsFrom?: number;
}

const PAGE = 250;
const AT_ONCE = 32;
/** It sorts after every key of a chat. */
const END = '~';

/** Takes items of chats away: facts, what became of them, and what keeps them single. */
export function createEraseItems(deps: StoreDeps) {
  const { client } = deps;
  const table = tableName(deps, 'messages');

  /** The facts of the chat, the newest first, page by page, as they are now. */
  function factsOf(chatKey: string): AsyncGenerator<ChatItem[]> {
    return pagesOf(chatKey, FIRST_KEY, END_OF_KEYS);
  }

  /** Whatever stands beside the facts of the chat, page by page. */
  function besideFacts(chatKey: string): AsyncGenerator<ChatItem[]> {
    return pagesOf(chatKey, END_OF_KEYS, END);
  }

  async function* pagesOf(chatKey: string, from: string, to: string): AsyncGenerator<ChatItem[]> {
    const pages = queryPages(client, {
      TableName: table,
      KeyConditionExpression: 'c = :chat AND k BETWEEN :from AND :to',
      ExpressionAttributeValues: { ':chat': chatKey, ':from': from, ':to': to },
      ConsistentRead: true,
      ScanIndexForward: false,
      Limit: PAGE,
    });
    for await (const items of pages) yield items.map(readItem);
  }

  /** Takes those items away. Repeating it changes nothing. */
  async function remove(chatKey: string, keys: readonly string[]): Promise<void> {
    await eachAtOnce(keys, AT_ONCE, async (k) => {
      await client.send(new DeleteCommand({ TableName: table, Key: { c: chatKey, k } }));
    });
  }

  return { factsOf, besideFacts, remove };
}

function readItem(item: Record<string, unknown>): ChatItem {
  const times = ['storedAt', 'changedAt', 'statusAt', 'askedAt'].map((name) => Number(item[name] ?? 0));
  return {
    key: String(item.k),
    files: filesIn(item),
    facts: [item.reply, item.echo, item.fact].filter((key) => typeof key === 'string'),
    changedAt: Math.max(...times),
    ...(item.kind === 'client' && item.opens === true && { waitsFrom: waitsFrom(item) }),
  };
}

/** The ids of all files in what is said, or in what an edit made of it. */
function filesIn({ content, edit }: Record<string, unknown>): string[] {
  const contents = [content, (edit as { content?: unknown } | undefined)?.content] as (Media | undefined)[];
  const all = contents.flatMap((one) => [one?.media, ...(one?.furtherMedia ?? [])]);
  return all.flatMap((one) => (one?.file === undefined ? [] : [one.file]));
}

interface Media {
  readonly media?: { readonly file?: string };
  readonly furtherMedia?: readonly { readonly file?: string }[];
}

/** The time of the message, as a wait that begins with it has it. */
function waitsFrom({ k, storedAt }: Record<string, unknown>): number {
  return saidAt({ key: String(k), storedAt: Number(storedAt ?? 0) });
}
