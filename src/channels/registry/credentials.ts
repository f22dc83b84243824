import type * as z from 'zod/mini';
import { credentialsSchema as telegram } from '#channels/telegram/credentials';
import { credentialsSchema as wapi } from '#channels/wapi/credentials';

/** The credentials that a channel of each transport needs, as its messenger reads them. */
export const credentialSchemas = { telegram, wapi } as const satisfies Readonly<Record<string, z.ZodMiniType>>;
