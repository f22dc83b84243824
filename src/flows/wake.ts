import * as z from 'zod/mini';

const wakeSchema = z.object({
  account: z.string(),
  userId: z.string(),
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
