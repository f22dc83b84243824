import { MAX_NAME_LENGTH } from '#channels/bounds';
import type { Identity, Inspected, Setup } from '#channels/channel';
import { CredentialsRefusedError, MessengerUnreachableError } from '#channels/errors';
import { readCredentials } from '#channels/read-credentials';
import { notInspected, resultOf } from '#channels/result-of';
import type { Credentials } from '#channels/terms';
import { isOfSame } from '#channels/webhook-address';
import { cut } from '#domain/cut';
import { visibleName } from '#domain/profile';
import { addressOf } from './address.ts';
import { accountSchema, subscriptionsSchema } from './answers.ts';
import type { AvitoRequest, CallAvito } from './client.ts';
import { credentialsSchema } from './credentials.ts';
import { meaningOf } from './errors.ts';
import type { AvitoAnswer } from './post.ts';

/** What the setup needs from outside. */
export interface AvitoSetupOptions {
  readonly call: CallAvito;
  /** Whether `credentials.apiBaseUrl` has to be https, because the client's secret goes there. */
  readonly httpsOnly: boolean;
  /** How long each call waits for an answer. */
  readonly timeoutMs: number;
}

/** Connects accounts of Avito. */
export function createAvitoSetup({ call, httpsOnly, timeoutMs }: AvitoSetupOptions): Setup {
  async function ask(credentials: Credentials, request: AvitoRequest): Promise<Readonly<Record<string, unknown>>> {
    return resultOf(await call(credentials, request, AbortSignal.timeout(timeoutMs))) as never;
  }

  /** The addresses that Avito calls for the account. */
  async function subscribed(credentials: Credentials): Promise<string[]> {
    const result = await ask(credentials, SUBSCRIPTIONS);
    const read = subscriptionsSchema.safeParse(result);
    if (!read.success) throw new MessengerUnreachableError('an unreadable answer about the subscriptions');
    return read.data.subscriptions.map(({ url }) => url);
  }

  async function unsubscribe(credentials: Credentials, urls: readonly string[]): Promise<void> {
    for (const url of urls) {
      await ask(credentials, { method: 'POST', path: 'messenger/v1/webhook/unsubscribe', json: { url } });
    }
  }

  return {
    readCredentials: (input) =>
      readCredentials(credentialsSchema, input, { all: ['clientId', 'clientSecret', 'userId'], httpsOnly }),

    // That the keys are the account's says nothing of the messenger, which needs a subscription of its own.
    async connect(credentials) {
      const identity = toIdentity(await ask(credentials, { method: 'GET', path: 'core/v1/accounts/self' }));
      if (identity.id !== credentials.userId) {
        throw new CredentialsRefusedError('the keys are those of another account', ['credentials.userId']);
      }
      await subscribed(credentials);
      return identity;
    },

    // Avito calls every address that it was told. Those with former secrets of the channel go when the new one is there.
    async register({ credentials, webhookSecret }, url) {
      const address = addressOf(url, webhookSecret);
      const { ok } = await ask(credentials, { method: 'POST', path: 'messenger/v3/webhook', json: { url: address } });
      if (ok === false) throw new CredentialsRefusedError('Avito did not take the address of the webhook');
      const former = (await subscribed(credentials)).filter((one) => one !== address && isOfSame(one, url));
      await unsubscribe(credentials, former);
    },

    async unregister(credentials, url) {
      await unsubscribe(
        credentials,
        (await subscribed(credentials)).filter((one) => isOfSame(one, url)),
      );
    },

    typedIn: ({ webhookSecret }) => ({ secretToken: webhookSecret }),
    callsDuringRegister: true,

    inspect: async ({ credentials, webhookSecret }, url, signal) =>
      toInspected(await call(credentials, SUBSCRIPTIONS, signal), addressOf(url, webhookSecret)),
  };
}

const SUBSCRIPTIONS: AvitoRequest = { method: 'POST', path: 'messenger/v1/subscriptions' };

function toInspected(answer: AvitoAnswer, address: string): Inspected {
  if (answer.kind !== 'ok') return notInspected(answer, (refused) => meaningOf(refused).kind === 'unauthorized');
  const read = subscriptionsSchema.safeParse(answer.result);
  if (!read.success) return { kind: 'unknown', why: 'an unreadable answer about the subscriptions' };
  const isThere = read.data.subscriptions.some(({ url }) => url === address);
  return isThere ? { kind: 'listening' } : { kind: 'deaf', why: 'Avito has no subscription with this address' };
}

function toIdentity(result: unknown): Identity {
  const read = accountSchema.safeParse(result);
  if (!read.success) throw new MessengerUnreachableError('an unreadable answer about the account');
  const id = String(read.data.id);
  const name = visibleName((read.data.name ?? '').slice(0, 1024));
  return { id, plainId: id, name: cut(name ?? '', MAX_NAME_LENGTH) || id };
}
