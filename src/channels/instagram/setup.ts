import * as z from 'zod/mini';
import { lenient } from '#calls/lenient';
import { MAX_NAME_LENGTH } from '#channels/bounds';
import type { Identity, Setup } from '#channels/channel';
import { fieldsOf, isObject, stringOf } from '#channels/fields';
import type { CallGraph } from '#channels/meta/client';
import { INSTAGRAM_FIELDS, INSTAGRAM_SUBSCRIBED, PAGE_FIELDS } from '#channels/meta/fields';
import { createMessagingSetup, type Way } from '#channels/meta/messaging-setup';
import { type ReadCredentials, readCredentials } from '#channels/read-credentials';
import type { Credentials } from '#channels/terms';
import { cut } from '#domain/cut';
import { visibleName } from '#domain/profile';
import { credentialsSchema } from './credentials.ts';
import { createRenew } from './renew.ts';

/** How Instagram is called: the accounts' own host, and Meta's. */
export interface Hosts {
  readonly callInstagram: CallGraph;
  readonly callMeta: CallGraph;
}

const id = z.string().check(z.regex(/^\d{1,32}$/));
const text = lenient(z.string().check(z.maxLength(1024)));
const accountSchema = z.object({ id, user_id: lenient(z.union([id, z.int()])), username: text, name: text });

type Claims = Pick<z.infer<typeof accountSchema>, 'username' | 'name'>;

const NEEDED = ['igId', 'accessToken', 'appSecret'];

/** How the channel reaches its account: by Instagram Login, or by the page that it is linked to. */
export function wayOf({ callInstagram, callMeta }: Hosts): (credentials: Credentials) => Way {
  return (credentials) => {
    const { igId, pageId, appSecret = '', igAppSecret } = credentials;
    if (igId === undefined) {
      return {
        call: callMeta,
        credentials,
        node: pageId ?? '',
        field: 'credentials.pageId',
        secretField: 'credentials.appSecret',
        // A page has one list for both messengers, and the last call replaces it.
        subscribed: PAGE_FIELDS,
        needed: ['messages'],
        about: { fields: 'id,name,instagram_business_account{id,username,name}' },
        conversations: { platform: 'instagram', fields: 'id', limit: '1' },
        identify: (result) => ofPage(result),
      };
    }
    return {
      call: callInstagram,
      credentials: { ...credentials, appSecret: igAppSecret ?? appSecret },
      node: 'me',
      field: 'credentials.igId',
      secretField: igAppSecret === undefined ? 'credentials.appSecret' : 'credentials.igAppSecret',
      subscribed: INSTAGRAM_SUBSCRIBED,
      needed: ['messages'],
      about: { fields: 'id,user_id,username,name' },
      conversations: { platform: 'instagram', fields: 'id', limit: '1' },
      identify: (result) => ofAccount(result, igId),
    };
  };
}

/** Connects accounts of Instagram. */
export function createInstagramSetup(
  hosts: Hosts,
  { httpsOnly, timeoutMs }: { readonly httpsOnly: boolean; readonly timeoutMs: number },
): Setup {
  const setup = createMessagingSetup({
    callApp: hosts.callMeta,
    object: 'instagram',
    webhookFields: INSTAGRAM_FIELDS,
    wayOf: wayOf(hosts),
    readCredentials: (input) => readOne(input, httpsOnly),
    timeoutMs,
  });
  return { ...setup, renew: createRenew(hosts.callInstagram) };
}

/** The credentials of the account itself, or of its page. */
function readOne(input: unknown, httpsOnly: boolean): ReadCredentials {
  const read = readCredentials(credentialsSchema, input, { all: NEEDED, httpsOnly });
  if ('fields' in read) return read;
  const { igId, pageId } = read.credentials;
  // One of them is needed: it names the account. Two would leave open which of them the token is for.
  return (igId === undefined) === (pageId === undefined) ? { fields: ['credentials.igId'] } : read;
}

/** `user_id` is the id in webhooks, `id` the one that only the app knows. Operators may copy either. */
function ofAccount(result: unknown, igId: string): ReturnType<Way['identify']> {
  const read = accountSchema.safeParse(result);
  if (!read.success) return undefined;
  const userId = String(read.data.user_id ?? read.data.id);
  if (![userId, read.data.id].includes(igId)) return { refused: 'The token is of another account of Instagram' };
  return toIdentity(userId, read.data);
}

function ofPage(result: unknown): ReturnType<Way['identify']> {
  const { instagram_business_account: account } = fieldsOf<{ instagram_business_account: unknown }>(result);
  if (!isObject(result) || stringOf(result.id) === '') return undefined;
  const read = accountSchema.safeParse(account);
  if (!read.success) return { refused: 'No professional account of Instagram is linked to the page' };
  return toIdentity(read.data.id, read.data);
}

function toIdentity(accountId: string, { username = '', name = '' }: Claims): Identity {
  const plainId = visibleName(username) ?? accountId;
  return { id: accountId, plainId, name: cut(visibleName(name) ?? '', MAX_NAME_LENGTH) || plainId };
}
