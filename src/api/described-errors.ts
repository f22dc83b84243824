import type { DescribedRoute, RouteError } from '#api/described-route';
import type { DescribedSchemas, JsonSchema } from '#api/described-schemas';
import { errorExample } from '#api/examples/errors';
import { ERROR_CODES, type ErrorCode, type ErrorMeaning, type ErrorShape } from '#http/error-codes';

const MEANINGS: Readonly<Record<ErrorCode, ErrorMeaning>> = ERROR_CODES;

/** What every route answers to a request of its kind, whatever it does. */
function commonErrors(path: string, { security, body, asUser }: DescribedRoute): RouteError[] {
  const isOfAccount = security !== 'none' && security !== 'operatorKey';
  return [
    ...(security === 'none' ? [] : (['UNAUTHORIZED'] as const)),
    ...(isOfAccount ? (['FORBIDDEN', 'ACCOUNT_DISABLED'] as const) : []),
    ...(asUser ? (['UNKNOWN_USER'] as const) : []),
    ...(path.includes('{') ? (['NOT_FOUND'] as const) : []),
    ...(body ? (['INVALID_JSON', 'INVALID_BODY', 'TOO_LARGE', 'UNSUPPORTED_MEDIA_TYPE'] as const) : []),
    'INTERNAL_ERROR',
  ];
}

/** The codes that a route answers with each status, in the order of the statuses. */
export function errorsOf(path: string, route: DescribedRoute): ReadonlyMap<number, readonly ErrorCode[]> {
  const all = [...route.errors, ...commonErrors(path, route)].map(placed);
  const byStatus = Map.groupBy(all, ({ status }) => status);
  return new Map(
    [...byStatus]
      .sort(([one], [other]) => one - other)
      .map(([status, errors]) => [status, [...new Set(errors.map(({ code }) => code))].sort()]),
  );
}

function placed(error: RouteError): { status: number; code: ErrorCode } {
  const [, status, code = ''] = /^(?:(\d+) )?(\w+)$/.exec(error) ?? [];
  const known = code as ErrorCode;
  return { status: status === undefined ? MEANINGS[known].statuses[0] : Number(status), code: known };
}

/** The shape of an error: that of its route, but a wrong key is told in the same words everywhere. */
export function shapeOf({ shape = 'plain' }: DescribedRoute, status: number): ErrorShape {
  return status === 401 ? 'plain' : shape;
}

/** Names the body of an error with one of these codes, of a route with that id. */
export type NameOfError = (
  shape: ErrorShape,
  codes: readonly ErrorCode[],
  operationId: string,
  status: number,
) => string;

const STATUS_WORDS: Readonly<Record<number, string>> = {
  400: 'BadRequest',
  401: 'Unauthorized',
  403: 'Forbidden',
  404: 'NotFound',
  409: 'Conflict',
  410: 'Gone',
  413: 'TooLarge',
  415: 'UnsupportedMediaType',
  416: 'RangeNotSatisfiable',
  429: 'TooManyRequests',
  500: 'InternalError',
  503: 'Unavailable',
};

/**
 * Names the bodies of the errors of all routes, because generators make a type of each: by their codes if several
 * routes have them, else by the route, such as `SendMessageBadRequest`.
 */
export function namesOfErrors(routes: Readonly<Record<string, DescribedRoute>>): NameOfError {
  const times = new Map<string, number>();
  const keyOf = (shape: ErrorShape, codes: readonly ErrorCode[]) => [shape, ...codes].join(' ');
  for (const [name, route] of Object.entries(routes)) {
    for (const [status, codes] of errorsOf(name.slice(name.indexOf('/')), route)) {
      const key = keyOf(shapeOf(route, status), codes);
      times.set(key, (times.get(key) ?? 0) + 1);
    }
  }
  return (shape, codes, operationId, status) => {
    if (times.get(keyOf(shape, codes)) === 1) return `${wordOf(operationId)}${STATUS_WORDS[status] ?? status}`;
    // Every route that takes a body has these two together.
    const readable = codes.filter((code) => code !== 'INVALID_BODY' && code !== 'INVALID_JSON');
    const told = [...readable.map(wordOf), ...(readable.length < codes.length ? ['UnreadableBody'] : [])];
    return `${shape === 'plain' ? '' : wordOf(shape)}${told.join('Or')}`;
  };
}

/** `CHAT_NOT_FOUND` as `ChatNotFound`. */
export function wordOf(code: string): string {
  const words = code === code.toUpperCase() ? code.toLowerCase().split('_') : [code];
  return words.map((word) => word.charAt(0).toUpperCase() + word.slice(1)).join('');
}

/** The body of an error that has one of these codes. A code may have a shape of its own. */
export function errorBody(schemas: DescribedSchemas, shape: ErrorShape, codes: readonly ErrorCode[]): JsonSchema {
  const byShape = Map.groupBy(codes, (code) => MEANINGS[code].shape ?? shape);
  const bodies = [...byShape].map(([one, those]) => bodyOf(schemas, one, those));
  return bodies.length === 1 ? bodies[0]! : { anyOf: bodies };
}

function bodyOf(schemas: DescribedSchemas, shape: ErrorShape, codes: readonly ErrorCode[]): JsonSchema {
  const code = { type: 'string', enum: codes };
  const { data, isNeeded } = dataOf(schemas, codes);
  return {
    type: 'object',
    properties: {
      ...(shape === 'message' && {
        status: { type: 'integer', description: 'That of the answer' },
        requestId: { type: 'string', description: '32 hexadecimal digits, as in the log' },
      }),
      error: shape === 'code' ? { type: 'object', properties: { code }, required: ['code'] } : code,
      description: { type: 'string', description: 'For people' },
      ...(data && { data }),
    },
    required: [
      ...(shape === 'message' ? ['status', 'requestId'] : []),
      'error',
      'description',
      ...(isNeeded ? ['data'] : []),
    ],
  };
}

/** What the codes say, for people. */
export function errorText(codes: readonly ErrorCode[]): string {
  return codes.map((code) => `\`${code}\`: ${MEANINGS[code].meaning}`).join('\n\n');
}

/** An example of the error, or one for each code that it may have. */
export function errorExamples(codes: readonly ErrorCode[], status: number, shape: ErrorShape): JsonSchema {
  const exampleOf = (code: ErrorCode) =>
    errorExample(code, MEANINGS[code].meaning, status, MEANINGS[code].shape ?? shape);
  const [only, ...others] = codes;
  if (only !== undefined && others.length === 0) return { example: exampleOf(only) };
  return { examples: Object.fromEntries(codes.map((code) => [code, { value: exampleOf(code) }])) };
}

function dataOf(schemas: DescribedSchemas, codes: readonly ErrorCode[]): { data?: JsonSchema; isNeeded: boolean } {
  const given = codes.map((code) => MEANINGS[code].data);
  const isNeeded = given.every((data) => data !== undefined && !data.safeParse(undefined).success);
  const some = given.filter((data) => data !== undefined).map((data) => schemas.of(data, 'output'));
  const different = [...new Map(some.map((schema) => [JSON.stringify(schema), schema])).values()];
  if (different.length === 0) return { isNeeded };
  return { data: different.length === 1 ? different[0]! : { anyOf: different }, isNeeded };
}
