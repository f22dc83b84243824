import * as z from 'zod/mini';
import { channelChange, newChannel } from '#api/channel-routes';
import { codeSamples } from '#api/code-samples';
import { components, WRITTEN } from '#api/components';
import { described, type RouteName } from '#api/described';
import { OTHER_ANSWERS, type OtherAnswer } from '#api/described-answers';
import {
  errorBody,
  errorExamples,
  errorsOf,
  errorText,
  type NameOfError,
  namesOfErrors,
  shapeOf,
  wordOf,
} from '#api/described-errors';
import { webhooks } from '#api/described-events';
import { nameOfParameter, type Parameter, parametersOf } from '#api/described-parameters';
import type { DescribedRoute } from '#api/described-route';
import {
  type Component,
  createDescribedSchemas,
  type DescribedSchemas,
  type JsonSchema,
  refTo,
} from '#api/described-schemas';
import { ABOUT, SECURITY_SCHEMES, TAGS } from '#api/described-words';
import { examples } from '#api/examples/index';
import { pagesThatMay } from '#api/page-access';

/** What the description is made with. */
export interface DescriptionOptions {
  /** The address that the API has for the one who asks. Without it the description names a template. */
  readonly server?: string;
  /** The credentials of a channel, by transport. */
  readonly credentials?: Readonly<Record<string, z.ZodMiniType>>;
}

/** A description of the API for machines. */
export type OpenApi = ReturnType<typeof openApi>;

/** The OpenAPI 3.1 description of all routes, from the schemas that handlers read with. */
export function openApi({ server, credentials = {} }: DescriptionOptions = {}) {
  const schemas = createDescribedSchemas({ ...components, ...ofTransports(credentials) }, wordsWith(credentials));
  const shared = new Shared();
  const nameOfError = namesOfErrors(described);
  const operations = (Object.entries(described) as [RouteName, DescribedRoute][]).map(([name, route]) => {
    const [method = '', path = ''] = name.split(' ');
    const make = prepare(name, method, path, route, { schemas, shared, nameOfError });
    return { method: method.toLowerCase(), path, make };
  });
  const paths: Record<string, Record<string, Operation>> = {};
  for (const { method, path, make } of operations) paths[path] = { ...paths[path], [method]: make() };
  const events = webhooks(schemas);
  return {
    openapi: '3.1.0',
    info: { title: 'Konvert', version: '1', ...ABOUT },
    servers: server === undefined ? TEMPLATES : [{ url: server }],
    tags: Object.entries(TAGS).map(([name, description]) => ({ name, description })),
    paths,
    webhooks: events,
    components: {
      schemas: schemas.named(),
      parameters: shared.parameters(),
      responses: shared.responses(),
      securitySchemes: SECURITY_SCHEMES,
    },
  };
}

const TEMPLATES = [
  {
    url: 'https://{host}',
    description: 'A deployment',
    variables: {
      host: { default: 'konvert.example', description: 'That of `ApiEndpoint`, as `cdk deploy` prints it' },
    },
  },
  { url: 'http://127.0.0.1:8787', description: '`npm start` on this machine' },
];

/** The keys that a route takes, each by itself. */
const SECURITY = {
  none: [],
  apiKey: [{ apiKey: [] }],
  operatorKey: [{ operatorKey: [] }],
  anyKey: [{ apiKey: [] }, { operatorKey: [] }],
  pageToken: [{ pageToken: [] }],
  device: [{ device: [] }],
} as const satisfies Record<DescribedRoute['security'], unknown>;

/** What may be called by a token of the page as well, as `page-access.ts` says. */
const TAKE_PAGES: ReadonlySet<DescribedRoute['security']> = new Set(['apiKey', 'anyKey']);

/** An operation of the description. */
export type Operation = Readonly<Record<string, unknown>> & {
  readonly summary: string;
  readonly responses: Readonly<Record<string, unknown>>;
};

/** What operations are made with, and share. */
interface Parts {
  readonly schemas: DescribedSchemas;
  readonly shared: Shared;
  readonly nameOfError: NameOfError;
}

/** Reads all of a route at once, so that what several routes share is known before the first one is written. */
function prepare(
  name: RouteName,
  method: string,
  path: string,
  route: DescribedRoute,
  { schemas, shared, nameOfError }: Parts,
): () => Operation {
  const { operationId, tag, summary, description, body, security } = route;
  const example = examples[name];
  const parameters = parametersOf(path, route, schemas).map((parameter) =>
    shared.parameter(parameter, example.params?.[parameter.name] ?? example.query?.[parameter.name]),
  );
  const errors = [...errorsOf(path, route)].map(([status, codes]) => {
    const shape = shapeOf(route, status);
    const errorName = nameOfError(shape, codes, operationId, status);
    const schema = schemas.add(errorName, errorBody(schemas, shape, codes));
    const content = { 'application/json': { schema, ...errorExamples(codes, status, shape) } };
    const headers = codes.includes('FILE_NOT_READY') ? headersOf({ 'Retry-After': 'In seconds' }) : {};
    return [status, shared.response(errorName, { description: errorText(codes), ...headers, content })] as const;
  });
  const requestBody = body && {
    required: !body.safeParse(undefined).success,
    content: { 'application/json': { schema: schemas.of(body, 'input'), ...exampleOf(example.body, example.bodies) } },
  };
  const answers = answersOf(name, route, schemas);
  const samples = codeSamples({ method, path, security, example });
  const pages = TAKE_PAGES.has(security) && pagesThatMay(method, path).length > 0 ? SECURITY.pageToken : [];
  return () => ({
    operationId,
    tags: [tag],
    summary,
    ...(description !== undefined && { description }),
    security: [...SECURITY[security], ...pages],
    parameters: parameters.map((read) => read()),
    ...(requestBody && { requestBody }),
    responses: { ...answers, ...Object.fromEntries(errors.map(([status, read]) => [status, read()])) },
    ...(samples.length > 0 && { 'x-codeSamples': samples }),
  });
}

function exampleOf(one: unknown, several: Readonly<Record<string, unknown>> | undefined) {
  if (several) return { examples: several };
  return one === undefined ? {} : { example: one };
}

function answersOf(name: RouteName, { answer, status }: DescribedRoute, schemas: DescribedSchemas) {
  const { answer: one, answers: several } = examples[name];
  const others = Object.entries(OTHER_ANSWERS[name] ?? {}).map(([other, told]) => [other, otherAnswer(told, schemas)]);
  if (!answer) return Object.fromEntries(others);
  const schema = schemas.of(answer, 'output');
  // A route may answer the same in another form, too.
  const { [status]: same, ...rest } = Object.fromEntries(others) as Record<number, ReturnType<typeof otherAnswer>>;
  const content = { 'application/json': { schema, ...exampleOf(one, several) }, ...same?.content };
  return { [status]: { description: 'Done', content }, ...rest };
}

function otherAnswer({ description, types, headers, json }: OtherAnswer, schemas: DescribedSchemas) {
  const content = json ? { schema: schemas.of(json.schema, 'output'), example: json.example } : {};
  return {
    description,
    ...(headers && headersOf(headers)),
    ...(types && { content: Object.fromEntries(types.map((type) => [type, content])) }),
  };
}

function headersOf(headers: Readonly<Record<string, string>>) {
  const described = Object.entries(headers).map(([name, description]) => [
    name,
    { description, schema: { type: 'string' } },
  ]);
  return { headers: Object.fromEntries(described) };
}

/** What more than one route has is written once, in the components. */
class Shared {
  readonly #seen = new Map<string, { name: string; value: object; times: number; kind: 'parameters' | 'responses' }>();
  readonly #examples = new Map<string, unknown>();

  /** The example of a parameter is that of the first route that has one. */
  parameter(parameter: Parameter, example: unknown): () => JsonSchema {
    const key = JSON.stringify(parameter);
    if (example !== undefined && !this.#examples.has(key)) this.#examples.set(key, example);
    return this.#share('parameters', nameOfParameter(parameter), key, parameter);
  }

  response(name: string, response: object): () => JsonSchema {
    return this.#share('responses', name, JSON.stringify(response), response);
  }

  parameters(): Readonly<Record<string, unknown>> {
    return this.#shared('parameters');
  }

  responses(): Readonly<Record<string, unknown>> {
    return this.#shared('responses');
  }

  #share(kind: 'parameters' | 'responses', name: string, key: string, value: object): () => JsonSchema {
    const seen = this.#seen.get(key) ?? { name, value, times: 0, kind };
    seen.times += 1;
    this.#seen.set(key, seen);
    return () => (seen.times > 1 ? { $ref: `#/components/${kind}/${name}` } : this.#whole(key, value));
  }

  #whole(key: string, value: object): JsonSchema {
    const example = this.#examples.get(key);
    const { schema } = value as { schema?: JsonSchema };
    if (example === undefined) return { ...value };
    return { ...value, example: schema?.type === 'integer' ? Number(example) : example };
  }

  #shared(kind: 'parameters' | 'responses'): Readonly<Record<string, unknown>> {
    const all = [...this.#seen].filter(([, seen]) => seen.kind === kind && seen.times > 1);
    const named = all.map(([key, { name, value }]) => [name, this.#whole(key, value)] as const);
    if (new Set(named.map(([name]) => name)).size < named.length) throw new Error(`Two ${kind} have one name`);
    return Object.fromEntries(named.sort(([one], [other]) => (one < other ? -1 : 1)));
  }
}

/** The components that each transport has for itself. */
function ofTransports(credentials: Readonly<Record<string, z.ZodMiniType>>): Record<string, Component> {
  return Object.fromEntries(
    Object.entries(credentials).flatMap(([transport, schema]) => [
      [`${wordOf(transport)}Credentials`, { schema, description: `What a channel of \`${transport}\` needs.` }],
      [
        `New${wordOf(transport)}Channel`,
        {
          schema: z.extend(newChannel, { transport: z.literal(transport), credentials: schema }),
          description: `A channel of \`${transport}\` to connect.`,
          fields: CHANNEL_FIELDS,
        },
      ],
    ]),
  );
}

const CHANNEL_FIELDS = {
  plainId: 'The name or number that people know; the messenger gives one if there is none',
  setWebhook: 'false: the operator registers the webhook by hand',
  takeOver: 'Removes the webhook of another program; false unless it is given',
};

/** A channel and its credentials are those of one of the transports. */
function wordsWith(credentials: Readonly<Record<string, z.ZodMiniType>>): ReadonlyMap<z.ZodMiniType, JsonSchema> {
  const transports = Object.keys(credentials);
  if (transports.length === 0) return WRITTEN;
  const channels = transports.map((transport) => [transport, refTo(`New${wordOf(transport)}Channel`)] as const);
  const mapping = Object.fromEntries(channels.map(([transport, { $ref }]) => [transport, $ref]));
  const oneOf = channels.map(([, ref]) => ref);
  const anyOf = transports.map((transport) => refTo(`${wordOf(transport)}Credentials`));
  return new Map([
    ...WRITTEN,
    [newChannel, { oneOf, discriminator: { propertyName: 'transport', mapping } }],
    [channelChange.shape.credentials, { anyOf, description: 'Of the same account at the messenger' }],
  ]);
}
