import { isSameSecret } from '#calls/secrets';
import { MAX_NAME_LENGTH } from '#channels/bounds';
import type { Identity, Setup } from '#channels/channel';
import { CredentialsRefusedError, MessengerUnreachableError } from '#channels/errors';
import { fieldsOf, isObject, listOf, stringOf, wholeOf } from '#channels/fields';
import { readCredentials } from '#channels/read-credentials';
import { notInspected, type Refused, resultOf } from '#channels/result-of';
import type { Credentials } from '#channels/terms';
import { isOfSame } from '#channels/webhook-address';
import { cut } from '#domain/cut';
import { visibleName } from '#domain/profile';
import { type CallVk, type Parameters, VK_VERSION } from './client.ts';
import { credentialsSchema } from './credentials.ts';
import { meaningOf } from './errors.ts';
import { SETTINGS } from './settings.ts';
import { secretKeyOf } from './webhook.ts';

/** The name of our server in the community's page. VK takes at most 14 characters. */
const TITLE = 'Konvert';

/** What the token has to allow: to read and to write, and to add our server. */
const RIGHTS = ['messages', 'manage'] as const;

/** A server that the community calls: https://dev.vk.com/ru/method/groups.getCallbackServers */
export interface CallbackServer {
  readonly id: number;
  readonly url: string;
  readonly status: string;
  readonly secret: string;
}

interface ServerFields {
  readonly id: unknown;
  readonly url: unknown;
  readonly status: unknown;
  readonly secret_key: unknown;
}

/** What the setup needs from outside. */
export interface VkSetupOptions {
  readonly call: CallVk;
  /** Whether `credentials.apiBaseUrl` has to be https, because the token goes there. */
  readonly httpsOnly: boolean;
  /** How long each call waits for an answer. */
  readonly timeoutMs: number;
}

/** Connects communities. */
export function createVkSetup({ call, httpsOnly, timeoutMs }: VkSetupOptions): Setup {
  async function ask(credentials: Credentials, method: string, parameters: Parameters = {}): Promise<unknown> {
    const answer = await call(credentials, method, parameters, AbortSignal.timeout(timeoutMs));
    return resultOf(answer, blamed);
  }

  /** The servers that lead to the path of `url`, at any host: the installation may have had another address. */
  async function ownServers(credentials: Credentials, url: string): Promise<CallbackServer[]> {
    const parameters = { group_id: credentials.groupId ?? '' };
    const servers = serversIn(await ask(credentials, 'groups.getCallbackServers', parameters));
    if (!servers) throw new MessengerUnreachableError('an unreadable answer about the servers');
    return servers.filter((server) => isOfSame(server.url, url));
  }

  async function removeServer(credentials: Credentials, { id }: CallbackServer): Promise<void> {
    const parameters = { group_id: credentials.groupId ?? '', server_id: id };
    await ask(credentials, 'groups.deleteCallbackServer', parameters);
  }

  return {
    readCredentials: (input) =>
      readCredentials(credentialsSchema, input, { all: ['groupId', 'accessToken'], httpsOnly }),

    async connect(credentials) {
      // Without an id a token of a community names its own one.
      const identity = toIdentity(await ask(credentials, 'groups.getById'));
      if (identity.id !== credentials.groupId) {
        const description = `The token is of the community ${identity.id}`;
        throw new CredentialsRefusedError(description, ['credentials.groupId']);
      }
      const missing = missingRights(await ask(credentials, 'groups.getTokenPermissions'));
      if (missing.length === 0) return identity;
      throw new CredentialsRefusedError(`The token does not allow: ${missing.join(', ')}`, ['credentials.accessToken']);
    },

    /** Adds our server, and takes away those of ours that were there before. Servers of others stay. */
    async register({ credentials, webhookSecret }, url) {
      if (credentials.confirmation !== undefined) return;
      const { groupId = '' } = credentials;
      const before = await ownServers(credentials, url);
      const server = { group_id: groupId, url, title: TITLE, secret_key: secretKeyOf(webhookSecret) };
      const made = fieldsOf<{ server_id: unknown }>(await ask(credentials, 'groups.addCallbackServer', server));
      const serverId = wholeOf(made.server_id);
      if (serverId === undefined) throw new MessengerUnreachableError('an unreadable answer to addCallbackServer');
      const settings = { group_id: groupId, server_id: serverId, api_version: VK_VERSION, ...SETTINGS };
      await ask(credentials, 'groups.setCallbackSettings', settings);
      for (const old of before) if (old.id !== serverId) await removeServer(credentials, old);
      const added = (await ownServers(credentials, url)).find(({ id }) => id === serverId);
      if (added?.status !== 'failed') return;
      await removeServer(credentials, added);
      throw new CredentialsRefusedError('VK could not confirm the address of the webhook');
    },

    async inspect({ credentials, webhookSecret }, url, signal) {
      const { groupId = '' } = credentials;
      const answer = await call(credentials, 'groups.getCallbackServers', { group_id: groupId }, signal);
      if (answer.kind !== 'ok') return notInspected(answer, isOfToken);
      const servers = serversIn(answer.result);
      if (!servers) return { kind: 'unknown', why: 'an unreadable answer about the servers' };
      const server = servers.find((one) => one.url === url);
      if (!server) return { kind: 'deaf', why: 'VK has no server with the address of the channel' };
      // `wait` and `unconfigured` end by themselves, in one of the other two.
      if (server.status === 'failed') return { kind: 'deaf', why: 'VK has given the server up' };
      if (server.secret !== '' && !isSameSecret(server.secret, secretKeyOf(webhookSecret))) {
        return { kind: 'deaf', why: 'VK has another secret key for the server' };
      }
      const about = { group_id: groupId, server_id: server.id };
      const settings = await call(credentials, 'groups.getCallbackSettings', about, signal);
      if (settings.kind !== 'ok') return notInspected(settings, isOfToken);
      const { events } = fieldsOf<{ events: unknown }>(settings.result);
      const { message_new: isTold } = fieldsOf<{ message_new: unknown }>(events);
      // VK writes it as a number, or as `true`.
      const isDeaf = isTold === 0 || isTold === '0' || isTold === false;
      return isDeaf ? { kind: 'deaf', why: 'VK does not tell the server of messages' } : { kind: 'listening' };
    },

    async unregister(credentials, url) {
      for (const server of await ownServers(credentials, url)) await removeServer(credentials, server);
    },

    typedIn: ({ webhookSecret }) => ({ secretToken: secretKeyOf(webhookSecret) }),

    callsDuringRegister: true,
  };
}

/** Whether the token is no longer one. */
function isOfToken({ code }: Refused): boolean {
  return meaningOf(code)?.kind === 'unauthorized';
}

/** The credentials to blame for a refusal. */
function blamed(refused: Refused): readonly string[] {
  const { code, description } = refused;
  if (['7', '15', '20'].includes(code) || isOfToken(refused)) return ['credentials.accessToken'];
  const isGroup = ['125', '203'].includes(code) || (code === '100' && /group/i.test(description));
  return isGroup ? ['credentials.groupId'] : ['credentials'];
}

/** Since version 5.199 the list is inside an object: https://github.com/vkbottle/vkbottle/issues/1072 */
function toIdentity(result: unknown): Identity {
  const groups = isObject(result) ? result.groups : result;
  const { id, name, screen_name } = fieldsOf<{ id: unknown; name: unknown; screen_name: unknown }>(listOf(groups)[0]);
  const groupId = wholeOf(id) ?? 0;
  if (groupId <= 0) throw new MessengerUnreachableError('an unreadable answer to groups.getById');
  const screenName = stringOf(screen_name);
  const plainId = /^[\w.]{1,64}$/.test(screenName) ? screenName : `club${groupId}`;
  const shown = cut(visibleName(stringOf(name).slice(0, 1024)) ?? '', MAX_NAME_LENGTH);
  return { id: String(groupId), plainId, name: shown || plainId };
}

/** https://dev.vk.com/ru/method/groups.getTokenPermissions */
function missingRights(result: unknown): readonly string[] {
  const { permissions } = fieldsOf<{ permissions: unknown }>(result);
  if (!Array.isArray(permissions)) throw new MessengerUnreachableError('an unreadable answer about the rights');
  const names = listOf(permissions).map((one) => fieldsOf<{ name: unknown }>(one).name);
  return RIGHTS.filter((right) => !names.includes(right));
}

function serversIn(result: unknown): CallbackServer[] | undefined {
  const { items } = fieldsOf<{ items: unknown }>(result);
  if (!Array.isArray(items)) return undefined;
  return listOf(items).flatMap((item) => {
    const { id, url, status, secret_key } = fieldsOf<ServerFields>(item);
    const serverId = wholeOf(id);
    const told = { url: stringOf(url), status: stringOf(status), secret: stringOf(secret_key) };
    return serverId === undefined ? [] : [{ id: serverId, ...told }];
  });
}
