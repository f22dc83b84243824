import { type ChannelEvent, eventKey, placeOfChannelEvent, subjectOfChannel } from '#domain/event';
import { type StoreDeps, tableName } from '#store/dynamo/client';
import type { Write } from '#store/dynamo/transaction';
import { announcement, createAnnounce } from './announce.ts';
import { eventLane } from './lane-names.ts';
import { addition } from './rows.ts';

/** The rows that tell receivers of the states of channels. */
export function createChannelNews(deps: StoreDeps) {
  const table = tableName(deps, 'outbox');
  const announce = createAnnounce(deps);

  /**
   * The writes that put the event into the lane of its account and announce it, for the transaction that makes it true.
   * They are refused if there is an event of that time, or if the lane begins later.
   */
  function writesOf(account: string, event: ChannelEvent): Write[] {
    const lane = eventLane(account);
    const key = keyOf(event);
    const subject = subjectOfChannel(event.channelId);
    const row = { kind: 'event', ...event, lane, event: key, account, subject, storedAt: event.at } as const;
    return [{ Put: addition(table, row, event.at) }, { Update: announcement(table, lane, [key], event.at) }];
  }

  /** Makes the lane begin at the event if it begins later, so that it takes the writes. */
  async function makeRoom(account: string, event: ChannelEvent): Promise<void> {
    await announce(eventLane(account), [keyOf(event)]);
  }

  return { writesOf, makeRoom };
}

function keyOf(event: ChannelEvent): string {
  return eventKey(placeOfChannelEvent(event));
}
