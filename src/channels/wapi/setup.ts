import { MAX_NAME_LENGTH } from '#channels/bounds';
import type { Identity, Setup } from '#channels/channel';
import { CredentialsRefusedError, MessengerUnreachableError } from '#channels/errors';
import type { CallGraph, GraphRequest } from '#channels/meta/client';
import { meaningOf } from '#channels/meta/codes';
import { readCredentials } from '#channels/read-credentials';
import { type Refused, resultOf } from '#channels/result-of';
import type { Credentials } from '#channels/terms';
import { cut } from '#domain/cut';
import { visibleName } from '#domain/profile';
import { credentialsSchema } from './credentials.ts';
import { inspectNumber } from './inspect.ts';
import { FIELDS } from './kinds.ts';
import { numberSchema } from './schema.ts';

/** The fields to choose in the app, which Konvert cannot do. */
const WANTED = Object.keys(FIELDS).filter((field) => FIELDS[field] !== 'ignored' && field !== 'user_id_update');

/** Meta takes no longer address: https://developers.facebook.com/documentation/business-messaging/whatsapp/webhooks/override */
const LONGEST_ADDRESS = 200;

/** What the setup needs from outside. */
export interface WapiSetupOptions {
  readonly call: CallGraph;
  /** Whether `credentials.apiBaseUrl` has to be https, because the token goes there. */
  readonly httpsOnly: boolean;
  /** How long each call waits for an answer. */
  readonly timeoutMs: number;
}

/** Connects business numbers of the WhatsApp Cloud API. */
export function createWapiSetup({ call, httpsOnly, timeoutMs }: WapiSetupOptions): Setup {
  async function ask(credentials: Credentials, request: GraphRequest, field?: string): Promise<unknown> {
    const answer = await call(credentials, request, AbortSignal.timeout(timeoutMs));
    return resultOf(answer, (refused) => blamed(refused, field));
  }

  /** The number's own address goes before that of its business account and that of the app. An empty one takes it away. */
  function setAddress(credentials: Credentials, url: string, verifyToken?: string): Promise<unknown> {
    const webhook_configuration = {
      override_callback_uri: url,
      ...(verifyToken !== undefined && { verify_token: verifyToken }),
    };
    const path = credentials.phoneNumberId ?? '';
    return ask(credentials, { method: 'POST', path, json: { webhook_configuration } }, 'credentials.phoneNumberId');
  }

  return {
    readCredentials: (input) =>
      readCredentials(credentialsSchema, input, { all: ['phoneNumberId', 'accessToken', 'appSecret'], httpsOnly }),

    async connect(credentials) {
      const query = { fields: 'id,display_phone_number,verified_name' };
      const path = credentials.phoneNumberId ?? '';
      return toIdentity(await ask(credentials, { method: 'GET', path, query }, 'credentials.phoneNumberId'));
    },

    // Without the first call no webhook of the business account comes to the app at all.
    async register({ credentials, webhookSecret }, url) {
      if (url.length > LONGEST_ADDRESS) {
        throw new CredentialsRefusedError(`the address of the webhook is longer than ${LONGEST_ADDRESS} characters`);
      }
      const { wabaId } = credentials;
      if (wabaId !== undefined) {
        await ask(credentials, { method: 'POST', path: `${wabaId}/subscribed_apps` }, 'credentials.wabaId');
      }
      await setAddress(credentials, url, webhookSecret);
    },

    // Other numbers of the same business account may go on, so the app stays subscribed.
    async unregister(credentials) {
      await setAddress(credentials, '');
    },

    inspect: ({ credentials }, url, signal) => inspectNumber(call, credentials, url, signal),

    typedIn: ({ webhookSecret }) => ({ verifyToken: webhookSecret, webhookFields: WANTED }),
    // The address of a number is for `messages`. What is chosen in the app goes to the app's address.
    registersInPart: true,

    callsDuringRegister: true,
  };
}

/**
 * The credentials to blame for a refusal. `field` is what the request names beside the token and the secret.
 * https://developers.facebook.com/docs/graph-api/guides/error-handling
 */
function blamed({ code, subcode, description }: Refused, field?: string): readonly string[] {
  if (/appsecret_proof/i.test(description)) return ['credentials.appSecret'];
  if (meaningOf(code)?.kind === 'unauthorized') return ['credentials.accessToken'];
  // There is no such object, or not for this token. Of any other parameter the code is 100 as well.
  const isNotThere = ['33', '803'].includes(code) || subcode === '33';
  return field !== undefined && isNotThere ? [field] : ['credentials'];
}

function toIdentity(result: unknown): Identity {
  const read = numberSchema.safeParse(result);
  if (!read.success) throw new MessengerUnreachableError('an unreadable answer about the number');
  const { id, display_phone_number = '', verified_name = '' } = read.data;
  const digits = display_phone_number.replaceAll(/\D/g, '');
  const plainId = digits || id;
  return { id, plainId, name: cut(visibleName(verified_name.slice(0, 1024)) ?? '', MAX_NAME_LENGTH) || plainId };
}
