import { END_OF_KEYS } from '#domain/fact';

/** The beginning of the sort keys of outcomes in `messages`. */
export const OUTCOME_PREFIX = 'of#';

/** A batch of a DynamoDB stream, in the wire form of the SDK. In AWS records have images, locally keys and kinds. */
export interface StreamEvent {
  readonly Records: readonly {
    readonly eventName?: string | undefined;
    readonly dynamodb?:
      | {
          readonly Keys?: Readonly<Record<string, unknown>> | undefined;
          readonly NewImage?: Readonly<Record<string, unknown>> | undefined;
          readonly OldImage?: Readonly<Record<string, unknown>> | undefined;
          /** When the item was written (epoch seconds). Only AWS says so. */
          readonly ApproximateCreationDateTime?: number | undefined;
        }
      | undefined;
  }[];
}

/**
 * An item of `messages` that is news, by its chat and key. The kind of a fact and that of its content are there if the
 * record had an image.
 */
export interface News {
  readonly chatKey: string;
  readonly key: string;
  readonly kind?: string;
  readonly contentKind?: string;
  /** It came by an import. */
  readonly history?: true;
  /** Of an outcome: whether a receipt has said that the message failed. Undefined if the record had no image. */
  readonly isFailed?: boolean;
  /** Whether it has files to fetch, as far as the record tells. */
  readonly hasFiles?: boolean;
}

/** The beginning of the news of an import, before the key of its fact. It sorts after every other key. */
const IMPORT_PREFIX = 'past#';

/**
 * What may change a chat: the facts that are new or changed, and the edits and deletions beside them. Statuses and
 * reactions are no news.
 */
export function newsOfChats(event: StreamEvent): News[] {
  return newsBy(event, wordsOf);
}

/**
 * What may have to leave or be told: the facts that are new or changed, and beside them the statuses, edits and
 * deletions. Reactions are no news.
 */
export function newsOfMessages(event: StreamEvent): News[] {
  return newsBy(event, toldOf);
}

function newsBy({ Records }: StreamEvent, saidBy: typeof wordsOf): News[] {
  return Records.flatMap(({ eventName, dynamodb }) => {
    const { Keys, NewImage, OldImage } = dynamodb ?? {};
    const chatKey = text(Keys?.c);
    const key = text(Keys?.k);
    if (eventName === 'REMOVE' || chatKey === undefined || key === undefined) return [];
    if (key >= END_OF_KEYS && !key.startsWith(OUTCOME_PREFIX)) return [];
    if (NewImage && JSON.stringify(saidBy(key, NewImage)) === JSON.stringify(saidBy(key, OldImage))) return [];
    const kind = text(NewImage?.kind);
    const contentKind = text((NewImage?.content as { M?: { kind?: unknown } } | undefined)?.M?.kind);
    const hasFiles = NewImage && isWithFiles(NewImage);
    return [
      {
        chatKey,
        key,
        ...(kind !== undefined && { kind }),
        ...(contentKind !== undefined && { contentKind }),
        ...(NewImage?.history !== undefined && { history: true as const }),
        ...(NewImage && key > END_OF_KEYS && { isFailed: NewImage.failed !== undefined }),
        ...(hasFiles !== undefined && { hasFiles }),
      },
    ];
  });
}

interface Image {
  readonly M?: Readonly<Record<string, Image>>;
}

/** Whether a message, or what an edit made of it, has a file with an id of ours. */
function isWithFiles({ content, edit }: Readonly<Record<string, unknown>>): boolean {
  return [content as Image | undefined, (edit as Image | undefined)?.M?.content].some(
    (one) => one?.M?.media?.M?.file !== undefined || one?.M?.furtherMedia !== undefined,
  );
}

/** Of a fact everything is news, of an outcome only what changes the words of a message, and which reply of ours it is. */
function wordsOf(key: string, image: Readonly<Record<string, unknown>> | undefined): unknown {
  if (key < END_OF_KEYS) return image;
  const { edit, deletedAt, reply } = image ?? {};
  return edit || deletedAt ? [edit, deletedAt, reply] : undefined;
}

/** Of a fact everything is told, of an outcome its statuses, edit and deletion, and which reply of ours it is. */
function toldOf(key: string, image: Readonly<Record<string, unknown>> | undefined): unknown {
  if (key < END_OF_KEYS) return image;
  const { statusAt, deliveredAt, readAt, failed, edit, deletedAt, reply } = image ?? {};
  const { deliveredUpTo, readUpTo, deliveredUpToNumber, readUpToNumber } = image ?? {};
  const watermarks = [deliveredUpTo, readUpTo, deliveredUpToNumber, readUpToNumber];
  // Two receipts may have the same `statusAt`, because clocks differ.
  return [statusAt, deliveredAt, readAt, failed, ...watermarks, edit, deletedAt, reply];
}

/** Whether the news may be of a message of a client or an echo, or of what became of one. */
export function isOfSaid({ key, kind }: News): boolean {
  const isItem = key < END_OF_KEYS || key.startsWith(OUTCOME_PREFIX);
  // What has no kind may be anything.
  return isItem && (kind === undefined || kind === 'client' || kind === 'echo');
}

/** The keys of the addresses that are new or changed, each once. */
export function newsOfAddresses({ Records }: StreamEvent): string[] {
  const keys = Records.filter(({ eventName }) => eventName !== 'REMOVE').map(({ dynamodb }) => text(dynamodb?.Keys?.a));
  return [...new Set(keys.filter((key) => key !== undefined))];
}

/**
 * The least key of each chat that has news. Keys of facts sort before those of outcomes. If there is nothing but an
 * import, it is the key as `importedFrom` reads it.
 */
export function leastNews(news: readonly News[]): Map<string, string> {
  const least = new Map<string, string>();
  for (const { chatKey, key, history } of news) {
    const place = history ? `${IMPORT_PREFIX}${key}` : key;
    const before = least.get(chatKey);
    if (before === undefined || place < before) least.set(chatKey, place);
  }
  return least;
}

/** The least key of an import, if there is no other news. */
export function importedFrom(newsFrom: string | undefined): string | undefined {
  return newsFrom?.startsWith(IMPORT_PREFIX) ? newsFrom.slice(IMPORT_PREFIX.length) : undefined;
}

/** How old the oldest record of a batch is, in whole seconds; 0 if it is no batch of a stream. */
export function ageOf({ Records = [] }: Partial<StreamEvent>, now: number): number {
  const times = Records.map(({ dynamodb }) => dynamodb?.ApproximateCreationDateTime ?? Number.POSITIVE_INFINITY);
  return Math.max(0, Math.floor(now / 1000 - Math.min(...times)));
}

function text(attribute: unknown): string | undefined {
  return (attribute as { S?: string } | undefined)?.S;
}
