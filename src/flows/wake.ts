import * as z from 'zod/mini';
import { CALL_KINDS, NOTICES } from '#domain/notice';

const wakeSchema = z.object({
  account: z.string(),
  userId: z.string(),
  /** Why. An earlier release did not say: then somebody waits for an answer. */
  kind: z._default(z.enum([...CALL_KINDS, 'shift', 'away']), 'waiting'),
  /** Only devices that want to hear of so much. Without it, all but those that want nothing. */
  devices: z.exactOptional(z.enum(NOTICES)),
  /** The chat that it is about. It is looked at once more: it may be answered, or somebody else's. */
  chat: z.exactOptional(z.string()),
  /** The subscriptions that are left to wake. All of them if there are none here. */
  ids: z.exactOptional(z.array(z.string())),
  tries: z.number(),
});

/** A user who has to be woken, as the queue of pushes says it. */
export type Wake = z.infer<typeof wakeSchema>;

/** The message of the queue. */
export function writeWake(wake: Wake): string {
  return JSON.stringify(wake);
}

/** What the message of the queue says. */
export function readWake(body: string): Wake {
  return wakeSchema.parse(JSON.parse(body));
}
