import { setTimeout as sleep } from 'node:timers/promises';
import type { DemoAccount } from '#local/demo/account';
import type { DemoClient } from '#local/demo/kit/clients';
import { DEMO_PATH } from '#local/demo/messenger';
import { type Access, type Call, show as showCall } from '../terminal/printed-calls.ts';

/**
 * The demo account, the user who acts in it, a client with the chat of that client in the messenger that is meant, the
 * path of that messenger, and a file to send.
 */
export type Demo = DemoAccount & {
  readonly user?: string;
  readonly client: DemoClient;
  /** The options that mean the same client in the same messenger, for the step that is named next. */
  readonly flags: string;
  readonly messengerPath: string;
  readonly file?: string;
  readonly hidden?: NonNullable<Access['hidden']>;
};

/** How long a step waits for the effect of its call. */
export const WITHIN_MS = 30_000;
const LOOK_EVERY_MS = 20;

/** Makes a call of a step and prints it with its answer. A refusal is a `StepError` that says what to do. */
export function show<T>(demo: Demo, wanted: Call): Promise<T> {
  return showCall(demo, wanted, (status) => reasonOf(demo, wanted, status));
}

function reasonOf({ user, flags }: Demo, { path }: Call, status: number): string {
  if (status === 401 && user !== undefined)
    return `Nobody there is called ${user}. See: npm run konvert -- demo people`;
  if (status === 403 && user !== undefined) return `${user} may not write to this client`;
  if (status !== 404) return `Konvert answered ${status}`;
  if (path.startsWith(DEMO_PATH))
    return 'This Konvert runs without its demo messenger (KONVERT_DEMO=off, or other machines can reach HOST)';
  const unseen = user === undefined ? '' : `, or ${user} may not see it`;
  return `The demo client has not written yet${unseen}. First: npm run konvert -- demo write${flags}`;
}

/** Looks again and again until there is something to see; undefined if there is nothing within that time. */
export async function waitFor<T>(look: () => Promise<T | undefined>, withinMs: number): Promise<T | undefined> {
  for (const deadline = Date.now() + withinMs; Date.now() < deadline; await sleep(LOOK_EVERY_MS)) {
    const seen = await look();
    if (seen !== undefined) return seen;
  }
  return undefined;
}
