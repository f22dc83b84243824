import type * as z from 'zod/mini';
import { refreshingCrm } from '#api/crm-connection-routes';
import type { RouteName } from '#api/described';

/** A header of an answer, and what it says. */
type Headers = Readonly<Record<string, string>>;

/** An answer that is not the JSON of the route's `answer`. */
export interface OtherAnswer {
  readonly description: string;
  /** Its content types. None: the answer has no content. */
  readonly types?: readonly string[];
  readonly headers?: Headers;
  /** What its JSON is, and one of it. */
  readonly json?: { readonly schema: z.ZodMiniType; readonly example: unknown };
}

const FILE_HEADERS = {
  ETag: 'Names the content',
  'Content-Disposition': 'Whether a browser shows the file or stores it',
} as const;
const ANY_FILE = ['application/octet-stream', 'image/*', 'audio/*', 'video/*', 'application/*', 'text/*'] as const;
const POLICY = { 'Content-Security-Policy': 'What the document may load' } as const;

const FRAME = {
  200: {
    description: 'The link, if no browser asked; else why the page is not shown',
    types: ['application/json', 'text/html'],
  },
  302: { description: 'To the page', headers: { Location: 'Good once' } },
} as const;

const TAKEN = { 200: { description: 'Taken: `ok`', types: ['text/plain'] } } as const;

/** The answers of routes that serve texts, documents and files, and further answers that are no errors. */
export const OTHER_ANSWERS: { readonly [R in RouteName]?: Readonly<Record<number, OtherAnswer>> } = {
  'GET /webhooks/{transport}/{channelId}': {
    200: { description: 'The challenge of the messenger, as it was sent', types: ['text/plain'] },
  },
  'POST /webhooks/{transport}/{channelId}': {
    200: { description: 'Taken: `ok`, or the words that the messenger wants', types: ['text/plain'] },
    503: { description: 'The secret is wrong, and the messenger would not repeat it after 401', types: ['text/plain'] },
  },
  'POST /v1/crm/refresh': {
    202: {
      description: 'It goes on by itself',
      types: ['application/json'],
      json: { schema: refreshingCrm, example: { refreshing: true } },
    },
  },
  'GET /v1/crm/callback/{crm}': {
    302: { description: 'To the settings', headers: { Location: 'The screen of the CRM' } },
  },
  'GET /webhooks/crm/{crm}/{connectionId}/{secret}': TAKEN,
  'POST /webhooks/crm/{crm}/{connectionId}/{secret}': TAKEN,
  'GET /webhooks/frame/{crm}/{connectionId}': FRAME,
  'POST /webhooks/frame/{crm}/{connectionId}': FRAME,
  'OPTIONS /webhooks/frame/{crm}/{connectionId}': {
    204: { description: 'Whether the page that asks may call, as CORS says it' },
  },
  'GET /v1/statistics': { 200: { description: 'The same rows as a table', types: ['text/csv'] } },
  'GET /files/{file}/{name}': {
    200: { description: 'The file', types: ANY_FILE, headers: FILE_HEADERS },
    206: {
      description: 'The bytes that `Range` asks for',
      types: ANY_FILE,
      headers: { ...FILE_HEADERS, 'Content-Range': 'Which bytes' },
    },
    302: { description: 'A file of more than 4 MB lies there', headers: { Location: 'Good for 15 minutes' } },
    304: { description: 'The caller has it already, by `If-None-Match`', headers: FILE_HEADERS },
  },
  'HEAD /files/{file}/{name}': {
    200: { description: 'The file is there', headers: { ...FILE_HEADERS, 'Content-Length': 'Its size' } },
    304: { description: 'The caller has it already, by `If-None-Match`', headers: FILE_HEADERS },
  },
  'GET /': { 302: { description: 'To the page', headers: { Location: '`chat/-`' } } },
  'GET /chat/{accountId}': { 200: { description: 'The document', types: ['text/html'], headers: POLICY } },
  'GET /page/{file}': {
    200: {
      description: 'The file, in Brotli or gzip if `Accept-Encoding` has it',
      types: ['text/javascript', 'text/css', 'text/html', 'application/json', 'image/*', 'font/woff2'],
    },
  },
  'GET /docs/{file}': {
    200: {
      description: 'A part of the guide and the reference',
      types: ['text/javascript', 'text/css', 'application/json', 'image/*', 'font/woff2'],
    },
  },
  'GET /openapi.json': { 200: { description: 'This description', types: ['application/json'] } },
  'GET /docs': {
    200: { description: 'The guide and the reference', types: ['text/html'], headers: POLICY },
    302: { description: 'Asked for with a slash at the end', headers: { Location: '`../docs`' } },
  },
};
