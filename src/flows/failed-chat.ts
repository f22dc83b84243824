import * as z from 'zod/mini';

/**
 * A chat that could not be folded, with the least fact key that was news: without the key the next try would read too
 * late.
 */
export interface FailedChat {
  readonly chatKey: string;
  readonly newsFrom: string;
}

/** The field names of earlier releases, because their messages may still be in the queue. */
const schema = z.object({ chatKey: z.string(), rung: z.string() });

/** The body of its message in the queue of failed chats. */
export function writeFailedChat({ chatKey, newsFrom }: FailedChat): string {
  return JSON.stringify({ chatKey, rung: newsFrom } satisfies z.infer<typeof schema>);
}

/** The failed chat in such a body. Throws if it holds none. */
export function readFailedChat(body: string): FailedChat {
  const { chatKey, rung } = schema.parse(JSON.parse(body));
  return { chatKey, newsFrom: rung };
}
