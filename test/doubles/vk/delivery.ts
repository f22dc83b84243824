import { setTimeout as sleep } from 'node:timers/promises';
import type { VkWorld } from './world.ts';

/** An event that a server has not taken yet. */
interface Waiting {
  readonly serverId: number;
  readonly body: string;
  failed: number;
  dueAt: number;
}

/** What became of a delivery. */
export interface Handed {
  readonly status: number;
  readonly text: string;
  readonly isTaken: boolean;
}

/** After 10 s, 3 min, 10 min, 30 min, 1 h: https://dev.vk.com/ru/api/callback/getting-started */
const REPEATS_MS = [10_000, 180_000, 600_000, 1_800_000, 3_600_000];
const OK = Buffer.from('ok');

/** Tells servers of events, each those that it wants, and repeats what was not answered with exactly `ok`. */
export function createDelivery(world: VkWorld) {
  const waiting: Waiting[] = [];
  const polled: { readonly ts: number; readonly update: Record<string, unknown> }[] = [];
  let ts = 100;
  let news = Promise.withResolvers<void>();

  function tell(type: string, object: unknown): void {
    const event = { type, group_id: world.groupId, event_id: `e${world.nextId()}`, v: '5.199', object };
    ts += 1;
    polled.push({ ts, update: event });
    news.resolve();
    news = Promise.withResolvers();
    for (const server of world.servers) {
      if (server.status !== 'ok' || server.settings[type] !== '1') continue;
      const body = JSON.stringify({ ...event, ...(server.secret_key && { secret: server.secret_key }) });
      waiting.push({ serverId: server.id, body, failed: 0, dueAt: world.clock.now() });
    }
  }

  async function post(one: Waiting): Promise<Handed | undefined> {
    const server = world.servers.find(({ id }) => id === one.serverId);
    if (!server) return undefined;
    const headers = {
      'content-type': 'application/json',
      ...(one.failed > 0 && { 'x-retry-counter': String(one.failed) }),
    };
    const answer = await world.fetch(server.url, { method: 'POST', headers, body: one.body }).catch(() => undefined);
    const bytes = Buffer.from((await answer?.arrayBuffer()) ?? new ArrayBuffer(0));
    const isTaken = answer?.status === 200 && bytes.equals(OK);
    return { status: answer?.status ?? 0, text: bytes.toString(), isTaken };
  }

  /** Delivers all that is due, in the order in which it happened. */
  async function deliver(): Promise<Handed[]> {
    const handed: Handed[] = [];
    const due = waiting.filter(({ dueAt }) => dueAt <= world.clock.now());
    for (const one of due) {
      const outcome = await post(one);
      if (outcome) handed.push(outcome);
      const nextMs = outcome && !outcome.isTaken ? REPEATS_MS[one.failed] : undefined;
      one.failed += 1;
      if (nextMs === undefined) waiting.splice(waiting.indexOf(one), 1);
      else one.dueAt = world.clock.now() + nextMs;
    }
    return handed;
  }

  /** The events after a number, once there are any, at most so long after the call. */
  async function polledAfter(from: number, waitMs: number): Promise<Record<string, unknown>[]> {
    if (from >= ts && waitMs > 0) await Promise.race([news.promise, sleep(waitMs, undefined, { ref: false })]);
    return polled.filter((one) => one.ts > from).map(({ update }) => update);
  }

  const told = (): readonly Record<string, unknown>[] => polled.map(({ update }) => update);

  return { tell, told, deliver, waiting: waiting as readonly Waiting[], polledAfter, lastTs: () => ts };
}
