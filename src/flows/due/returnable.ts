import { eachAtOnce } from '#at-once';
import { givenBackAt } from '#domain/giving-back';
import { timerOf } from '#domain/timer';
import { type ChatRow, createChats, waitIn } from '#store/chats/chats';
import { viewerId } from '#store/chats/scopes';
import type { StoreDeps } from '#store/dynamo/client';
import { createReadWait } from './read-wait.ts';

/** How many clients of the user would go to others now if the user gave their new clients back (T10), at most 50. */
export type Returnable = (account: string, userId: string) => Promise<number>;

/** So many chats are looked at. Who has more of them without an answer sees a great number anyhow. */
const MOST = 50;
const AT_ONCE = 5;

/** Makes `returnable`. It changes nothing, and asks the same rule as `giveBack`. */
export function createReturnable(deps: StoreDeps): Returnable {
  const chats = createChats(deps);
  const readWait = createReadWait(deps);

  return async function returnable(account, userId) {
    const own = { kind: 'viewer', id: viewerId(account, userId) } as const;
    const page = await chats.candidates(own, 'unanswered', MOST, undefined);
    const rows = await chats.getAll(page.found.map(({ key }) => key));
    const clients = new Set<string>();
    await eachAtOnce(rows.filter(mayBeReturned), AT_ONCE, async (row) => {
      const found = await readWait(row);
      if (!found || givenBackAt(found.wait, userId, found.now) === undefined) return;
      const { contact, key } = found.address;
      clients.add(contact?.id ?? key);
    });
    return clients.size;
  };
}

/** What the row alone tells: it was answered before, or leaves already. Everything else takes more reads. */
function mayBeReturned(row: ChatRow): boolean {
  return !row.spoken && timerOf(waitIn(row))?.leavesAt === undefined;
}
