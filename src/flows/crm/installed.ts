import * as z from 'zod/mini';
import type { Tokens } from '#crms/crm';
import { schemaOf } from '#schema-of';

/** What a CRM gave at its installation, sealed while it waits in the lane of news. */
export interface Installed {
  readonly tokens: Tokens;
  readonly hookSecret?: string;
}

const installedSchema = schemaOf<Installed>()(
  z.object({
    tokens: z.object({
      accessToken: z.string(),
      refreshToken: z.exactOptional(z.string()),
      goodUntil: z.exactOptional(z.number()),
      host: z.exactOptional(z.string()),
    }),
    hookSecret: z.exactOptional(z.string()),
  }),
);

/** The text of it, which has to be sealed. */
export function writeInstalled(given: Installed): string {
  return JSON.stringify(given);
}

/** What the text holds. */
export function readInstalled(text: string): Installed {
  return installedSchema.parse(JSON.parse(text));
}
