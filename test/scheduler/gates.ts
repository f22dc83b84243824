import type { Connection } from '#domain/connection';
import type { WriteRecord } from './memory-dynamo.ts';

/** For how long a function may go by settings that it read (ms). */
const HELD_MS = 10_000;

/** The connections of a channel as they were stored from then on. */
interface Known {
  readonly at: number;
  readonly connections: readonly Connection[];
}

/**
 * What can close between a reply and its client: the channel's token and its connections. Knows what the messenger takes,
 * what was stored about it and when, and so which calls nobody may make any more.
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

  /** The channel gets another token at the messenger, and the one before is taken no more. */
  replaceToken(channelId: string): void {
    this.#tokens.set(channelId, (this.#tokens.get(channelId) ?? 1) + 1);
  }

  /** Whether the messenger takes the token. */
  takes(token: string): boolean {
    const taken = token === this.tokenOf(token.split(':')[0] as string);
    if (!taken) this.#everRefused.add(token);
    return taken;
  }

  /** Sees what was written of channels and their connections. */
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

  /** What is wrong with a call by somebody who looked at the settings at that time; undefined where it may be made. */
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

  /** What is wrong with what is stored of a channel; undefined where nothing is. */
  faultOfChannel({ credentialsVersion, refusedVersion, sealed }: StoredChannel): string | undefined {
    const token = tokenIn(sealed);
    const refused = refusedVersion !== undefined && refusedVersion === credentialsVersion;
    return refused && !this.#everRefused.has(token) ? `${token} was never refused, and its channel says so` : undefined;
  }
}

/** What the item of a channel holds, as far as it is looked at. */
export interface StoredChannel {
  readonly credentialsVersion?: number;
  readonly refusedVersion?: number;
  readonly sealed: string;
}

function tokenIn(sealed: string): string {
  return JSON.parse(sealed).credentials.token;
}

/** All connections of a history are one owner's, who has one at a time. */
function isOpen(connections: readonly Connection[], via: string): boolean {
  if (!connections.some(({ connectionId }) => connectionId === via)) return true;
  const present = latest(connections);
  return present?.connectionId === via && present.state === 'active';
}

/** The connection that was spoken of last. */
export function latest(connections: readonly Connection[]): Connection | undefined {
  return connections.toSorted((one, other) => one.madeAt - other.madeAt || one.sequence - other.sequence).at(-1);
}
