import type { Clock } from '#clock';
import type { ChannelSettings } from '#domain/settings';
import { sightOf } from '#domain/sight';
import { timerOf } from '#domain/timer';
import type { Writer } from '#flows/take-client';
import { noAccess } from '#http/errors';
import { type ChatRow, type Chats, waitIn } from '#store/chats/chats';
import type { Timers } from '#store/chats/timers';
import { ContentionError } from '#store/dynamo/errors';

/** What is needed to keep a client who is about to leave. */
export interface KeepClientDeps {
  readonly chats: Pick<Chats, 'get'>;
  readonly timers: Pick<Timers, 'lift'>;
  readonly clock: Clock;
}

/** The chat as the reply was let in by it, and a time before it was read (epoch ms). */
export interface LetIn {
  readonly row: ChatRow | undefined;
  readonly readAt: number;
}

/**
 * A file may take long. A reply that was let in so long ago is let in anew, so that each is stored within 15 s of it: the
 * put that follows has two attempts of 3 s, and one that was given up may arrive a little later. A client leaves 30 s after
 * the mark at the earliest.
 */
const LET_IN_MS = 6_000;
const TRIES = 20;

/**
 * Lifts the mark that the client is about to leave (T8), and the guard of who may leave by another chat of theirs, if the reply
 * answers: it runs before the reply is stored, which then prevents the return. Throws a `RequestError` 403 if the client has
 * left the writer. Without a writer the CRM itself replies.
 */
export async function keepClient(
  deps: KeepClientDeps,
  writer: Writer | undefined,
  letIn: LetIn,
  answers: boolean,
  settings: ChannelSettings,
): Promise<void> {
  let { row } = letIn;
  if (!row) return;
  const { key } = row;
  let isFresh = deps.clock.now() - letIn.readAt <= LET_IN_MS;
  for (let attempt = 1; attempt <= TRIES; attempt += 1) {
    if (!isFresh) row = await deps.chats.get(key);
    if (!row || (!isFresh && writer && sightOf(writer, row, settings) !== 'writes')) throw noAccess();
    const mayLeave = timerOf(waitIn(row))?.leavesAt !== undefined || row.guardedAt !== undefined;
    if (!mayLeave || !answers || (await deps.timers.lift(row))) return;
    isFresh = false;
  }
  throw new ContentionError('A chat');
}
