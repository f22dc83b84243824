import * as z from 'zod/mini';
import { lenient } from '#calls/lenient';
import { MAX_NAME_LENGTH } from '#channels/bounds';
import type { Setup } from '#channels/channel';
import type { CallGraph } from '#channels/meta/client';
import { PAGE_FIELDS } from '#channels/meta/fields';
import { createMessagingSetup, type Way } from '#channels/meta/messaging-setup';
import { readCredentials } from '#channels/read-credentials';
import type { Credentials } from '#channels/terms';
import { cut } from '#domain/cut';
import { visibleName } from '#domain/profile';
import { credentialsSchema } from './credentials.ts';

const pageSchema = z.object({
  id: z.string().check(z.regex(/^\d{1,32}$/)),
  name: lenient(z.string().check(z.maxLength(1024))),
});

const NEEDED = ['pageId', 'accessToken', 'appSecret'];

/** How the channel reaches its page. */
export function wayOf(call: CallGraph): (credentials: Credentials) => Way {
  return (credentials) => ({
    call,
    credentials,
    node: credentials.pageId ?? '',
    field: 'credentials.pageId',
    secretField: 'credentials.appSecret',
    subscribed: PAGE_FIELDS,
    // Without the second, replies from the page's inbox are not seen.
    needed: ['messages', 'message_echoes'],
    about: { fields: 'id,name' },
    conversations: { platform: 'messenger', fields: 'id', limit: '1' },
    identify(result) {
      const read = pageSchema.safeParse(result);
      if (!read.success) return undefined;
      const { id, name = '' } = read.data;
      return { id, plainId: id, name: cut(visibleName(name) ?? '', MAX_NAME_LENGTH) || id };
    },
  });
}

/** Connects pages of Facebook. */
export function createFacebookSetup(
  call: CallGraph,
  { httpsOnly, timeoutMs }: { readonly httpsOnly: boolean; readonly timeoutMs: number },
): Setup {
  return createMessagingSetup({
    callApp: call,
    object: 'page',
    webhookFields: PAGE_FIELDS,
    wayOf: wayOf(call),
    readCredentials: (input) => readCredentials(credentialsSchema, input, { all: NEEDED, httpsOnly }),
    timeoutMs,
  });
}
