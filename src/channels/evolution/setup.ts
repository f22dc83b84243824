import * as z from 'zod/mini';
import { lenient } from '#calls/lenient';
import { MAX_NAME_LENGTH } from '#channels/bounds';
import type { Identity, Setup } from '#channels/channel';
import { ConnectedElsewhereError, MessengerUnreachableError } from '#channels/errors';
import { fieldsOf, isObject, stringOf } from '#channels/fields';
import { readCredentials } from '#channels/read-credentials';
import { type Refused, resultOf } from '#channels/result-of';
import type { Credentials } from '#channels/terms';
import { hostOf, isOfSame } from '#channels/webhook-address';
import { cut } from '#domain/cut';
import { visibleName } from '#domain/profile';
import type { BridgeRequest, CallBridge } from './client.ts';
import { credentialsSchema } from './credentials.ts';
import { idsOf } from './ids.ts';
import type { Inspection } from './inspect.ts';
import { WANTED_EVENTS } from './kinds.ts';

/** An instance as the bridge lists it. Before a phone is linked it has no owner. */
const instanceSchema = z.object({
  name: z.string(),
  ownerJid: lenient(z.nullable(z.string())),
  profileName: lenient(z.nullable(z.string())),
});

/** What the setup needs from outside. */
export interface EvolutionSetupOptions {
  readonly call: CallBridge;
  readonly inspection: Inspection;
  /** Whether `credentials.serverUrl` has to be https, because the key goes there. */
  readonly httpsOnly: boolean;
  /** How long each call waits for an answer. */
  readonly timeoutMs: number;
}

/** Connects instances of a bridge. */
export function createEvolutionSetup({ call, inspection, httpsOnly, timeoutMs }: EvolutionSetupOptions): Setup {
  const answerTo = (credentials: Credentials, request: BridgeRequest) =>
    call(credentials, request, AbortSignal.timeout(timeoutMs));

  async function ask(credentials: Credentials, request: BridgeRequest, fields = ['credentials']): Promise<unknown> {
    return resultOf(await answerTo(credentials, request), (refused) => blamed(refused, fields));
  }

  /** Creates the instance if there is none of that name. Only the key of the whole bridge may do so. */
  async function makeSure(credentials: Credentials): Promise<void> {
    const state = await answerTo(credentials, { method: 'GET', path: 'instance/connectionState' });
    if (state.kind !== 'refused' || !isMissing(state)) {
      resultOf(state, (refused) => blamed(refused, ['credentials']));
      return;
    }
    const json = {
      instanceName: credentials.instance,
      integration: 'WHATSAPP-BAILEYS',
      qrcode: false,
      groupsIgnore: true,
      rejectCall: false,
      readMessages: false,
      alwaysOnline: false,
      syncFullHistory: false,
    };
    await ask(credentials, { method: 'POST', path: 'instance/create', ofAll: true, json }, [
      'credentials.instance',
      'credentials.apiKey',
    ]);
  }

  /** The host of another program that gets the updates of the instance, if one does. An instance has one webhook. */
  async function otherHost(credentials: Credentials, url: string): Promise<string | undefined> {
    const answer = await answerTo(credentials, { method: 'GET', path: 'webhook/find' });
    if (answer.kind !== 'ok') return undefined;
    const { enabled, url: given } = fieldsOf<{ enabled: unknown; url: unknown }>(answer.result);
    const set = stringOf(given);
    return enabled !== true || set === '' || isOfSame(set, url) ? undefined : hostOf(set);
  }

  return {
    readCredentials: (input) =>
      readCredentials(credentialsSchema, input, { all: ['serverUrl', 'instance', 'apiKey'], httpsOnly }),

    async connect(credentials) {
      await makeSure(credentials);
      const query = { instanceName: credentials.instance ?? '' };
      const found = await ask(credentials, { method: 'GET', path: 'instance/fetchInstances', ofAll: true, query });
      return toIdentity(found, credentials);
    },

    async register({ credentials, webhookSecret }, url, { takeOver = false } = {}) {
      const host = takeOver ? undefined : await otherHost(credentials, url);
      if (host !== undefined) throw new ConnectedElsewhereError(`The webhook of the instance leads to ${host}`, host);
      const webhook = {
        enabled: true,
        url,
        headers: { jwt_key: webhookSecret },
        byEvents: false,
        base64: false,
        events: WANTED_EVENTS,
      };
      await ask(credentials, { method: 'POST', path: 'webhook/set', json: { webhook } });
    },

    async unregister(credentials, url) {
      if ((await otherHost(credentials, url)) !== undefined) return;
      const webhook = { enabled: false, url: 'https://unused.invalid/', byEvents: false, base64: false, events: [] };
      await ask(credentials, { method: 'POST', path: 'webhook/set', json: { webhook } });
    },

    typedIn: ({ webhookSecret }) => ({ secretToken: webhookSecret }),

    ...inspection,
  };
}

/** There is no such instance. A server that is no bridge says 404 in words of its own. */
export function isMissing({ code, description }: Refused): boolean {
  return code === '404' && /instance does not exist|not found/i.test(description);
}

/** The credentials to blame for a refusal. */
function blamed(refused: Refused, fields: readonly string[]): readonly string[] {
  if (isMissing(refused)) return ['credentials.instance'];
  if (fields.length > 1) return fields;
  return refused.code === '401' || refused.code === '403' ? ['credentials.apiKey'] : fields;
}

function toIdentity(result: unknown, { instance = '' }: Credentials): Identity {
  const all = (Array.isArray(result) ? result : [result]).filter(isObject);
  const found = all.map((one) => instanceSchema.safeParse(one).data).find((one) => one?.name === instance);
  if (!found) throw new MessengerUnreachableError('an unreadable answer about the instance');
  const [phone] = idsOf(found.ownerJid);
  const plainId = phone?.chatId ?? instance;
  const name = visibleName((found.profileName ?? '').slice(0, 1024)) ?? '';
  // A bridge that lost its database gives the instance another id, and it is still the same phone.
  return { id: instance, plainId, name: cut(name, MAX_NAME_LENGTH) || plainId };
}
