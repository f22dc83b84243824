import { Ajv2020 } from 'ajv/dist/2020.js';
import addFormats from 'ajv-formats';
import { describe, expect, test } from 'vitest';
import * as z from 'zod/mini';
import { contact } from '#api/contact-routes';
import { deal } from '#api/deal-routes';
import { described, type RouteName } from '#api/described';
import { createContactBody, createDealBody, eventBody } from '#api/event-bodies';
import { eventExamples } from '#api/examples/event-bodies';
import { examples } from '#api/examples/index';
import type { RouteExample } from '#api/examples/route-example';
import { KONVERT } from '#api/examples/story';
import { readButtons, readPayloads } from '#api/message-buttons';
import { createMessengers } from '#channels/registry/messengers';
import { readMessageId } from '#domain/message-id';
import { routes } from '#lib/routes';
import { fileOf } from '#media/content-uri';
import { answersOf, bodiesOf } from './forms.ts';

const names = routes.map(({ method, path }) => `${method} ${path}` as RouteName);

const ajv = new Ajv2020({ strict: false, allErrors: true });
addFormats.default(ajv);

/** What is wrong with a value by a schema that takes no other fields than it names. */
function faultsOf(schema: z.ZodMiniType, io: 'input' | 'output', value: unknown): unknown[] {
  const read = schema.safeParse(value);
  const strict = z.toJSONSchema(schema, {
    io,
    unrepresentable: 'any',
    override({ jsonSchema }) {
      if (jsonSchema.type === 'object') jsonSchema.additionalProperties ??= false;
    },
  });
  const check = ajv.compile(strict);
  return [...(read.error?.issues ?? []), ...(check(value) ? [] : (check.errors ?? []))];
}

test('there is one of each route, and of no other', () => {
  expect(Object.keys(examples).sort()).toEqual([...names].sort());
});

describe.each(names)('%s', (name) => {
  const { body, query, answer, status } = described[name] ?? expect.fail('It is not described');
  const example = examples[name];

  test('has every part of the route, and no other', () => {
    const [, path = ''] = name.split(' ');
    expect(Object.keys(example.params ?? {})).toEqual([...path.matchAll(/\{(\w+)\}/g)].map(([, param]) => param));
    expect(Object.keys(bodiesOf(example)).length > 0, 'a body').toBe(body !== undefined);
    expect(example.query !== undefined, 'a query').toBe(query !== undefined);
    // Pasted from a sample, the cursor of another Konvert is refused.
    expect(Object.keys(example.query ?? {}).filter((key) => /^(cursor|before)$/.test(key))).toEqual([]);
    if (answer) expect(Object.keys(answersOf(example)), 'an answer').not.toEqual([]);
    if (status === 204 || status === 302) expect(answersOf(example)).toEqual({});
    for (const named of Object.keys(example.bodies && example.answers ? example.answers : {}))
      if (name !== 'POST /v1/channels' || named !== 'polled') expect(example.bodies).toHaveProperty(named);
  });

  if (query)
    test('has a query that the route reads', () => {
      const asSent = Object.entries(example.query ?? {}).map(([key, value]) => [key, String(value)]);
      expect(faultsOf(query, 'input', Object.fromEntries(asSent))).toEqual([]);
    });

  if (body)
    test.each(Object.entries(bodiesOf(example)))('has a body that the route reads: %s', (_, value) => {
      expect(faultsOf(body, 'input', value)).toEqual([]);
    });

  if (answer)
    test.each(Object.entries(answersOf(example)))('has an answer as the route gives it: %s', (_, value) => {
      expect(faultsOf(answer, 'output', value)).toEqual([]);
    });
});

describe('events', () => {
  const asked = { createContact: createContactBody, createDeal: createDealBody };
  const bodies = { test: z.object({ test: z.literal(true) }), ...asked };
  const answers = { createContact: contact, createDeal: deal };
  const all = Object.entries<RouteExample>(eventExamples);
  const told = all.flatMap(([name, example]) =>
    Object.entries(bodiesOf(example)).map(([form, value]) => ({ name, form, value })),
  );

  test.each(told)('$name, $form', ({ name, value }) => {
    const schema = name in bodies ? bodies[name as keyof typeof bodies] : eventBody;
    expect(faultsOf(schema, 'output', value)).toEqual([]);
  });

  test.each(all)('%s has an answer if it matters', (name, { answer }) => {
    const schema = name in answers ? answers[name as keyof typeof answers] : z.undefined();
    expect(schema.safeParse(answer).success).toBe(true);
  });

  test('there is one of each kind', () => {
    const kinds = new Set(told.flatMap(({ value }) => Object.keys(value as object)));
    expect(kinds).toEqual(new Set(['test', ...Object.keys(eventBody.shape), ...Object.keys(asked)]));
  });
});

test('examples are JSON, and each line of a story names what another line tells of', () => {
  const channelIds = examples['GET /v3/channels'].answer as { channelId: string }[];
  const userIds = examples['GET /v3/users'].answer as { id: string }[];
  const history = Object.values(answersOf(examples['GET /v1/chats/{channelId}/{chatType}/{chatId}/messages']));
  const lines = (history as { messages: { messageId: string; dateTime: string }[] }[]).flatMap(
    ({ messages }) => messages,
  );
  // The `userId` of an account of Avito is none of the company.
  const { bodies: _, ...connecting } = examples['POST /v1/channels'];
  const fields = [...fieldsIn([{ ...examples, 'POST /v1/channels': connecting }, eventExamples])];
  const valuesOf = (...wanted: string[]) =>
    new Set(fields.filter(([key]) => wanted.includes(key)).map(([, value]) => value));

  expect(JSON.parse(JSON.stringify(examples))).toEqual(examples);
  expect(valuesOf('channelId')).toEqual(new Set(channelIds.map(({ channelId }) => channelId)));
  const users = valuesOf('responsibleUserId', 'userId', 'crmUserId', 'authorId');
  expect([...users].filter((id) => id !== null && !userIds.some((user) => user.id === id))).toEqual([]);
  for (const { messageId, dateTime } of lines)
    expect(new Date(readMessageId(messageId)?.time ?? 0).toISOString()).toBe(dateTime);
  const said = lines.map(({ messageId }) => messageId);
  expect(said).toEqual(expect.arrayContaining([...valuesOf('quotedMessageId', 'refMessageId')]));
  const ours = [...valuesOf('contentUri')].filter((uri) => String(uri).startsWith(KONVERT));
  expect(ours.map((uri) => fileOf(KONVERT, String(uri)) !== undefined)).toEqual([true, true]);
});

test('times are in UTC with milliseconds, and nobody has a phone that may be real', () => {
  const texts = [...fieldsIn(examples)].map(([, value]) => value).filter((value) => typeof value === 'string');

  const times = texts.filter((value) => /^\d{4}-\d\d-\d\dT/.test(value));
  expect(times.filter((value) => new Date(value).toISOString() !== value)).toEqual([
    '2026-11-29T18:00:00Z',
    '2026-11-30T06:00:00Z',
  ]);
  const phones = texts.filter((value) => /^\+?7\d{10}$/.test(value));
  expect(phones.length).toBeGreaterThan(5);
  expect(phones.filter((value) => !value.startsWith('7900111'))).toEqual([]);
});

test('buttons and credentials are such as the messengers take', async () => {
  const refuse = (fields: readonly string[]) => new Error(fields.join());
  const sent = bodiesOf(examples['POST /v3/message']) as Record<string, Record<string, unknown>>;
  const placesOf = Object.entries(sent)
    .filter(([name, { buttonsObject }]) => buttonsObject && name !== 'template')
    .map(([name, { buttonsObject }]) => [name, readButtons(buttonsObject, refuse)?.place]);
  const connected = Object.values(bodiesOf(examples['POST /v1/channels'])) as {
    transport: string;
    credentials: object;
  }[];

  expect(Object.fromEntries(placesOf)).toEqual({
    whatsappButtons: 'inline',
    telegramButtons: 'inline',
    telegramKeyboard: 'reply',
  });
  expect(readPayloads(sent.template?.buttonsObject, refuse)).toEqual(['confirm-9']);
  for (const { transport, credentials } of connected) {
    const read = (await createMessengers().messengerFor(transport))?.setup.readCredentials(credentials);
    expect(read).toMatchObject({ credentials });
  }
});

/** All fields in a value, at any depth, with their names. */
function* fieldsIn(value: unknown): Generator<[string, unknown]> {
  if (typeof value !== 'object' || value === null) return;
  for (const [key, inner] of Object.entries(value)) {
    yield [key, inner];
    yield* fieldsIn(inner);
  }
}
