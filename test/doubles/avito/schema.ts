/**
 * What Avito's OpenAPI of 30 April 2026 says of the bodies that Konvert and Avito send each other, written anew from it
 * as JSON Schema: https://developers.avito.ru/api-catalog/messenger/documentation. Where it names what it does not have
 * (`sendMessageRequestBody` requires `url`), what its own example has is required.
 */

const integer = { type: 'integer' } as const;
const string = { type: 'string' } as const;
const sizes = {
  type: 'object',
  patternProperties: { '^\\d+x\\d+$': string },
  additionalProperties: false,
  minProperties: 1,
} as const;

/** `nullable` fields of the description may be null and may be left out. */
function nullable(schema: object): object {
  return { anyOf: [schema, { type: 'null' }] };
}

function object(properties: Readonly<Record<string, object>>, required: readonly string[] = Object.keys(properties)) {
  return { type: 'object', properties, required, additionalProperties: false };
}

const content = object(
  {
    call: nullable(object({ status: { enum: ['missed'] }, target_user_id: integer })),
    flow_id: nullable(string),
    image: nullable(object({ sizes })),
    item: nullable(object({ image_url: string, item_url: string, price_string: nullable(string), title: string })),
    link: nullable(
      object(
        {
          preview: nullable(
            object({ description: string, domain: string, images: nullable(sizes), title: string, url: string }),
          ),
          text: string,
          url: string,
        },
        ['text', 'url'],
      ),
    ),
    location: nullable(
      object({ kind: string, lat: { type: 'number' }, lon: { type: 'number' }, text: string, title: string }),
    ),
    text: nullable(string),
    voice: nullable(object({ voice_id: string })),
  },
  [],
);

/** The kinds of messages in webhooks. */
export const MESSAGE_TYPES = [
  'text',
  'image',
  'system',
  'item',
  'call',
  'link',
  'location',
  'deleted',
  'appCall',
  'file',
  'video',
  'voice',
] as const;

/** What is posted to a webhook of version 3. */
export const webhook = object({
  id: string,
  version: string,
  timestamp: integer,
  payload: object({
    type: { const: 'message' },
    value: object({
      author_id: integer,
      chat_id: string,
      chat_type: { enum: ['u2i', 'u2u', 'a2u'] },
      content,
      created: integer,
      id: string,
      item_id: nullable(integer),
      published_at: { type: 'string', format: 'date-time' },
      read: nullable(integer),
      type: { enum: MESSAGE_TYPES },
      user_id: integer,
    }),
  }),
});

/** The bodies of Konvert's calls, by the names that the double has for them. */
export const requests: Readonly<Record<string, object>> = {
  'POST token': object({ grant_type: { const: 'client_credentials' }, client_id: string, client_secret: string }),
  'POST messages': object({
    message: object({ text: { type: 'string', minLength: 1, maxLength: 1000 } }),
    type: { const: 'text' },
  }),
  'POST image': object({ image_id: string }),
  'POST webhook': object({ url: { type: 'string', format: 'uri' } }),
  'POST unsubscribe': object({ url: string }),
};

/** Avito's answers, by the same names. */
export const answers: Readonly<Record<string, object>> = {
  'POST token': object({ access_token: string, expires_in: { type: 'number' }, token_type: string }),
  'POST messages': object({
    content: object({ text: string }),
    created: integer,
    direction: string,
    id: string,
    type: string,
  }),
  'POST image': object({
    author_id: integer,
    content: object({ image: object({ sizes }) }),
    created: integer,
    direction: string,
    id: string,
    type: string,
  }),
  'POST delete': { type: 'object' },
  'POST uploadImages': { type: 'object', additionalProperties: sizes, minProperties: 1 },
  'GET voices': object({ voices_urls: { type: 'object', additionalProperties: { type: 'string', format: 'uri' } } }),
  'POST subscriptions': object({
    subscriptions: { type: 'array', items: object({ url: string, version: string }) },
  }),
  'POST webhook': object({ ok: { type: 'boolean' } }),
  'POST unsubscribe': object({ ok: { type: 'boolean' } }),
};

/** A refusal of the messenger's methods. */
export const refusal = object({
  error: object({ code: integer, message: string, fields: { type: 'object' } }, ['code', 'message']),
});
