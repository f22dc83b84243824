import * as z from 'zod/mini';
import type { DescribedRoutes } from '#api/described-route';
import { count, optionalText, text, time } from '#api/fields';
import { CRM_PROBLEMS, CRMS } from '#domain/crm';

/** A CRM to connect. `credentials` are those that `docs/crms/` names for it. */
export const newCrmConnection = z.object({
  crm: z.enum(CRMS),
  credentials: z.record(z.string(), z.unknown()),
});

/** What changes of a connection: its credentials, or whether it works. */
export const crmConnectionChange = z.object({
  credentials: z.optional(z.record(z.string(), z.unknown())),
  enabled: z.optional(z.boolean()),
});

/** Something that a person has to do by hand in the CRM. */
export const crmTodo = z.object({ code: text, values: z.optional(z.record(z.string(), z.string())) });

/** A problem of a connection: its code, what it is about, and in words what ends it. */
export const crmProblem = z.object({
  code: z.enum(CRM_PROBLEMS),
  about: optionalText,
  since: time,
  text,
});

/** How a connection stands. */
export const crmState = z.enum(['connecting', 'active', 'degraded', 'unauthorized', 'blocked', 'disabled']);

/** The account of the CRM that is connected. */
export const crmPortal = z.object({ name: text, host: text });

/** The answer to connecting, and to new credentials. `authorizeUrl` is there if a person has to consent in the CRM. */
export const connectedCrm = z.object({
  connectionId: text,
  crm: z.enum(CRMS),
  state: crmState,
  authorizeUrl: optionalText,
  hooksUrl: text,
  frameUrl: text,
  todo: z.array(crmTodo),
});

/** Since when the CRM lets Konvert in no more, and in which words it said so. */
export const crmNoAccess = z.object({ since: time, because: text });

/** Until when the CRM is not called, because of its last answer. */
export const crmHeld = z.object({ until: time, code: text, description: text });

/**
 * The CRM of the account, and how the connection stands. `clientsWaiting` are new clients who are not in the CRM yet: those
 * that failed because it lets nobody in leave by themselves. With `atLeast` there may be more than was counted.
 */
export const crmConnection = z.object({
  connectionId: text,
  crm: z.enum(CRMS),
  state: crmState,
  portal: z.nullable(crmPortal),
  connectedAs: z.nullable(text),
  since: time,
  noAccess: z.optional(crmNoAccess),
  waiting: count,
  clientsWaiting: count,
  failed: count,
  atLeast: z.optional(z.literal(true)),
  held: z.optional(crmHeld),
  refreshing: z.boolean(),
  lastNewsAt: z.nullable(time),
  lastProofAt: z.nullable(time),
  problems: z.array(crmProblem),
  todo: z.array(crmTodo),
  hooksUrl: text,
  frameUrl: text,
});

/** The connection that was ended. */
export const disconnectedCrm = z.object({ connectionId: text });

/** What "refresh data from CRM" has changed. */
export const refreshedCrm = z.object({
  users: z.object({ added: count, changed: count, gone: count }),
  pipelines: count,
  problems: z.array(crmProblem),
});

/** A refresh that takes longer than a request may: it goes on by itself. */
export const refreshingCrm = z.object({ refreshing: z.literal(true) });

/** The routes by which an account is connected to its CRM (C3). */
export const describedCrmConnectionRoutes = {
  'POST /v1/crm': {
    operationId: 'connectCrm',
    tag: 'CRM',
    summary: 'Connect the CRM of the account',
    description:
      'With a token, the connection is tried before the answer: who we are there, what Konvert needs there, users and pipelines. Where a person has to consent, `authorizeUrl` is to be opened in a browser within ten minutes, and the state stays `connecting` until then. An account has one CRM.',
    body: newCrmConnection,
    answer: connectedCrm,
    status: 201,
    security: 'apiKey',
    errors: ['INVALID_REQUEST', 'INVALID_CREDENTIALS', 'CRM_REFUSED', 'CRM_CONNECTED', 'CRM_UNREACHABLE'],
  },
  'GET /v1/crm': {
    operationId: 'getCrm',
    tag: 'CRM',
    summary: 'The CRM of the account, and how the connection stands',
    description: 'No answer shows credentials or tokens.',
    answer: crmConnection,
    status: 200,
    security: 'apiKey',
    errors: ['CRM_NOT_CONNECTED'],
  },
  'PATCH /v1/crm': {
    operationId: 'changeCrm',
    tag: 'CRM',
    summary: 'Give new credentials, or switch the connection off and on',
    description:
      'New credentials have to be of the same account of the CRM, and are tried as in `POST /v1/crm`. While the connection is off, nothing is sent to the CRM and nothing is taken from it; what waits stays.',
    body: crmConnectionChange,
    answer: connectedCrm,
    status: 200,
    security: 'apiKey',
    errors: [
      'INVALID_REQUEST',
      'INVALID_CREDENTIALS',
      'CRM_REFUSED',
      'CRM_NOT_CONNECTED',
      'CRM_CONNECTED',
      'CRM_UNREACHABLE',
    ],
  },
  'DELETE /v1/crm': {
    operationId: 'disconnectCrm',
    tag: 'CRM',
    summary: 'Disconnect the CRM; users, contacts and deals stay as they are',
    description: 'What Konvert has registered for itself in the CRM is taken away, if the CRM answers.',
    answer: disconnectedCrm,
    status: 200,
    security: 'apiKey',
    errors: ['CRM_NOT_CONNECTED'],
  },
  'POST /v1/crm/refresh': {
    operationId: 'refreshCrm',
    tag: 'CRM',
    summary: 'Load users and pipelines from the CRM now',
    description:
      'It needs no body. Without a call it happens once an hour. If the CRM takes longer than 25 s, the answer is 202: it goes on by itself, and `refreshing` of `GET /v1/crm` is true until it is done.',
    answer: refreshedCrm,
    status: 200,
    security: 'apiKey',
    errors: ['CRM_REFUSED', 'CRM_NOT_CONNECTED', 'CRM_UNREACHABLE'],
  },
  'GET /v1/crm/callback/{crm}': {
    operationId: 'returnFromCrm',
    tag: 'CRM',
    summary: 'Where the CRM sends the browser of a person who has consented, or has not',
    description:
      'The query is the CRM’s own. Its `state` is that of `authorizeUrl`, and is good once within ten minutes. The browser is sent to the settings: `#/settings/crm/connected`, or `#/settings/crm/refused/<code>`.',
    status: 302,
    security: 'none',
    errors: [],
  },
  'GET /webhooks/crm/{crm}/{connectionId}/{secret}': {
    operationId: 'receiveLeaveFromCrm',
    tag: 'CRM',
    summary: 'Where a CRM says that its integration was taken away',
    description:
      'amoCRM calls it so, and signs `account_id` and `client_uuid` of the query with the secret key of the integration. The grant ends at once, and nothing is lost. What is verified is 200 with the text `ok`.',
    status: 200,
    security: 'none',
    errors: ['CRM_NOT_CONNECTED', 'UNAUTHORIZED'],
  },
  'POST /webhooks/crm/{crm}/{connectionId}/{secret}': {
    operationId: 'receiveFromCrm',
    tag: 'CRM',
    summary: 'Where a CRM says what has changed in it',
    description:
      'The address holds a secret, and the CRM proves itself in its own way. A hook only rings: what it names is read from the CRM anew. Everything that is verified is 200 with the text `ok`.',
    status: 200,
    security: 'none',
    errors: ['CRM_NOT_CONNECTED', 'UNAUTHORIZED', 'TOO_LARGE', 'INVALID_BODY', 'UNSUPPORTED_MEDIA_TYPE'],
  },
  'GET /webhooks/frame/{crm}/{connectionId}': {
    operationId: 'openFrame',
    tag: 'CRM',
    summary: 'Where a CRM opens the page in a frame of its own (P4)',
    description:
      'The request has to prove who looks, as the CRM signs it; a proof that the CRM gives for one request is taken once. A browser (`Accept: text/html`) is sent to the page by a link that is good once, or told in its language why not. A program is answered with the link: `{"url"}`.',
    status: 302,
    security: 'none',
    errors: ['CRM_NOT_CONNECTED', 'UNAUTHORIZED'],
  },
  'POST /webhooks/frame/{crm}/{connectionId}': {
    operationId: 'openFrameByPost',
    tag: 'CRM',
    summary: 'The same as GET',
    status: 302,
    security: 'none',
    errors: ['CRM_NOT_CONNECTED', 'UNAUTHORIZED', 'INVALID_BODY', 'TOO_LARGE', 'UNSUPPORTED_MEDIA_TYPE'],
  },
  'OPTIONS /webhooks/frame/{crm}/{connectionId}': {
    operationId: 'askFrame',
    tag: 'CRM',
    summary: 'What a browser asks before a page of the CRM calls by a script (CORS)',
    description: 'Pages of the connected account of the CRM may call. Others get no leave.',
    status: 204,
    security: 'none',
    errors: [],
  },
} satisfies DescribedRoutes;
