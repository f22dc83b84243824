import * as z from 'zod/mini';
import type { PageHolder, PageScope } from '#domain/page';
import { schemaOf } from '#schema-of';

const scopeSchema = schemaOf<PageScope>()(
  z.object({
    kind: z.enum(['global', 'card', 'settings']),
    filter: z.exactOptional(
      z.array(z.object({ chatType: z.string(), chatId: z.string(), name: z.exactOptional(z.string()) })),
    ),
    activeChat: z.exactOptional(
      z.object({ channelId: z.exactOptional(z.string()), chatType: z.string(), chatId: z.string() }),
    ),
    useDealsEvents: z.exactOptional(z.boolean()),
    useMessageEvents: z.exactOptional(z.boolean()),
  }),
);

/** Who looks at a page, and whether the operator has disabled their account. */
export interface FoundHolder extends PageHolder {
  readonly isDisabled: boolean;
}

/** The fields that links and tokens have in common. */
export const holderFields = {
  account: z.string(),
  userId: z.exactOptional(z.string()),
  userMade: z.exactOptional(z.number()),
  keyId: z.string(),
  scope: scopeSchema,
  deviceId: z.exactOptional(z.string()),
};
