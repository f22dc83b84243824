import { END_OF_KEYS } from '#domain/fact';

/** A batch of a DynamoDB stream, in the wire form of the SDK. In AWS records have images, locally only keys. */
export interface StreamEvent {
  readonly Records: readonly {
    readonly eventName?: string | undefined;
    readonly dynamodb?:
      | {
          readonly Keys?: Readonly<Record<string, unknown>> | undefined;
          readonly NewImage?: Readonly<Record<string, unknown>> | undefined;
          readonly OldImage?: Readonly<Record<string, unknown>> | undefined;
        }
      | undefined;
  }[];
}

/** A fact that is new or changed, by its chat and key. `kind` is there if the record had an image. */
export interface News {
  readonly chatKey: string;
  readonly key: string;
  readonly kind?: string;
}

/**
 * The facts of `messages` that are new or changed. Items beside them, removals and writes that changed nothing are no
 * news.
 */
export function newsOfFacts({ Records }: StreamEvent): News[] {
  return Records.flatMap(({ eventName, dynamodb }) => {
    const { Keys, NewImage, OldImage } = dynamodb ?? {};
    const chatKey = text(Keys?.c);
    const key = text(Keys?.k);
    if (eventName === 'REMOVE' || chatKey === undefined || key === undefined || key >= END_OF_KEYS) return [];
    if (NewImage && OldImage && JSON.stringify(NewImage) === JSON.stringify(OldImage)) return [];
    const kind = text(NewImage?.kind);
    return [{ chatKey, key, ...(kind !== undefined && { kind }) }];
  });
}

/** The keys of the addresses that are new or changed, each once. */
export function newsOfAddresses({ Records }: StreamEvent): string[] {
  const keys = Records.filter(({ eventName }) => eventName !== 'REMOVE').map(({ dynamodb }) => text(dynamodb?.Keys?.a));
  return [...new Set(keys.filter((key) => key !== undefined))];
}

/** The least fact key of each chat that has news. */
export function leastNews(news: readonly News[]): Map<string, string> {
  const least = new Map<string, string>();
  for (const { chatKey, key } of news) {
    const before = least.get(chatKey);
    if (before === undefined || key < before) least.set(chatKey, key);
  }
  return least;
}

function text(attribute: unknown): string | undefined {
  return (attribute as { S?: string } | undefined)?.S;
}
