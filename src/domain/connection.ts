import type { ChannelState } from './channel.ts';

/** What a channel may do through a connection: reply, only listen, or nothing any more. */
export const CONNECTION_STATES = ['active', 'read-only', 'revoked'] as const;

/** What a channel may do through a connection. */
export type ConnectionState = (typeof CONNECTION_STATES)[number];

/** A person's own messenger account that a channel may read and, if the person allows it, answer for. */
export interface Connection {
  readonly connectionId: string;
  /** The messenger's id of the person. */
  readonly ownerId: string;
  /** When it was made, by the messenger's clock (epoch ms). Later reports do not change it. */
  readonly madeAt: number;
  /** The messenger's number of this report of the connection. A greater number is a later report. */
  readonly sequence: number;
  readonly state: ConnectionState;
}

/**
 * The present connection of each owner. An account has one at a time, so an older one is over, even if its last report
 * says otherwise.
 */
export function presentConnections(connections: readonly Connection[]): Connection[] {
  const byOwner = Map.groupBy(connections, ({ ownerId }) => ownerId);
  return [...byOwner.values()].map((ofOwner) => ofOwner.reduce((one, other) => (isLater(other, one) ? other : one)));
}

/**
 * The connection for a reply to what came by `connectionId`: the present one of the same owner. Undefined if the id is
 * unknown.
 */
export function connectionFor(connections: readonly Connection[], connectionId: string): Connection | undefined {
  const owner = connections.find((one) => one.connectionId === connectionId)?.ownerId;
  return presentConnections(connections).find(({ ownerId }) => ownerId === owner);
}

/** Whether replies can leave: there are no connections, or the channel may reply by one of them. */
export function canReply(connections: readonly Connection[]): boolean {
  const present = presentConnections(connections);
  return present.length === 0 || present.some(({ state }) => state === 'active');
}

/**
 * The state of a channel in the words of the compatible API. A channel that had a connection to reply by, and lost it, is
 * out of reach.
 */
export function shownState(state: ChannelState, connections: readonly Connection[]): ChannelState {
  return state === 'active' && !canReply(connections) ? 'phoneUnavailable' : state;
}

function isLater(one: Connection, other: Connection): boolean {
  return one.madeAt === other.madeAt ? one.sequence > other.sequence : one.madeAt > other.madeAt;
}
