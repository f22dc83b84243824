import { type ChannelEvent, placeOfChannelEvent, subjectOfChannel } from '#domain/event';
import type { StoreDeps } from '#store/dynamo/client';
import type { Write } from '#store/dynamo/transaction';
import { createEventWrites, type EventOfChange } from './event-writes.ts';

/** The rows that tell receivers of the states of channels. */
export function createChannelNews(deps: StoreDeps) {
  const events = createEventWrites(deps);

  /**
   * The writes that put the event into the lane of its account and announce it, for the transaction that makes it true.
   * They are refused if there is an event of that time, or if the lane begins later.
   */
  function writesOf(account: string, event: ChannelEvent): Write[] {
    return events.writesOf(account, [placed(event)]);
  }

  /** Makes the lane begin at the event if it begins later, so that it takes the writes. */
  async function makeRoom(account: string, event: ChannelEvent): Promise<void> {
    await events.makeRoom(account, [placed(event)]);
  }

  return { writesOf, makeRoom };
}

function placed(event: ChannelEvent): EventOfChange {
  return { ...placeOfChannelEvent(event), subject: subjectOfChannel(event.channelId) };
}
