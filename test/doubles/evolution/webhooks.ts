import { setTimeout as sleep } from 'node:timers/promises';
import type { VirtualClock } from '../virtual-clock.ts';
import { type Fields, type Instance, tokenOf } from './world.ts';

/** Answers after which the bridge gives a webhook up. */
const GIVES_UP: readonly number[] = [400, 401, 403, 404, 422];
const MOST_TRIES = 10;

/** A try of a webhook, and what became of it. */
export interface Try {
  readonly event: string;
  readonly body: Fields;
  readonly status: number;
  readonly tries: number;
}

interface Waiting {
  readonly event: string;
  readonly body: Fields;
  readonly url: string;
  readonly headers: Readonly<Record<string, string>>;
  tries: number;
}

/** Posts webhooks as the bridge does. What failed waits in its memory, and is gone when it is restarted. */
export function createWebhooks(clock: VirtualClock, globalKey: string) {
  let waiting: Waiting[] = [];

  async function post(one: Waiting): Promise<Try> {
    one.tries += 1;
    const status = await fetch(one.url, {
      method: 'POST',
      headers: { 'content-type': 'application/json', ...one.headers },
      body: JSON.stringify(one.body),
      redirect: 'manual',
    }).then(
      async (response) => {
        await response.body?.cancel();
        return response.status;
      },
      () => 0,
    );
    const isTaken = status >= 200 && status < 300;
    if (!isTaken && !GIVES_UP.includes(status) && one.tries < MOST_TRIES) waiting.push(one);
    return { event: one.event, body: one.body, status, tries: one.tries };
  }

  return {
    /** Posts an event, if the instance's webhook is for it. */
    async emit(instance: Instance, event: string, data: unknown): Promise<Try | undefined> {
      const { webhook } = instance;
      const name = event.replaceAll(/[.-]/g, '_').toUpperCase();
      if (!webhook?.enabled || !webhook.events.includes(name)) return undefined;
      const { jwt_key, ...headers } = webhook.headers;
      const authorization = jwt_key === undefined ? {} : { Authorization: `Bearer ${tokenOf(jwt_key, clock.now())}` };
      const url = webhook.webhookByEvents ? `${webhook.url}/${name.replaceAll('_', '-').toLowerCase()}` : webhook.url;
      const body = {
        event,
        instance: instance.name,
        data,
        destination: webhook.url,
        date_time: new Date(clock.now()).toISOString(),
        ...(instance.ownerJid !== null && { sender: instance.ownerJid }),
        server_url: 'http://bridge.local:8080',
        // The whole secret of the instance is in every webhook.
        apikey: instance.token || globalKey,
      };
      return post({ event, body, url, headers: { ...headers, ...authorization }, tries: 0 });
    },

    /** Lets the time of the next tries come. The same token goes with them. */
    async retry(ms = 300_000): Promise<Try[]> {
      clock.pass(ms);
      const due = waiting;
      waiting = [];
      const tries = [];
      for (const one of due) tries.push(await post(one));
      return tries;
    },

    waiting: () => waiting.length,

    /** Whatever waits is lost. */
    async restart() {
      waiting = [];
      await sleep(0);
    },
  };
}
