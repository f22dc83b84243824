import * as z from 'zod/mini';
import type { DescribedRoutes } from '#api/described-route';
import { count, optionalText, text, time } from '#api/fields';
import { presentTime } from '#api/present-time';
import { ERASURE_KINDS, type Erasure } from '#domain/erasure';
import type { NoFields } from '#no-fields';

/** The erasure that a request has begun, or that was under way already. */
export const begunErasure = z.object({ erasureId: text });

/** How much was erased. */
export const erased = z.object({
  chats: count,
  messages: count,
  files: count,
  contacts: count,
  deals: count,
  deliveries: count,
});

/** An erasure. It tells nothing of the person. */
export const erasure = z.object({
  erasureId: text,
  kind: z.enum(ERASURE_KINDS),
  state: z.enum(['pending', 'done']),
  requestedAt: time,
  doneAt: z.nullable(time),
  erased,
});

/** A page of erasures, after `after`, which is the `next` of the page before. */
export const erasureQuery = z.object({ after: optionalText });

/** Erasures, the newest first, at most 50. */
export const erasureList = z.object({ erasures: z.array(erasure), next: z.nullable(text) });

/** An erasure as it is reported. */
export function presentErasure({ id, kind, requestedAt, doneAt, erased, ...rest }: Erasure): z.infer<typeof erasure> {
  rest satisfies NoFields;
  return {
    erasureId: id,
    kind,
    state: doneAt === undefined ? 'pending' : 'done',
    requestedAt: presentTime(requestedAt),
    doneAt: doneAt === undefined ? null : presentTime(doneAt),
    erased: { ...erased },
  };
}

/** The routes of people and erasures. */
export const describedPeopleRoutes = {
  'DELETE /v1/people/{chatType}/{chatId}': {
    operationId: 'erasePerson',
    tag: 'People',
    summary: 'Erase everything that Konvert knows of a person, in all channels',
    description:
      'By any of their ids in a messenger. From the answer on no list, history, search or event shows the person; what is stored follows within minutes. What they write afterwards is a new client’s. While one is under way, another request answers the same `erasureId`. A connected CRM keeps what it has.',
    answer: begunErasure,
    status: 202,
    security: 'apiKey',
    errors: ['PERSON_NOT_FOUND', 'STARTING'],
  },
  'GET /v1/erasures': {
    operationId: 'listErasures',
    tag: 'People',
    summary: 'What was erased within 90 days, the newest first; with the operator key, accounts',
    query: erasureQuery,
    answer: erasureList,
    status: 200,
    security: 'anyKey',
    errors: ['INVALID_REQUEST'],
  },
  'GET /v1/erasures/{erasureId}': {
    operationId: 'getErasure',
    tag: 'People',
    summary: 'How far an erasure is, or that it is done; with the operator key, of an account',
    answer: erasure,
    status: 200,
    security: 'anyKey',
    errors: ['ERASURE_NOT_FOUND'],
  },
} satisfies DescribedRoutes;
