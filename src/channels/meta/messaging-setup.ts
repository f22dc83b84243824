import type { Identity, Inspected, Setup } from '#channels/channel';
import { ConnectedElsewhereError, CredentialsRefusedError, MessengerUnreachableError } from '#channels/errors';
import { fieldsOf, listOf, stringOf, writtenOf } from '#channels/fields';
import { notInspected, type Refused, resultOf } from '#channels/result-of';
import type { Credentials } from '#channels/terms';
import { hostOf, isOfSame } from '#channels/webhook-address';
import type { CallGraph, GraphRequest } from './client.ts';
import { areCredentialsRefused, meaningOf } from './codes.ts';

/** How a channel reaches its account. */
export interface Way {
  /** Calls the host of the account. */
  readonly call: CallGraph;
  /** The credentials for it: `appSecret` is the one of the app that the token is of. */
  readonly credentials: Credentials;
  /** The path of the page or the account, and the credential that names it. */
  readonly node: string;
  readonly field: string;
  /** The credential that holds the secret. */
  readonly secretField: string;
  /** What the app has to be subscribed to there. */
  readonly subscribed: readonly string[];
  /** Those of them without which the channel would be deaf. Meta may leave others out without a word. */
  readonly needed: readonly string[];
  /** What tells who the account is. */
  readonly about: Readonly<Record<string, string>>;
  /** The beginning of the list of its conversations, which only a token that may read them opens. */
  readonly conversations: Readonly<Record<string, string>>;
  /** Reads the account from what was told. Undefined if it is none that has messages. */
  identify(result: unknown): Identity | { readonly refused: string } | undefined;
}

/** What the setup needs from outside. */
export interface MessagingSetupOptions {
  /** Calls Meta's own host, which has the app. */
  readonly callApp: CallGraph;
  readonly object: 'instagram' | 'page';
  /** The fields to choose in the app. */
  readonly webhookFields: readonly string[];
  wayOf(credentials: Credentials): Way;
  readonly readCredentials: Setup['readCredentials'];
  /** How long each call waits for an answer. */
  readonly timeoutMs: number;
}

/** Asks Meta, and throws as `Setup.connect` does. */
type Ask = (way: Way, request: GraphRequest, field?: string) => Promise<unknown>;

/** Connects pages and accounts of Instagram. */
export function createMessagingSetup(options: MessagingSetupOptions): Setup {
  const { callApp, object, webhookFields, wayOf, readCredentials, timeoutMs } = options;

  const ask: Ask = async (way, request, field = way.field) => {
    const answer = await way.call(way.credentials, request, AbortSignal.timeout(timeoutMs));
    return resultOf(answer, (refused) => blamed(refused, field, way.secretField));
  };

  async function askApp(credentials: Credentials, request: Omit<GraphRequest, 'path'>) {
    const path = `${credentials.appId}/subscriptions`;
    const answer = await callApp(ofApp(credentials), { ...request, path }, AbortSignal.timeout(timeoutMs));
    return resultOf(answer, ({ code }) => [code === '190' ? 'credentials.appSecret' : 'credentials.appId']);
  }

  /**
   * Leads the webhooks of the app to the address, if its id is known. Meta asks the address while it is called.
   * https://developers.facebook.com/docs/graph-api/reference/app/subscriptions
   */
  async function lead(credentials: Credentials, webhookSecret: string, url: string, takeOver: boolean) {
    const current = callbackOf(await askApp(credentials, { method: 'GET' }), object);
    const isElsewhere = current !== undefined && hostOf(current) !== hostOf(url) && !isOfSame(current, url);
    if (isElsewhere && !takeOver) {
      throw new ConnectedElsewhereError('the webhooks of the app go to another address', hostOf(current));
    }
    const { needed } = wayOf(credentials);
    await withFewer(webhookFields, needed, (fields) => {
      const about = { object, callback_url: url, verify_token: webhookSecret, include_values: true };
      return askApp(credentials, { method: 'POST', json: { ...about, fields: fields.join(',') } });
    });
  }

  return {
    readCredentials,

    async connect(credentials) {
      const way = wayOf(credentials);
      const identity = way.identify(await ask(way, { method: 'GET', path: way.node, query: way.about }));
      if (!identity) throw new MessengerUnreachableError('an unreadable answer about the account');
      if ('refused' in identity) throw new CredentialsRefusedError(identity.refused, [way.field]);
      await ask(way, { method: 'GET', path: `${way.node}/conversations`, query: way.conversations }, undefined);
      return identity;
    },

    async register({ credentials, webhookSecret }, url, { takeOver = false } = {}) {
      const way = wayOf(credentials);
      if (credentials.appId !== undefined) await lead(credentials, webhookSecret, url, takeOver);
      await withFewer(way.subscribed, way.needed, (fields) => {
        const json = { subscribed_fields: fields.join(',') };
        return ask(way, { method: 'POST', path: `${way.node}/subscribed_apps`, json });
      });
    },

    async inspect({ credentials }, url, signal) {
      const way = wayOf(credentials);
      const path = `${way.node}/subscribed_apps`;
      const apps = await way.call(way.credentials, { method: 'GET', path }, signal);
      if (apps.kind !== 'ok') return notInspected(apps, areCredentialsRefused);
      const fields = subscribedFields(apps.result, credentials.appId);
      const missing = way.needed.filter((field) => !fields.includes(field));
      if (missing.length > 0) return { kind: 'deaf', why: `the app is not subscribed to ${missing.join(', ')}` };
      if (credentials.appId === undefined) return { kind: 'listening' };
      const led = await callApp(
        ofApp(credentials),
        { method: 'GET', path: `${credentials.appId}/subscriptions` },
        signal,
      );
      return led.kind === 'ok'
        ? inspectCallback(callbackOf(led.result, object), url)
        : notInspected(led, areCredentialsRefused);
    },

    async unregister(credentials) {
      const way = wayOf(credentials);
      await ask(way, { method: 'DELETE', path: `${way.node}/subscribed_apps` });
    },

    typedIn: ({ webhookSecret }) => ({ verifyToken: webhookSecret, webhookFields }),
    // Without the id of the app its address has to be typed in. With it, the operator sees what was registered.
    registersInPart: true,
    callsDuringRegister: true,
  };
}

/** Meta takes none of the fields if it does not know one, or if the app may not have it: then those that are needed. */
async function withFewer(
  all: readonly string[],
  needed: readonly string[],
  subscribe: (fields: readonly string[]) => Promise<unknown>,
): Promise<void> {
  try {
    await subscribe(all);
  } catch (error) {
    const isAboutFields = error instanceof CredentialsRefusedError && /\bfields?\b|\w_fields/i.test(error.description);
    if (!isAboutFields) throw error;
    await subscribe(needed);
  }
}

/** The app speaks for itself with its id and its secret. */
function ofApp({ appId = '', appSecret = '', ...others }: Credentials): Credentials {
  return { ...others, appSecret, accessToken: `${appId}|${appSecret}` };
}

function subscribedFields(result: unknown, appId: string | undefined): unknown[] {
  const apps = listOf(fieldsOf<{ data: unknown }>(result).data).map((app) => fieldsOf<SubscribedApp>(app));
  const own = appId === undefined ? apps : apps.filter(({ id }) => writtenOf(id) === appId);
  return own.flatMap(({ subscribed_fields }) => listOf(subscribed_fields));
}

interface SubscribedApp {
  readonly id: unknown;
  readonly subscribed_fields: unknown;
}

function inspectCallback(current: string | undefined, url: string): Inspected {
  if (current === undefined) return { kind: 'deaf', why: 'the app has no address for its webhooks' };
  // The address of any channel of ours does for all channels of the app.
  if (hostOf(current) === hostOf(url)) return { kind: 'listening' };
  if (isOfSame(current, url)) return { kind: 'deaf', why: 'the webhooks of the app go to an earlier address' };
  return { kind: 'elsewhere', why: `the webhooks of the app go to ${hostOf(current)}` };
}

/** The address that the app's webhooks of that object go to. Undefined if there is none. */
function callbackOf(result: unknown, object: string): string | undefined {
  const subscriptions = listOf(fieldsOf<{ data: unknown }>(result).data).map((one) => fieldsOf<Subscription>(one));
  const found = subscriptions.find((one) => one.object === object && one.active !== false);
  return stringOf(found?.callback_url) || undefined;
}

interface Subscription {
  readonly object: unknown;
  readonly callback_url: unknown;
  readonly active: unknown;
}

/**
 * The credentials to blame for a refusal. `field` names the page or the account.
 * https://developers.facebook.com/docs/graph-api/guides/error-handling
 */
function blamed({ code, subcode, description }: Refused, field: string, secretField: string): readonly string[] {
  if (/appsecret_proof/i.test(description)) return [secretField];
  if (meaningOf(code, subcode)?.kind === 'unauthorized') return ['credentials.accessToken'];
  // There is no such object, or not for this token. Of any other parameter the code is 100 as well.
  const isNotThere = ['33', '803'].includes(code) || subcode === '33';
  return isNotThere ? [field] : ['credentials'];
}
