import { type ChannelEvent, eventKey, type Placed, type TeamEvent } from '#domain/event';
import { type StoreDeps, tableName } from '#store/dynamo/client';
import type { Write } from '#store/dynamo/transaction';
import { type Added, announcement, createAnnounce } from './announce.ts';
import { eventLane } from './lane-names.ts';
import { addition, type NewRow } from './rows.ts';

/** An event that no stream brings, so that its row is part of the transaction which makes it true. */
export type EventOfChange = Placed<ChannelEvent | TeamEvent> & { readonly subject: string };

/** At least one. */
export type EventsOfChange = readonly [EventOfChange, ...EventOfChange[]];

/** The rows that tell receivers of changes, as writes of these changes. */
export function createEventWrites(deps: StoreDeps) {
  const { clock } = deps;
  const table = tableName(deps, 'outbox');
  const announce = createAnnounce(deps);

  /**
   * The writes that put the events into the lane of their account and announce them. They are refused if one of them is
   * there, or if the lane begins later. A transaction can announce once, so all of its events have to be here.
   */
  function writesOf(account: string, events: EventsOfChange): Write[] {
    const now = clock.now();
    const puts = events.map((placed) => ({ Put: addition(table, rowOf(account, placed), now) }));
    return [...puts, { Update: announcement(table, eventLane(account), keysOf(events), now) }];
  }

  /** Makes the lane begin at the events if it begins later, so that it takes the writes. */
  async function makeRoom(account: string, events: EventsOfChange): Promise<void> {
    await announce(eventLane(account), keysOf(events));
  }

  return { writesOf, makeRoom };
}

/** The row of the event in the lane of its account. */
export function rowOf(account: string, placed: EventOfChange): NewRow {
  const { event, order: storedAt, subject } = placed;
  return { kind: 'event', ...event, lane: eventLane(account), event: eventKey(placed), account, subject, storedAt };
}

function keysOf([first, ...more]: EventsOfChange): Added {
  const [least, ...others] = [eventKey(first), ...more.map(eventKey)].sort();
  return [least ?? '', ...others];
}
