/** What a channel may do through a connection: reply, only listen, or nothing any more. */
export const CONNECTION_STATES = ['active', 'read-only', 'revoked'] as const;

/** What a channel may do through a connection. */
export type ConnectionState = (typeof CONNECTION_STATES)[number];

/**
 * A person's own account at the messenger that lets a channel hear its chats: clients write to the person, and the
 * channel may reply for them, or only listen.
 */
export interface Connection {
  readonly connectionId: string;
  /** Whose account it is, by the messenger's id. */
  readonly ownerId: string;
  /** When it was made, by the messenger's clock (epoch ms); what is said of it later does not change that. */
  readonly madeAt: number;
  /** The messenger's number of what it said of it here: a greater one was said later. */
  readonly sequence: number;
  readonly state: ConnectionState;
}

/** The present connection of each owner: an account has one at a time, so an older one is over, whatever was last said of it. */
export function presentConnections(connections: readonly Connection[]): Connection[] {
  const byOwner = Map.groupBy(connections, ({ ownerId }) => ownerId);
  return [...byOwner.values()].map((ofOwner) => ofOwner.reduce((one, other) => (isLater(other, one) ? other : one)));
}

/** The connection by which a reply leaves now that came by that one: its owner's present one. Undefined for an unknown one. */
export function connectionFor(connections: readonly Connection[], connectionId: string): Connection | undefined {
  const owner = connections.find((one) => one.connectionId === connectionId)?.ownerId;
  return presentConnections(connections).find(({ ownerId }) => ownerId === owner);
}

/** Whether replies can leave through connections: as long as there are none, or the channel may reply by one of them. */
export function canReply(connections: readonly Connection[]): boolean {
  const present = presentConnections(connections);
  return present.length === 0 || present.some(({ state }) => state === 'active');
}

function isLater(one: Connection, other: Connection): boolean {
  return one.madeAt === other.madeAt ? one.sequence > other.sequence : one.madeAt > other.madeAt;
}
