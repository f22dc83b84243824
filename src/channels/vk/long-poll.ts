import { reasonOf } from '#calls/errors';
import { readJson } from '#calls/read-json';
import { isSafeAddress } from '#channels/base-url';
import type { Fetched, Polling } from '#channels/channel';
import { fieldsOf, isObject, stringOf, writtenOf } from '#channels/fields';
import type { Credentials } from '#channels/terms';
import { type CallVk, VK_URL, VK_VERSION, type VkAnswer } from './client.ts';
import { meaningOf } from './errors.ts';
import { SETTINGS } from './settings.ts';
import { secretKeyOf } from './webhook.ts';

const WAIT_SECONDS = 25;
/** Longer than VK takes to answer. An answer that has not come by then will not come. */
const GIVE_UP_MS = (WAIT_SECONDS + 15) * 1000;
/** Room for all events that gathered in a long pause. */
const MAX_ANSWER_BYTES = 16 * 1024 * 1024;
/** The queue may have ended, then its key, then what it was asked from. */
const MOST_TRIES = 4;

/** The queue of a community's events. `ts` is the number of the event that comes next. */
interface Queue {
  readonly server: string;
  readonly key: string;
  readonly ts: number;
}

type Found = { readonly kind: 'queue'; readonly queue: Queue } | Exclude<Fetched, { kind: 'updates' }>;

/**
 * Fetches events by Bots Long Poll instead of the Callback API. VK lets a community have both.
 * https://dev.vk.com/ru/api/bots-long-poll/getting-started
 */
export function createPolling(call: CallVk, fetch: typeof globalThis.fetch, apiUrl: string = VK_URL): Polling {
  const queues = new Map<string, Queue>();

  async function find(credentials: Credentials, signal: AbortSignal): Promise<Found> {
    const { groupId = '', apiBaseUrl = apiUrl } = credentials;
    const known = queues.get(groupId);
    if (known) return { kind: 'queue', queue: known };
    // Without it the queue is off, and has no events of messages.
    const settings = { group_id: groupId, enabled: 1, api_version: VK_VERSION, ...SETTINGS };
    const switched = await call(credentials, 'groups.setLongPollSettings', settings, signal);
    if (switched.kind !== 'ok') return toNotFetched(switched);
    const asked = await call(credentials, 'groups.getLongPollServer', { group_id: groupId }, signal);
    if (asked.kind !== 'ok') return toNotFetched(asked);
    const { server, key, ts } = fieldsOf<{ server: unknown; key: unknown; ts: unknown }>(asked.result);
    const queue = { server: stringOf(server), key: stringOf(key), ts: numberOf(ts) ?? Number.NaN };
    // The key of the queue opens all that clients write.
    const isQueue = isSafeAddress(queue.server, apiBaseUrl) && !Number.isNaN(queue.ts);
    if (!isQueue) return { kind: 'unreachable', reason: 'no queue of VK' };
    queues.set(groupId, queue);
    return { kind: 'queue', queue };
  }

  async function ask({ server, key }: Queue, ts: number, signal: AbortSignal): Promise<unknown> {
    const url = new URL(server);
    url.search = new URLSearchParams({ act: 'a_check', key, ts: String(ts), wait: String(WAIT_SECONDS) }).toString();
    return readJson(await fetch(url, { redirect: 'manual', signal }), MAX_ANSWER_BYTES);
  }

  async function fetchFrom(credentials: Credentials, from: number | undefined, signal: AbortSignal): Promise<Fetched> {
    let wanted = from;
    for (let tries = 0; tries < MOST_TRIES; tries += 1) {
      const found = await find(credentials, signal);
      if (found.kind !== 'queue') return found;
      const ts = wanted ?? found.queue.ts;
      const answer = await ask(found.queue, ts, signal);
      const { failed, ts: next, updates } = fieldsOf<{ failed: unknown; ts: unknown; updates: unknown }>(answer);
      const nextTs = numberOf(next);
      if (Array.isArray(updates) && nextTs !== undefined) return toUpdates(updates.filter(isObject), nextTs);
      if (failed === undefined) return { kind: 'unreachable', reason: 'an unreadable answer of the queue' };
      // 1: what was asked from is no longer there; 2: the key has ended; 3: so has the number.
      if (failed === 1 && nextTs !== undefined) wanted = nextTs;
      else queues.delete(credentials.groupId ?? '');
      if (failed === 3) wanted = undefined;
    }
    return { kind: 'unreachable', reason: 'the queue of VK ended again and again' };
  }

  return {
    serves: ({ apiBaseUrl }) => apiBaseUrl === undefined,

    accountOf: ({ groupId = '' }) => groupId,

    // A server of somebody else gets its own copy of each event.
    webhookOf: async () => undefined,

    async fetch(credentials, from, signal) {
      try {
        return await fetchFrom(credentials, from, AbortSignal.any([signal, AbortSignal.timeout(GIVE_UP_MS)]));
      } catch (error) {
        return { kind: 'unreachable', reason: reasonOf(error) };
      }
    },

    headersOf: () => ({ 'content-type': 'application/json' }),

    bodyOf: (body, secret) => ({ ...fieldsOf<Record<string, unknown>>(body), secret: secretKeyOf(secret) }),
  };
}

/** The events that came before the next one have the numbers before its. */
function toUpdates(updates: readonly object[], nextTs: number): Fetched {
  return { kind: 'updates', updates: updates.map((body, at) => ({ id: nextTs - updates.length + at, body })) };
}

function toNotFetched(answer: Exclude<VkAnswer, { kind: 'ok' }>): Exclude<Fetched, { kind: 'updates' }> {
  if (answer.kind !== 'refused') return answer;
  if (meaningOf(answer.code)?.kind === 'unauthorized') return { kind: 'unauthorized' };
  return { kind: 'unreachable', reason: `refused with ${answer.code}` };
}

/** VK writes it as a text or as a number. */
function numberOf(value: unknown): number | undefined {
  const text = writtenOf(value);
  return /^\d{1,15}$/.test(text) ? Number(text) : undefined;
}
