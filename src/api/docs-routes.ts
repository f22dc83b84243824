import * as z from 'zod/mini';
import type { DescribedRoutes } from '#api/described-route';

/** Konvert answers. */
export const health = z.object({ status: z.literal('ok') });

/** The routes that need no key: whether Konvert answers, and the description of its API. */
export const describedDocsRoutes = {
  'GET /healthz': {
    operationId: 'getHealth',
    tag: 'Service',
    summary: 'Whether Konvert answers',
    answer: health,
    status: 200,
    security: 'none',
    errors: [],
  },
  'GET /openapi.json': {
    operationId: 'getDescription',
    tag: 'Service',
    summary: 'This description',
    status: 200,
    security: 'none',
    errors: [],
  },
  'GET /docs': {
    operationId: 'getDocs',
    tag: 'Service',
    summary: 'A guide, and this description to read',
    status: 200,
    security: 'none',
    errors: [],
  },
  'GET /docs/{file}': {
    operationId: 'getDocsFile',
    tag: 'Service',
    summary: 'A file of that page',
    status: 200,
    security: 'none',
    errors: ['FILE_NOT_FOUND'],
  },
} satisfies DescribedRoutes;
