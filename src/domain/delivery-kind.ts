/**
 * What leaves, by the names that the API gives it: a reply to a client, or an event for the CRM. A `creation` is the
 * contact and the deal of one new client.
 */
export const DELIVERY_KINDS = [
  'reply',
  'message',
  'status',
  'edit',
  'deletion',
  'channel',
  'template',
  'creation',
] as const;

/** What leaves, by its name in the API. */
export type DeliveryKind = (typeof DELIVERY_KINDS)[number];

/** The target of every event: the one address that the account's CRM listens at. The target of a reply is its chat. */
export const WEBHOOK = 'webhook';

/** How long an event that was taken can be sent once more. */
export const REPLAYED_MS = 7 * 24 * 3_600_000;

/** The kind of the event with that id; undefined if it is the id of none. An id begins with the kind. */
export function kindOfEvent(eventId: string): DeliveryKind | undefined {
  const [name] = eventId.split('#', 1);
  return DELIVERY_KINDS.find((kind) => kind === name && kind !== 'reply');
}
