/**
 * What leaves, by the names that the API gives it: a reply to a client, or an event for the CRM. A `creation` is the
 * contact and the deal of one new client. An `assignment` is the record of who became responsible, `waiting` a client of whom
 * heads are told. For a connected CRM, `assign` is a new responsible user, `note` a message for
 * the timeline, and `news` something there that has to be read.
 */
export const DELIVERY_KINDS = [
  'reply',
  'message',
  'status',
  'edit',
  'deletion',
  'channel',
  'template',
  'assignment',
  'waiting',
  'creation',
  'assign',
  'note',
  'news',
] as const;

/** What leaves, by its name in the API. */
export type DeliveryKind = (typeof DELIVERY_KINDS)[number];

/** The target of every event: the one address that the account's CRM listens at. The target of a reply is its chat. */
export const WEBHOOK = 'webhook';
/** The target of what leaves for the account's connected CRM, and of what is read from it. */
export const CRM = 'crm';

/** How long an event that was taken can be sent once more. */
export const REPLAYED_MS = 7 * 24 * 3_600_000;

/** The kind of the event with that id; undefined if it is the id of none. An id begins with the kind. */
export function kindOfEvent(eventId: string): DeliveryKind | undefined {
  const [name] = eventId.split('#', 1);
  return DELIVERY_KINDS.find((kind) => kind === name && kind !== 'reply');
}
