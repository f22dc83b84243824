import { appendFileSync } from 'node:fs';
import { Ajv2020, type ValidateFunction } from 'ajv/dist/2020.js';
import addFormats from 'ajv-formats';
import * as z from 'zod/mini';
import type { OpenApi } from '#api/description';
import { describeApi } from '#functions/serve-docs/description';
import { ERROR_CODES, type ErrorCode, type ErrorMeaning } from '#http/error-codes';
import { routes } from '#lib/routes';

type Json = Readonly<Record<string, unknown>>;

/** An answer of the API. The body is what its JSON says, or its text. */
export interface JudgedAnswer {
  readonly method: string;
  /** With its query, without the base of the API. */
  readonly path: string;
  readonly status: number;
  readonly body: unknown;
  readonly headers?: Readonly<Record<string, unknown>>;
}

/** An answer that is not as the description says. */
export class UndescribedError extends Error {
  constructor({ method, path, status, body }: JudgedAnswer, why: string) {
    const shown = JSON.stringify(body)?.slice(0, 600);
    super(`${method} ${path} answered ${status}, and the description says otherwise: ${why}\n${shown}`);
    this.name = 'UndescribedError';
  }
}

/** What the process says to something that is no request of a route, whatever its path is. */
const EVERYWHERE: Readonly<Record<number, readonly ErrorCode[]>> = {
  400: ['INVALID_REQUEST'],
  404: ['NOT_FOUND'],
  408: ['TIMEOUT'],
  413: ['TOO_LARGE'],
  417: ['INVALID_REQUEST'],
  431: ['TOO_LARGE'],
};
/** What a gateway answers by itself, with nothing but a `message`. */
const OF_A_GATEWAY = /^(403|404|413|429|5\d\d)$/;
/** What the local engine says in the place of such an answer of AWS, when it has ended a function that took too long. */
const OF_THE_ENGINE = 'Sandbox.Timedout';
/** What `npm start` serves beside the API. */
const BESIDE = /^\/(demo-messenger|counters|ws-counters|local-files|files-put)/;

/** A path of the description as a pattern. An id of the CRM is the rest of the path. */
const patterns = routes.map(({ method, path }) => ({
  method,
  path,
  pattern: new RegExp(`^${path.replace(/\{id\}$/, '(.+)').replaceAll(/\{\w+\}/g, '([^/]*)')}/?$`),
}));

let whole: OpenApi | undefined;

function api(): OpenApi {
  whole ??= describeApi();
  return whole;
}

/**
 * Throws an `UndescribedError` if an answer has a status that its route is not described with, a body that is not of the
 * schema, a field that no schema names, or a code of an error that is not one of the route. With `KONVERT_SEEN_CODES` the
 * code is written to the end of that file.
 */
export function judgeAnswer(answer: JudgedAnswer): void {
  const { method, status, body } = answer;
  const path = answer.path.replace(/[?#].*$/, '');
  if (BESIDE.test(path)) return;
  const code = codeOf(body);
  if (code !== undefined) noteCode(status, code);
  if (OF_A_GATEWAY.test(String(status)) && (isMessage(body) || isOfEngine(body))) return;
  const route = routeOf(method, path);
  if (code !== undefined && EVERYWHERE[status]?.includes(code as ErrorCode) && (!route || isPlain(body))) return;
  if (!route) throw new UndescribedError(answer, 'no route has that path and method');
  const response = responseOf(route, status);
  if (!response) throw new UndescribedError(answer, `${route.method} ${route.path} has no such status`);
  judgeBody(answer, response);
  if (code !== undefined) judgeData(answer, code as ErrorCode);
}

/** The description with what its references lead to in their place. */
export function dereferenced(): OpenApi {
  return resolved(api()) as OpenApi;
}

interface Response {
  readonly key: string;
  readonly content: Json;
}

function routeOf(method: string, path: string) {
  const fitting = patterns.filter((one) => one.method === method && one.pattern.test(path));
  return fitting.find((one) => !one.path.endsWith('}')) ?? fitting[0];
}

function responseOf({ method, path }: (typeof patterns)[number], status: number): Response | undefined {
  const { responses } = api().paths[path]![method.toLowerCase()]!;
  const found = responses[status] as Json | undefined;
  if (!found) return undefined;
  const { $ref } = found;
  const { content = {} } = (typeof $ref === 'string' ? at($ref) : found) as { content?: Json };
  const escaped = path.replaceAll('~', '~0').replaceAll('/', '~1');
  return {
    key: typeof $ref === 'string' ? $ref : `#/paths/${escaped}/${method.toLowerCase()}/responses/${status}`,
    content,
  };
}

function judgeBody(answer: JudgedAnswer, { key, content }: Response): void {
  const { body, headers = {} } = answer;
  const type = String(headers['content-type'] ?? '').split(';')[0]!;
  const types = Object.keys(content);
  if (type !== '' && types.length > 0 && !types.some((one) => isOfType(type, one))) {
    throw new UndescribedError(answer, `its content type is ${type}`);
  }
  const { schema } = (content['application/json'] ?? {}) as { schema?: unknown };
  if (schema === undefined || (type !== '' && type !== 'application/json')) return;
  const valid = validatorOf(`${key}/content/application~1json/schema`);
  if (!valid(body)) throw new UndescribedError(answer, JSON.stringify(valid.errors?.slice(0, 3)));
}

/** The data has to be that of the code, and not only of one of the codes of the route. */
function judgeData(answer: JudgedAnswer, code: ErrorCode): void {
  const { data: schema }: ErrorMeaning = ERROR_CODES[code];
  const { data } = answer.body as Json;
  const isRight = schema ? z.safeParse(schema, data).success : data === undefined;
  if (!isRight) throw new UndescribedError(answer, `its data is not that of ${code}`);
}

function isOfType(type: string, described: string): boolean {
  return described === type || (described.endsWith('/*') && type.startsWith(described.slice(0, -1)));
}

function isMessage(body: unknown): boolean {
  return typeof body === 'object' && body !== null && Object.keys(body).join() === 'message';
}

function isOfEngine(body: unknown): boolean {
  return typeof body === 'object' && body !== null && 'errorType' in body && body.errorType === OF_THE_ENGINE;
}

/** The code of an error, in whatever shape it is. */
function codeOf(body: unknown): string | undefined {
  if (typeof body !== 'object' || body === null || !('error' in body) || !('description' in body)) return undefined;
  const { error } = body;
  const code = typeof error === 'object' && error !== null && 'code' in error ? error.code : error;
  return typeof code === 'string' ? code : undefined;
}

function isPlain(body: unknown): boolean {
  return typeof (body as Json).error === 'string' && !('requestId' in (body as Json));
}

function noteCode(status: number, code: string): void {
  const file = process.env.KONVERT_SEEN_CODES;
  if (file) appendFileSync(file, `${status} ${code}\n`);
}

let ajv: Ajv2020 | undefined;
const validators = new Map<string, ValidateFunction>();

function validatorOf(pointer: string): ValidateFunction {
  const known = validators.get(pointer);
  if (known) return known;
  if (!ajv) {
    // Parts of a union of types are strict as well: https://ajv.js.org/strict-mode.html
    ajv = new Ajv2020({ strict: true, allowUnionTypes: true, allErrors: true });
    addFormats.default(ajv);
    // The whole description is the schema in which its references are found.
    ajv.addVocabulary([...Object.keys(api()), 'example', 'discriminator']);
    ajv.addSchema(closed(api()) as object, 'api', undefined, false);
  }
  const made = ajv.compile({ $ref: `api${pointer}` });
  validators.set(pointer, made);
  return made;
}

/** The description in which objects have the fields that are described, and no others. */
function closed(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(closed);
  if (typeof value !== 'object' || value === null) return value;
  const inner = Object.fromEntries(Object.entries(value).map(([name, part]) => [name, closed(part)]));
  const isObject = inner.type === 'object' && typeof inner.properties === 'object';
  return isObject && !('additionalProperties' in inner) ? { ...inner, additionalProperties: false } : inner;
}

function resolved(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(resolved);
  if (typeof value !== 'object' || value === null) return value;
  const { $ref, ...rest } = value as Json;
  if (typeof $ref === 'string') return { ...(resolved(at($ref)) as Json), ...rest };
  return Object.fromEntries(Object.entries(value).map(([name, inner]) => [name, resolved(inner)]));
}

/** What a reference such as `#/components/schemas/Chat` leads to. */
function at(ref: string): unknown {
  return ref
    .split('/')
    .slice(1)
    .reduce<unknown>((found, step) => (found as Json)[step], api());
}
