import type { Identity, Inspected, Setup } from '#channels/channel';
import { MessengerUnreachableError } from '#channels/errors';
import { readCredentials } from '#channels/read-credentials';
import { notInspected, resultOf } from '#channels/result-of';
import type { Credentials } from '#channels/terms';
import { isOfSame, isOurs } from '#channels/webhook-address';
import type { CallMax, MaxAnswer, MaxRequest } from './client.ts';
import { credentialsSchema } from './credentials.ts';
import { meaningOf } from './errors.ts';
import { WANTED_UPDATES } from './kinds.ts';
import { toProfile } from './people.ts';
import { botSchema, subscriptionsSchema } from './schema.ts';

/** What the setup needs from outside. */
export interface MaxSetupOptions {
  readonly call: CallMax;
  /** Whether `credentials.apiBaseUrl` has to be https, because the token goes there. */
  readonly httpsOnly: boolean;
  /** How long each call waits for an answer. */
  readonly timeoutMs: number;
}

type Subscription = ReturnType<typeof subscriptionsSchema.parse>['subscriptions'][number];

/** Connects bots of MAX: https://dev.max.ru/docs-api */
export function createMaxSetup({ call, httpsOnly, timeoutMs }: MaxSetupOptions) {
  async function ask(credentials: Credentials, request: MaxRequest): Promise<unknown> {
    const answer = await call(credentials, request, AbortSignal.timeout(timeoutMs));
    return resultOf(answer, (refused) =>
      meaningOf(refused)?.kind === 'unauthorized' ? ['credentials.botToken'] : ['credentials'],
    );
  }

  /** A bot may have several subscriptions, and each gets everything. */
  async function subscriptions(credentials: Credentials): Promise<readonly Subscription[]> {
    const read = subscriptionsSchema.safeParse(await ask(credentials, { method: 'GET', path: 'subscriptions' }));
    if (!read.success) throw new MessengerUnreachableError('an unreadable answer about the subscriptions');
    return read.data.subscriptions;
  }

  async function unsubscribe(credentials: Credentials, url: string): Promise<void> {
    await ask(credentials, { method: 'DELETE', path: 'subscriptions', query: { url } });
  }

  const setup: Setup = {
    readCredentials: (input) => readCredentials(credentialsSchema, input, { all: ['botToken'], httpsOnly }),

    async connect(credentials) {
      return toIdentity(await ask(credentials, { method: 'GET', path: 'me' }));
    },

    // The channel's own earlier addresses go: an earlier run had another host. Those of other programs stay.
    async register({ credentials, webhookSecret }, url) {
      const json = { url, update_types: WANTED_UPDATES, secret: webhookSecret };
      await ask(credentials, { method: 'POST', path: 'subscriptions', json });
      for (const old of await subscriptions(credentials)) {
        if (old.url !== url && isOfSame(old.url, url)) await unsubscribe(credentials, old.url);
      }
    },

    // Of all hosts, as for `register`. Other programs of the same bot go on.
    async unregister(credentials, url) {
      for (const old of await subscriptions(credentials)) {
        if (isOfSame(old.url, url)) await unsubscribe(credentials, old.url);
      }
    },

    typedIn: ({ webhookSecret }) => ({ secretToken: webhookSecret, webhookFields: WANTED_UPDATES }),

    // After 8 hours without an answer MAX unsubscribes: https://dev.max.ru/docs-api/methods/POST/subscriptions
    async inspect({ credentials }, url, signal) {
      const answer = await call(credentials, { method: 'GET', path: 'subscriptions' }, signal);
      return toInspected(answer, url);
    },
  };

  /** The address that gets what the bot gets: first that of another program. */
  async function webhookOf(credentials: Credentials): Promise<string | undefined> {
    const urls = (await subscriptions(credentials)).map(({ url }) => url);
    return urls.find((url) => !isOurs(url)) ?? urls[0];
  }

  return { setup, webhookOf };
}

function toInspected(answer: MaxAnswer, url: string): Inspected {
  if (answer.kind !== 'ok') return notInspected(answer, (refused) => meaningOf(refused)?.kind === 'unauthorized');
  const read = subscriptionsSchema.safeParse(answer.result);
  if (!read.success) return { kind: 'unknown', why: 'an unreadable answer about the subscriptions' };
  const own = read.data.subscriptions.find((one) => one.url === url);
  if (!own) return { kind: 'deaf', why: 'The bot is not subscribed to this address' };
  const missing = own.update_types ? WANTED_UPDATES.filter((type) => !own.update_types?.includes(type)) : [];
  return missing.length === 0
    ? { kind: 'listening' }
    : { kind: 'deaf', why: `The subscription is without ${missing.join(', ')}` };
}

function toIdentity(result: unknown): Identity {
  const read = botSchema.safeParse(result);
  if (!read.success) throw new MessengerUnreachableError('an unreadable answer about the bot');
  const id = String(read.data.user_id);
  const { name, username } = toProfile(read.data);
  const plainId = username ?? id;
  return { id, plainId, name: name ?? plainId };
}
