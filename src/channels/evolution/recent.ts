import * as z from 'zod/mini';
import { lenient } from '#calls/lenient';
import { MessengerUnreachableError } from '#channels/errors';
import type { KnownBy } from '#channels/inbound';
import { resultOf } from '#channels/result-of';
import type { Credentials } from '#channels/terms';
import type { Clock } from '#clock';
import type { CallBridge } from './client.ts';

/** A page of long texts fits into what is read of an answer. */
const PAGE = 100;
const MAX_ANSWER_BYTES = 8 * 1024 * 1024;
/** 5,000 messages in two hours are more than a phone can send or get. */
const MOST_PAGES = 50;
/** So many messages of a kilobyte and a half each. A bridge that tells more would take all memory of the process. */
const MOST_BYTES = 8 * 1024 * 1024;

const pageSchema = z.object({
  messages: z.object({ pages: z.int(), records: z.array(z.unknown()) }),
});

const ownersSchema = z.array(z.object({ name: z.string(), ownerJid: lenient(z.nullable(z.string())) }));

/**
 * The messages that the bridge has stored since then, oldest first, as it would have posted them. It drops some on the
 * way (evo#2110, #1762, #1674), and forgets what it could not post when it is restarted. What it never stored nobody
 * finds. Of more than can be held, the newest are taken. https://doc.evolution-api.com/v2/api-reference/chat-controller/find-messages
 */
export function createRecent(call: CallBridge, clock: Clock) {
  return async ({ credentials }: KnownBy, from: number, signal: AbortSignal): Promise<readonly unknown[]> => {
    // Without both ends it takes no account of the time. Its clock may be ahead of ours.
    const messageTimestamp = { gte: iso(from), lte: iso(clock.now() + 3_600_000) };
    const found: unknown[] = [];
    let bytes = 0;
    for (let page = 1, pages = 1; page <= Math.min(pages, MOST_PAGES) && bytes < MOST_BYTES; page += 1) {
      const json = { where: { messageTimestamp }, offset: PAGE, page };
      const request = { method: 'POST', path: 'chat/findMessages', json, maxBytes: MAX_ANSWER_BYTES } as const;
      const read = pageSchema.safeParse(resultOf(await call(credentials, request, signal))).data;
      if (!read) throw new MessengerUnreachableError('an unreadable list of messages');
      pages = read.messages.pages;
      // Some bridges pay no heed to the length of a page.
      found.push(...read.messages.records.slice(0, PAGE * MOST_PAGES - found.length));
      bytes += JSON.stringify(read.messages.records).length;
    }
    const sender = found.length > 0 ? await ownerOf(credentials, signal) : undefined;
    return found.reverse().map((data) => ({ event: 'messages.upsert', instance: credentials.instance, data, sender }));
  };

  /** The phone's own address, which every webhook has. Without it a note to oneself would look like a chat. */
  async function ownerOf(credentials: Credentials, signal: AbortSignal): Promise<string | undefined> {
    const query = { instanceName: credentials.instance ?? '' };
    const answer = await call(
      credentials,
      { method: 'GET', path: 'instance/fetchInstances', ofAll: true, query },
      signal,
    );
    const all = answer.kind === 'ok' ? ownersSchema.safeParse(answer.result).data : undefined;
    return all?.find(({ name }) => name === credentials.instance)?.ownerJid ?? undefined;
  }
}

function iso(time: number): string {
  return new Date(time).toISOString();
}
