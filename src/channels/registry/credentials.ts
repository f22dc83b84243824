import type * as z from 'zod/mini';
import { credentialsSchema as avito } from '#channels/avito/credentials';
import { credentialsSchema as whatsapp } from '#channels/evolution/credentials';
import { credentialsSchema as facebook } from '#channels/facebook/credentials';
import { credentialsSchema as instagram } from '#channels/instagram/credentials';
import { credentialsSchema as maxbot } from '#channels/maxbot/credentials';
import { credentialsSchema as telegram } from '#channels/telegram/credentials';
import { credentialsSchema as viber } from '#channels/viber/credentials';
import { credentialsSchema as vk } from '#channels/vk/credentials';
import { credentialsSchema as wapi } from '#channels/wapi/credentials';

/** The credentials that a channel of each transport needs, as its messenger reads them. */
export const credentialSchemas = {
  avito,
  facebook,
  instagram,
  maxbot,
  telegram,
  viber,
  vk,
  wapi,
  whatsapp,
} as const satisfies Readonly<Record<string, z.ZodMiniType>>;
