import { chats } from '#lib/chat-functions';
import { clients } from '#lib/client-functions';
import { crms } from '#lib/crm-functions';
import { deliveries } from '#lib/delivery-functions';
import { desk } from '#lib/desk-functions';
import { doorbells } from '#lib/doorbell-functions';
import { files } from '#lib/file-functions';
import type { FunctionDefinition } from '#lib/function-definition';
import { messages } from '#lib/message-functions';
import { news } from '#lib/news-functions';
import { operators } from '#lib/operator-functions';
import { pages } from '#lib/page-functions';
import { people } from '#lib/people-functions';

/** Every function, by its folder in `functions/`. It cannot touch a table that is not listed here for it. */
export const functions = {
  ...messages,
  ...chats,
  ...clients,
  ...crms,
  ...deliveries,
  ...news,
  ...desk,
  ...files,
  ...operators,
  ...people,
  ...pages,
  ...doorbells,
} as const satisfies Record<string, FunctionDefinition>;

/** The name of a function, which is that of its folder. */
export type FunctionName = keyof typeof functions;
