import { placeOfTeamEvent, subjectOfChat, type TeamEvent, TOLD_WITHIN_MS } from '#domain/event';
import { chatKey } from '#domain/message';
import { listensTo } from '#domain/receiver';
import { createReceivers } from '#store/accounts/receivers';
import type { Assignment } from '#store/clients/assignments';
import type { StoreDeps } from '#store/dynamo/client';
import type { Write } from '#store/dynamo/transaction';
import { createEventWrites, type EventOfChange, rowOf } from '#store/outbox/event-writes';
import { createRows } from '#store/outbox/rows';

export type TeamNews = ReturnType<typeof createTeamNews>;

const SUBSCRIPTIONS = { assignment: 'assignments', waiting: 'waiting' } as const;

/**
 * What receivers are told of clients beside their messages: who became responsible, and who has waited too long. An
 * account that has not subscribed to it costs a look at its receiver.
 */
export function createTeamNews(deps: StoreDeps) {
  const { clock } = deps;
  const receivers = createReceivers(deps);
  const eventWrites = createEventWrites(deps);
  const rows = createRows(deps);

  /**
   * The writes that tell of all this, for the transaction that makes it true: one such call for each transaction. They
   * are refused if it was told before. Afterwards `ringEvents` may ring.
   */
  async function writesOf(account: string, events: readonly TeamEvent[]): Promise<Write[]> {
    const [first, ...more] = await wantedOf(account, events);
    if (!first) return [];
    await eventWrites.makeRoom(account, [first, ...more]);
    return eventWrites.writesOf(account, [first, ...more]);
  }

  /**
   * Adds the row of what is stored already. Answers with its key if it waits, so that its lane can be told; undefined if
   * there is nothing to tell any more. Repeating it adds nothing.
   */
  async function add(account: string, event: TeamEvent): Promise<string | undefined> {
    // The row of what is older may be gone, and it would be told twice.
    if (event.at < clock.now() - TOLD_WITHIN_MS) return undefined;
    const [wanted] = await wantedOf(account, [event]);
    if (!wanted) return undefined;
    const row = rowOf(account, wanted);
    return (await rows.add(row)) === 'ended' ? undefined : row.event;
  }

  async function wantedOf(account: string, events: readonly TeamEvent[]): Promise<EventOfChange[]> {
    const wanted: EventOfChange[] = [];
    for (const event of events) {
      const kind = SUBSCRIPTIONS[event.what];
      if (!listensTo(await receivers.listening(account, kind), kind)) continue;
      wanted.push({ ...placeOfTeamEvent(event), subject: subjectOfChat(account, event.chat) });
    }
    return wanted;
  }

  return { writesOf, add };
}

/** The event that tells of the record. */
export function assigned(record: Assignment): TeamEvent {
  const { assignmentId, at } = record;
  return { what: 'assignment', chat: chatKey(record), assignmentId, at };
}
