import * as z from 'zod/mini';
import { described } from '#api/described';
import { webhooks } from '#api/described-events';
import type { DescribedRoute } from '#api/described-route';
import { text } from '#api/fields';

/**
 * The answer to every request that fails: a code for machines and an explanation. `data` names the fields or limits at
 * fault.
 */
const errorAnswer = z.object({ error: text, description: text, data: z.optional(z.unknown()) });

/** A description of the API for machines. */
export type OpenApi = ReturnType<typeof openApi>;

/** The OpenAPI 3.1 description of all routes, from the schemas that handlers read with. */
export function openApi() {
  const paths: Record<string, Record<string, unknown>> = {};
  for (const [route, description] of Object.entries(described)) {
    const [method = '', path = ''] = route.split(' ');
    paths[path] = { ...paths[path], [method.toLowerCase()]: operation(path, description) };
  }
  return {
    openapi: '3.1.0',
    info: { title: 'Konvert', version: '1', description: 'Unanswered chats; compatible with the Wazzup API v3.' },
    components: {
      securitySchemes: { apiKey: { type: 'http', scheme: 'bearer' }, operatorKey: { type: 'http', scheme: 'bearer' } },
    },
    paths,
    webhooks: webhooks(schemaOf),
  };
}

/** The keys that a route takes, each by itself. */
const SECURITY = {
  none: [],
  apiKey: [{ apiKey: [] }],
  operatorKey: [{ operatorKey: [] }],
  anyKey: [{ apiKey: [] }, { operatorKey: [] }],
} as const satisfies Record<DescribedRoute['security'], unknown>;

function operation(path: string, { operationId, tag, summary, body, query, answer, status, security }: DescribedRoute) {
  return {
    operationId,
    tags: [tag],
    summary,
    security: SECURITY[security],
    parameters: [...pathParameters(path), ...(query ? queryParameters(query) : [])],
    ...(body && {
      requestBody: {
        required: !body.safeParse(undefined).success,
        content: { 'application/json': { schema: schemaOf(body, 'input') } },
      },
    }),
    responses: {
      [status]: {
        description: 'Done',
        ...(answer && { content: { 'application/json': { schema: schemaOf(answer, 'output') } } }),
      },
      default: {
        description: 'An error, with its code and what to do',
        content: { 'application/json': { schema: schemaOf(errorAnswer, 'output') } },
      },
    },
  };
}

function pathParameters(path: string) {
  return [...path.matchAll(/\{(\w+)\}/g)].map(([, name]) => ({
    name,
    in: 'path',
    required: true,
    schema: { type: 'string' },
  }));
}

function queryParameters(query: z.ZodMiniType) {
  const { properties = {} } = schemaOf(query, 'input') as { properties?: Record<string, unknown> };
  return Object.entries(properties).map(([name, schema]) => ({ name, in: 'query', required: false, schema }));
}

function schemaOf(schema: z.ZodMiniType, io: 'input' | 'output'): Record<string, unknown> {
  const { $schema: _dialect, ...rest } = z.toJSONSchema(schema, { io, unrepresentable: 'any' });
  return rest;
}
