import type { Receiver, Subscriptions } from '#domain/receiver';
import type { DeliveryError, EventRow } from '#store/outbox/row-item';

const REASONS = {
  NO_RECEIVER: 'No address is registered for events',
  RECEIVER_GONE: 'The receiver answered 410: it wants nothing any more',
  SWITCHED_OFF: 'The receiver does not listen to events of this kind any more',
};

/** Why nothing of that kind leaves until somebody registers an address; undefined if it does. */
export function whyUnwanted(receiver: Receiver | undefined, row: EventRow): DeliveryError | undefined {
  if (!receiver) return reason('NO_RECEIVER');
  if (receiver.endedAt !== undefined) return reason('RECEIVER_GONE');
  return receiver.subscriptions[subscriptionOf(row)] ? undefined : reason('SWITCHED_OFF');
}

function subscriptionOf(row: EventRow): keyof Subscriptions {
  if (row.kind === 'creation') return 'contactsAndDealsCreation';
  switch (row.what) {
    case 'template':
      return 'templateStatus';
    case 'channel':
      return 'channelsUpdates';
    case 'assignment':
      return 'assignments';
    case 'waiting':
      return 'waiting';
    default:
      return 'messagesAndStatuses';
  }
}

function reason(code: keyof typeof REASONS): DeliveryError {
  return { code, description: REASONS[code] };
}
