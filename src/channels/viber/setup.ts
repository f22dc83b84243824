import { MAX_NAME_LENGTH } from '#channels/bounds';
import type { Identity, Inspected, Setup } from '#channels/channel';
import { ConnectedElsewhereError, MessengerUnreachableError } from '#channels/errors';
import { readCredentials } from '#channels/read-credentials';
import { notInspected, type Refused, resultOf } from '#channels/result-of';
import type { Credentials } from '#channels/terms';
import { hostOf, isOfSame } from '#channels/webhook-address';
import { cut } from '#domain/cut';
import { visibleName } from '#domain/profile';
import { accountSchema } from './answers.ts';
import type { CallViber, ViberAnswer, ViberMethod } from './client.ts';
import { credentialsSchema } from './credentials.ts';
import { meaningOf } from './errors.ts';

/** Messages come always. https://developers.viber.com/docs/api/rest-bot-api/#setting-a-webhook */
const EVENTS = ['delivered', 'seen', 'failed', 'subscribed', 'unsubscribed', 'conversation_started'];

/** What the setup needs from outside. */
export interface ViberSetupOptions {
  readonly call: CallViber;
  /** Whether `credentials.apiBaseUrl` has to be https, because the token goes there. */
  readonly httpsOnly: boolean;
  /** How long each call waits for an answer. */
  readonly timeoutMs: number;
}

/** Connects bots of Viber. A bot has one webhook. */
export function createViberSetup({ call, httpsOnly, timeoutMs }: ViberSetupOptions): Setup {
  async function ask(credentials: Credentials, method: ViberMethod, json: Readonly<Record<string, unknown>>) {
    return resultOf(await call(credentials, method, json, AbortSignal.timeout(timeoutMs)), blamed);
  }

  async function account(credentials: Credentials) {
    const read = accountSchema.safeParse(await ask(credentials, 'get_account_info', {}));
    if (!read.success) throw new MessengerUnreachableError('an unreadable answer about the account');
    return read.data;
  }

  return {
    readCredentials: (input) =>
      readCredentials(credentialsSchema, input, { all: ['authToken', 'senderName'], httpsOnly }),

    async connect(credentials): Promise<Identity> {
      const { id, name = '', uri = id } = await account(credentials);
      return { id, plainId: uri, name: cut(visibleName(name.slice(0, 1024)) ?? '', MAX_NAME_LENGTH) || uri };
    },

    async register({ credentials }, url, { takeOver = false } = {}) {
      const { webhook = '' } = await account(credentials);
      if (webhook !== '' && !takeOver && !isOfSame(webhook, url)) {
        const host = hostOf(webhook);
        throw new ConnectedElsewhereError(`The bot's webhook leads to ${host}`, host);
      }
      await ask(credentials, 'set_webhook', { url, event_types: EVENTS, send_name: true, send_photo: false });
    },

    // One that leads elsewhere by now is another program's.
    async unregister(credentials, url) {
      const { webhook = '' } = await account(credentials);
      if (webhook !== '' && isOfSame(webhook, url)) await ask(credentials, 'set_webhook', { url: '' });
    },

    typedIn: () => ({}),
    callsDuringRegister: true,

    inspect: async ({ credentials }, url, signal) =>
      toInspected(await call(credentials, 'get_account_info', {}, signal), url),
  };
}

function toInspected(answer: ViberAnswer, url: string): Inspected {
  if (answer.kind !== 'ok') return notInspected(answer, isOfBot);
  const read = accountSchema.safeParse(answer.result);
  if (!read.success) return { kind: 'unknown', why: 'an unreadable answer about the account' };
  const { webhook = '' } = read.data;
  if (webhook === url) return { kind: 'listening' };
  if (webhook === '') return { kind: 'deaf', why: 'The bot has no webhook' };
  if (isOfSame(webhook, url)) return { kind: 'deaf', why: 'The webhook leads to an earlier address' };
  return { kind: 'elsewhere', why: `The bot's webhook leads to ${hostOf(webhook)}` };
}

/** Whether the token or the bot is to blame. */
function isOfBot({ code }: Refused): boolean {
  return meaningOf(code)?.kind === 'unauthorized';
}

function blamed(refused: Refused): readonly string[] {
  return isOfBot(refused) ? ['credentials.authToken'] : ['credentials'];
}
