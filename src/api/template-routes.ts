import * as z from 'zod/mini';
import { digits } from '#api/crm-fields';
import type { DescribedRoutes } from '#api/described-route';
import { optionalText, text } from '#api/fields';

const MOST_LISTED = 1000;

/** A page of templates: at most `limit` (100 by default, 1000 at most) behind the first `offset`. */
export const templateListQuery = z.object({ limit: z.optional(digits), offset: z.optional(digits) });

/** The place of a page in a list. */
export function pageOf({ limit = 100, offset = 0 }: z.infer<typeof templateListQuery>): [from: number, to: number] {
  return [offset, offset + Math.min(limit, MOST_LISTED)];
}

/** A button of a template, as Meta has it. */
export const listedTemplateButton = z.object({ type: text, text, url: optionalText });

/** The business account of a template. */
export const businessAccount = z.object({ wabaId: text, wabaName: text });

/** A part of a template. */
export const templateComponent = z.object({
  type: text,
  format: optionalText,
  text: optionalText,
  example: z.optional(z.array(text)),
  buttons: z.optional(z.array(listedTemplateButton)),
});

/**
 * A template of WhatsApp (reference, section 4). `templateGuid` is the `templateId` of `POST /v3/message`, and
 * `templateCode` a text that sends it. `channels` are all that can send it.
 */
export const template = z.object({
  templateGuid: text,
  accountId: z.int(),
  title: text,
  name: text,
  waba: businessAccount,
  channels: z.array(text),
  category: text,
  language: text,
  status: text,
  rejected_reason: text,
  namespace: text,
  components: z.array(templateComponent),
  templateCode: text,
});

/** A page of templates, ordered by name. */
export const templateList = z.array(template);

/** The route of templates. */
export const describedTemplateRoutes = {
  'GET /v3/templates/whatsapp': {
    operationId: 'listTemplates',
    tag: 'Templates',
    summary: 'The WhatsApp templates of the account’s channels',
    description:
      'A template that several channels can send is listed once. What Meta said is remembered for ten minutes. Channels of which Meta does not answer are left out, and named in the header `Konvert-Missing-Channels`.',
    query: templateListQuery,
    answer: templateList,
    status: 200,
    security: 'apiKey',
    asUser: true,
    errors: ['INVALID_REQUEST', 'CREDENTIALS_REFUSED', 'MESSENGER_UNREACHABLE'],
  },
} satisfies DescribedRoutes;
