import { buildSync } from 'esbuild';
import { describe, expect, test } from 'vitest';
import type { RouteName } from '#api/described';
import { described } from '#api/described';
import type { DescribedRoute } from '#api/described-route';
import { TAGS } from '#api/described-words';
import { openApi } from '#api/description';
import { examples } from '#api/examples/index';
import { credentialSchemas } from '#channels/registry/credentials';
import { createMessengers } from '#channels/registry/messengers';
import { TRANSPORTS } from '#domain/chat-types';
import { describeApi } from '#functions/serve-docs/description';
import { bundleOptions, functionFolder, functionNames } from '#lib/bundle';
import { routes } from '#lib/routes';
import { dereferenced } from '#test/described';
import { bodiesOf } from './forms.ts';

type Json = Readonly<Record<string, unknown>>;

const api = describeApi();
const whole = dereferenced();
const names = routes.map(({ method, path }) => `${method} ${path}` as RouteName);
const operations = Object.values(api.paths).flatMap((methods) => Object.values(methods));

/** Every part of the description, with the place where it stands. */
function* partsOf(value: unknown, place = ''): Generator<{ place: string; part: Json }> {
  if (typeof value !== 'object' || value === null) return;
  if (!Array.isArray(value)) yield { place, part: value as Json };
  for (const [name, inner] of Object.entries(value)) {
    // What examples hold are values and no schemas.
    if (!/^(examples?|x-codeSamples)$/.test(name)) yield* partsOf(inner, `${place}/${name.replaceAll('/', '~1')}`);
  }
}

function isObjectSchema({ type, properties }: Json): boolean {
  return type === 'object' && typeof properties === 'object';
}

function operationOf(name: RouteName, of = whole): Json & { readonly responses: Json } {
  const [method = '', path = ''] = name.split(' ');
  return of.paths[path]![method.toLowerCase()]!;
}

test('patterns are such as other languages know', () => {
  const patterns = [...partsOf(api)].flatMap(({ place, part }) =>
    typeof part.pattern === 'string' ? [`${place}: ${part.pattern}`] : [],
  );

  expect(patterns.length).toBeGreaterThan(0);
  expect(patterns.filter((pattern) => /\\[pPu]\{|\(\?<?[=!]/.test(pattern))).toEqual([]);
});

test('the description of the API, the codes of errors and the examples are in the bundle of serve-docs only', () => {
  const { outfile: _, ...options } = bundleOptions('', '');
  const entryPoints = functionNames.map((name) => `${functionFolder(name)}/index.ts`);
  const { metafile, outputFiles } = buildSync({
    ...options,
    entryPoints,
    outdir: 'bundles',
    write: false,
    metafile: true,
  });
  const entriesWith = (file: string) =>
    Object.values(metafile.outputs)
      .filter(({ inputs }) => (inputs[file]?.bytesInOutput ?? 0) > 0)
      .map(({ entryPoint }) => entryPoint);

  const tables = [
    'src/api/description.ts',
    'src/api/components.ts',
    'src/http/error-codes.ts',
    'src/api/code-samples.ts',
  ];
  // A table of routes that made a schema would be kept for it.
  const withRoutes = outputFiles.filter(({ text }) => text.includes('operationId')).map(({ path }) => path);
  expect(withRoutes).toEqual([expect.stringContaining('serve-docs')]);
  for (const file of tables) {
    expect([file, entriesWith(file)]).toEqual([file, ['functions/serve-docs/index.ts']]);
  }
});

describe('the description', () => {
  test('has every route, and no other', () => {
    expect(Object.keys(described).sort()).toEqual([...names].sort());
  });

  test('names each operation once, a verb first', () => {
    const ids = [...operations.map(({ operationId }) => operationId)] as string[];

    expect(new Set(ids).size).toBe(ids.length);
    for (const id of ids) expect(id).toMatch(/^[a-z]+[A-Za-z]*$/);
  });

  test('has each tag that an operation has, with words', () => {
    const used = new Set(operations.flatMap(({ tags }) => tags as string[]));

    expect(new Set(api.tags.map(({ name }) => name))).toEqual(used);
    for (const { description } of api.tags) expect(description).not.toBe('');
  });

  test('has no object twice: what is used in two places has a name', () => {
    const inline = [...partsOf(api)].filter(
      ({ place, part }) => isObjectSchema(part) && !/^\/components\/schemas\/\w+$/.test(place),
    );
    const byText = Map.groupBy(inline, ({ part: { description: _, ...part } }) => JSON.stringify(part));

    expect(inline.length).toBeGreaterThan(5);
    expect(
      [...byText.values()].filter((same) => same.length > 1).map((same) => same.map(({ place }) => place)),
    ).toEqual([]);
  });

  test('has marks of Markdown as code only, because a viewer would take them away', () => {
    const texts = [...partsOf(api)].flatMap(({ place, part: { summary, description } }) =>
      [summary, description].filter((text) => typeof text === 'string').map((text) => ({ place, text })),
    );
    const lost = texts.filter(({ text }) => /(?<!\w)([*_~])\w[^*_~]*\1|<\w/.test(text.replaceAll(/`[^`]*`/g, '')));

    expect(texts.length).toBeGreaterThan(500);
    expect(lost).toEqual([]);
  });

  test('says of every value what it is', () => {
    const schemas = [...partsOf(api)].filter(({ place }) => /\/(schema|items|properties\/\w+)$/.test(place));
    const silent = schemas.filter(({ part: { description: _, ...part } }) => Object.keys(part).length === 0);

    expect(silent.map(({ place }) => place)).toEqual([]);
  });

  test('has a reference to each thing that it names, and names each that it refers to', () => {
    const text = JSON.stringify(api);
    for (const kind of ['schemas', 'parameters', 'responses'] as const) {
      const unused = Object.keys(api.components[kind]).filter(
        (name) => !text.includes(`"#/components/${kind}/${name}"`),
      );
      expect([kind, unused]).toEqual([kind, []]);
    }
    expect(JSON.stringify(whole)).not.toContain('"$ref"');
  });

  test('has words for every parameter', () => {
    const all = operations.flatMap((operation) => operation.parameters as Json[]);

    for (const parameter of all) expect(parameter.$ref ?? parameter.description).toBeTruthy();
  });

  test.each([
    ['limit', { type: 'integer', minimum: 1, maximum: 100 }],
    ['cursor', { type: 'string' }],
  ])('says that %s of the list of chats is what it is for a caller', (name, schema) => {
    const parameters = operationOf('GET /v1/chats').parameters as Json[];

    expect(parameters.find((one) => one.name === name)).toMatchObject({ in: 'query', schema });
  });

  test('says that times are times, and that an id is a text', () => {
    const { Chat, NewMessage } = api.components.schemas as Record<string, { properties: Record<string, Json> }>;

    expect(Chat!.properties.lastMessageAt).toMatchObject({ type: 'string', format: 'date-time' });
    expect(NewMessage!.properties.chatId).toMatchObject({ type: 'string', minLength: 1, maxLength: 256 });
  });

  test('has Konvert-User where a key may act as a user, and nowhere else', () => {
    for (const name of names) {
      const parameters = operationOf(name).parameters as Json[];
      const { asUser = false } = described[name];
      expect([name, parameters.some((one) => one.name === 'Konvert-User')]).toEqual([name, asUser]);
    }
  });

  test('names the address of the one who asks, else a template', () => {
    expect(describeApi('https://a.example/prod').servers).toEqual([{ url: 'https://a.example/prod' }]);
    expect(api.servers.map(({ url }) => url)).toEqual(['https://{host}', 'http://127.0.0.1:8787']);
  });

  test('can be made without the messengers', () => {
    expect(Object.keys(openApi().components.schemas)).toContain('NewChannel');
  });
});

describe('the errors of a route', () => {
  test.each(names)('%s: a key that is wrong, and what breaks on our side', (name) => {
    const { responses } = operationOf(name);
    const { security }: DescribedRoute = described[name];

    expect(Object.hasOwn(responses, 401)).toBe(
      security !== 'none' || (name.includes('/webhooks/') && !name.startsWith('OPTIONS')),
    );
    expect(codesOf(responses[500])).toEqual(['INTERNAL_ERROR']);
  });

  test('have the shape of their route', () => {
    const bodyOf = (name: RouteName, status: number) => schemaOf(operationOf(name).responses[status]) as Json;

    expect(bodyOf('GET /v1/chats', 403)).toMatchObject({ required: ['error', 'description'] });
    expect(bodyOf('POST /v3/message', 403)).toMatchObject({
      required: ['status', 'requestId', 'error', 'description'],
    });
    expect(bodyOf('POST /v3/message', 401)).toMatchObject({ required: ['error', 'description'] });
    expect(bodyOf('POST /v3/iframe', 400)).toMatchObject({
      properties: { error: { type: 'object', required: ['code'] } },
    });
  });

  test('have the data of their codes', () => {
    expect(schemaOf(operationOf('PUT /v1/quick-replies').responses[409])).toMatchObject({
      properties: { data: { properties: { version: { type: 'integer' } } } },
      required: ['error', 'description', 'data'],
    });
  });
});

describe('an example', () => {
  test.each(names)('stands beside what is sent and answered: %s', (name) => {
    const { requestBody, responses } = operationOf(name) as Json & { responses: Json; requestBody?: Json };
    const contents = [requestBody, responses[described[name].status]].map(
      (one) => ((one as Json | undefined)?.content as Json | undefined)?.['application/json'] as Json | undefined,
    );

    for (const content of contents) {
      if (content?.schema) expect('example' in content || 'examples' in content).toBe(true);
    }
  });

  test('of a call is there for curl, TypeScript and Python', () => {
    const samples = operationOf('POST /v3/message')['x-codeSamples'] as { label: string }[];

    expect(samples.map(({ label }) => label)).toEqual(['curl', 'TypeScript', 'Python']);
  });
});

describe('a channel to connect', () => {
  const { messengerFor } = createMessengers();

  test.each(Object.keys(credentialSchemas))('of %s is one of the choices', async (transport) => {
    const { oneOf, discriminator } = api.components.schemas.NewChannel as {
      oneOf: Json[];
      discriminator: { propertyName: string; mapping: Record<string, string> };
    };

    expect(await messengerFor(transport)).toBeDefined();
    expect(discriminator.propertyName).toBe('transport');
    expect(oneOf).toContainEqual({ $ref: discriminator.mapping[transport] });
  });

  test.each(Object.entries(credentialSchemas))(
    'of %s has an example with credentials that it takes',
    (transport, schema) => {
      const bodies = Object.values(bodiesOf(examples['POST /v1/channels'])) as Json[];
      const shown = bodies.filter((body) => body.transport === transport);

      expect(shown.length).toBeGreaterThan(0);
      for (const { credentials } of shown) expect(schema.safeParse(credentials).error).toBeUndefined();
    },
  );

  test('is one of the transports that the reference lists', () => {
    const listed = [...TAGS.Channels.matchAll(/^- `(\w+)`, chats of ((?:`\w+`(?:, )?)+): \w/gm)];

    expect(listed.map(([, transport]) => transport).sort()).toEqual([...TRANSPORTS].sort());
  });
});

function schemaOf(response: unknown): unknown {
  const { content } = response as { content: Record<string, { schema: unknown }> };
  return content['application/json']!.schema;
}

function codesOf(response: unknown): unknown {
  const { error } = (schemaOf(response) as { properties: { error: Json } }).properties;
  return error.enum ?? (error.properties as { code: Json }).code.enum;
}
