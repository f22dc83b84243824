import type { Connection } from '#domain/connection';
import type { WriteRecord } from './memory-dynamo.ts';

/** How long a function may use channels and connections that it read (ms). */
const HELD_MS = 10_000;

/** The connections of a channel as they were stored from `at` on. */
interface Known {
  readonly at: number;
  readonly connections: readonly Connection[];
}

/**
 * What can stop a reply: the channel's token and its connections. Knows what the messenger takes, what was stored of it
 * and when, and so which calls no run may make any more.
 */
export class Gates {
  readonly #tokens = new Map<string, number>();
  readonly #refusedAt = new Map<string, number>();
  readonly #everRefused = new Set<string>();
  readonly #known = new Map<string, Known[]>();

  /** The token that the messenger takes for the channel. */
  tokenOf(channelId: string): string {
    return `${channelId}:${this.#tokens.get(channelId) ?? 1}`;
  }

  /** Gives the channel another token at the messenger, which then refuses the one before. */
  replaceToken(channelId: string): void {
    this.#tokens.set(channelId, (this.#tokens.get(channelId) ?? 1) + 1);
  }

  /** Whether the messenger takes the token. */
  takes(token: string): boolean {
    const taken = token === this.tokenOf(token.split(':')[0] as string);
    if (!taken) this.#everRefused.add(token);
    return taken;
  }

  /** Notes a write of a channel or connection. */
  note({ tableId, newImage }: WriteRecord, now: number): void {
    if (tableId !== 'accounts' || !newImage) return;
    const { p, s, ...item } = newImage as { p: string; s: string };
    if (s === '-' && p.startsWith('channel#')) this.#noteChannel(item as StoredChannel, now);
    if (s.startsWith('connection#')) this.#noteConnection(p.slice('channel#'.length), item as Connection, now);
  }

  #noteChannel({ credentialsVersion, refusedVersion, sealed }: StoredChannel, now: number): void {
    const token = tokenIn(sealed);
    if (refusedVersion === undefined || refusedVersion !== credentialsVersion) this.#refusedAt.delete(token);
    else if (!this.#refusedAt.has(token)) this.#refusedAt.set(token, now);
  }

  #noteConnection(channelId: string, connection: Connection, at: number): void {
    const before = this.#known.get(channelId) ?? [];
    const others = before.at(-1)?.connections.filter(({ connectionId }) => connectionId !== connection.connectionId);
    this.#known.set(channelId, [...before, { at, connections: [...(others ?? []), connection] }]);
  }

  /** What is wrong with a call of a run that read the channel at that time; undefined if it may be made. */
  faultOf({ token, via }: { token: string; via: string | undefined }, lookedAt: number): string | undefined {
    const refusedAt = this.#refusedAt.get(token);
    if (refusedAt !== undefined && refusedAt < lookedAt - HELD_MS) {
      return `the messenger was called with ${token}, which it had refused`;
    }
    if (via !== undefined && !this.#mayHaveBeenOpen(token.split(':')[0] as string, via, lookedAt - HELD_MS)) {
      return `a message was sent through ${via}, which was closed`;
    }
    return undefined;
  }

  #mayHaveBeenOpen(channelId: string, via: string, since: number): boolean {
    const all = this.#known.get(channelId) ?? [];
    const then = all.findLast(({ at }) => at <= since) ?? { at: 0, connections: [] };
    return [then, ...all.filter(({ at }) => at > since)].some(({ connections }) => isOpen(connections, via));
  }

  /** What is wrong with a stored channel; undefined if nothing is. */
  faultOfChannel({ credentialsVersion, refusedVersion, sealed }: StoredChannel): string | undefined {
    const token = tokenIn(sealed);
    const refused = refusedVersion !== undefined && refusedVersion === credentialsVersion;
    return refused && !this.#everRefused.has(token) ? `${token} was never refused, and its channel says so` : undefined;
  }
}

/** The attributes of a channel's item that are read here. */
export interface StoredChannel {
  readonly credentialsVersion?: number;
  readonly refusedVersion?: number;
  readonly sealed: string;
}

function tokenIn(sealed: string): string {
  return JSON.parse(sealed).credentials.token;
}

/** Whether a reply may leave by the connection. All connections of a history have one owner, who has one at a time. */
function isOpen(connections: readonly Connection[], via: string): boolean {
  if (!connections.some(({ connectionId }) => connectionId === via)) return true;
  const present = latest(connections);
  return present?.connectionId === via && present.state === 'active';
}

/** The connection of the latest update. */
export function latest(connections: readonly Connection[]): Connection | undefined {
  return connections.toSorted((one, other) => one.madeAt - other.madeAt || one.sequence - other.sequence).at(-1);
}
