import { END_OF_KEYS } from '#domain/fact';

/** A batch of a DynamoDB stream, in the wire form of the SDK; images are there in AWS, locally only keys. */
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

/** A fact that is news, by its chat and key; `kind` where the record carried its image. */
export interface Rung {
  readonly chatKey: string;
  readonly key: string;
  readonly kind?: string;
}

/** The facts of `messages` that rang. What is beside them, what was removed, and what changed nothing rings nothing. */
export function rungFacts({ Records }: StreamEvent): Rung[] {
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

/** The keys of the addresses that rang, each once. */
export function rungAddresses({ Records }: StreamEvent): string[] {
  const keys = Records.filter(({ eventName }) => eventName !== 'REMOVE').map(({ dynamodb }) => text(dynamodb?.Keys?.a));
  return [...new Set(keys.filter((key) => key !== undefined))];
}

/** The least fact key of each chat that rang. */
export function leastRung(rung: readonly Rung[]): Map<string, string> {
  const least = new Map<string, string>();
  for (const { chatKey, key } of rung) {
    const before = least.get(chatKey);
    if (before === undefined || key < before) least.set(chatKey, key);
  }
  return least;
}

function text(attribute: unknown): string | undefined {
  return (attribute as { S?: string } | undefined)?.S;
}
