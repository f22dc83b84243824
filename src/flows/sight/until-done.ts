import { ContentionError } from '#store/dynamo/errors';

/** How an attempt to change something ended. `overtaken`: another writer was faster, so read and decide again. */
export type Outcome = 'done' | 'absent' | 'overtaken';

const TRIES = 50;

/** Repeats the attempt until no other writer was faster. Throws `ContentionError` after 50 tries; `what` names the thing changed. */
export async function untilDone(what: string, attempt: () => Promise<Outcome>): Promise<Outcome> {
  for (let tries = 1; tries <= TRIES; tries += 1) {
    const outcome = await attempt();
    if (outcome !== 'overtaken') return outcome;
  }
  throw new ContentionError(what);
}
