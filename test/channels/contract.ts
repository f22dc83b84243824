import { inspect } from 'node:util';
import fc from 'fast-check';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { MESSAGE_ERRORS } from '#api/event-bodies';
import type { Messenger, TypedIn } from '#channels/channel';
import { CredentialsRefusedError, MessengerUnreachableError, UnreadableWebhookError } from '#channels/errors';
import type { KnownBy, Received, ReceivedMessage, WebhookRequest } from '#channels/inbound';
import type { Outgoing, OutgoingContent, Sent } from '#channels/outbound';
import type { Credentials } from '#channels/terms';
import { describeNames, type NameFixtures } from '#test/channels/contract-names';
import {
  describeFiles,
  describeGreet,
  describeLimits,
  describeShared,
  type FileFixtures,
  type GreetFixture,
  type SharedFixtures,
  WEBHOOK_SECRET,
} from '#test/channels/contract-parts';
import { describeTending, type TendingFixtures } from '#test/channels/contract-tending';
import { parserOf, readerOf } from '#test/channels/messages';
import { placesIn, readsOrRefuses, withAt } from '#test/channels/spoilt';
import { PATIENCE_MS } from '#test/patience';

/** A real server that plays the messenger's API. */
export interface MessengerDouble {
  readonly baseUrl: string;
  readonly calls: readonly { readonly method: string; readonly body: unknown }[];
  answerNext(method: string, answer: { status: number; body: unknown; delayMs?: number; hang?: boolean }): void;
  /** An address that answers what the messenger asks a new address. Absent if it asks nothing. */
  readonly callbackUrl?: string;
  stop(): Promise<void>;
}

export interface Answer {
  readonly status: number;
  readonly body: unknown;
}

/** A webhook body as the messenger sends it, and what the adapter has to read from it. */
export interface Fixture<Expected> {
  readonly body: unknown;
  readonly expected: Expected;
}

export interface MessengerFixtures {
  readonly verify: {
    readonly secret: string;
    /** The headers of a request that the messenger makes with that secret. */
    readonly headers: (body: Uint8Array, secret: string) => Record<string, string>;
    /** The query of such a request's address, if the secret is there. */
    readonly query?: (secret: string) => Record<string, string>;
    /** The body that tells the secret. Absent if the headers do. */
    readonly body?: (body: Uint8Array, secret: string) => Uint8Array;
    /** The channel that knows the secret. Absent if it is the channel's webhook secret. */
    readonly knownBy?: (secret: string) => KnownBy;
  };
  /** The question to a new address. Absent if the messenger asks none. */
  readonly greet?: GreetFixture;
  readonly webhooks: {
    readonly clientText: Fixture<{ chatId: string; providerId: string; time: number; text: string; authorId: string }>;
    /** A client's message of a kind that Konvert does not know: it opens the chat. */
    readonly unknownKind: unknown;
    /** A service notice in a client's chat: it opens nothing. */
    readonly service: unknown;
    /** A reply that was written outside Konvert, if the messenger reports those. */
    readonly echo?: Fixture<{ chatId: string; providerId: string; time: number }>;
    /** Absent if one address serves one account only, or if the messenger tells no receipts and so on. */
    readonly shared?: SharedFixtures;
    /** A webhook that is verified and then ignored. */
    readonly leftAlone: unknown;
    /** Bodies that the messenger cannot have sent. Each key says what is wrong. */
    readonly foreign: Readonly<Record<string, unknown>>;
  };
  /** What the messenger wants beyond that. Absent if it wants none of it. */
  readonly tending?: TendingFixtures;
  /** The answers about who a client is. Absent if the messenger is not asked. */
  readonly names?: NameFixtures;
  /** The outcomes of opening a client's file. Absent if clients' files cannot be read. */
  readonly files?: FileFixtures;
  readonly credentials: {
    /** Credentials as an operator gives them, with `baseUrl` as the address of the API. */
    readonly input: (baseUrl: string) => Record<string, unknown>;
    /** Texts that no outcome and no error may contain. */
    readonly secrets: readonly string[];
    /** Wrong inputs, with the fields that have to be reported. Each key says what is wrong. */
    readonly wrong: Readonly<Record<string, { input: unknown; fields: string[] }>>;
  };
  readonly connect: {
    readonly method: string;
    readonly identity: { id: string; plainId: string; name: string };
    readonly refused: Answer & { readonly words: string };
  };
  readonly register: {
    readonly method: string;
    readonly unregisterMethod: string;
    /** Reads what a recorded `register` call handed over. There is no secret if the messenger has one of its own. */
    readonly read: (body: unknown) => { url: unknown; secret?: unknown };
    /** What an operator types in by hand for a channel with that secret. */
    readonly typedIn: (webhookSecret: string) => TypedIn;
  };
  readonly send: {
    readonly method: string;
    readonly message: Outgoing;
    /** Reads what a recorded `send` call handed over. */
    readonly read: (body: unknown) => { chatId: string; text: unknown };
    readonly accepted: Answer;
    readonly refused: Answer & { readonly code: string; readonly description: string };
    /** The answer to credentials that the messenger takes no longer. */
    readonly unauthorized: Answer & { readonly code: string; readonly description: string };
    readonly throttled: Answer & { readonly seconds: number };
    /** Answers of each kind of error, with what they mean to the rest of Konvert. Each key is the messenger's code. */
    readonly errors: Readonly<Record<string, Answer & { readonly kind: Sent['kind']; readonly reason?: string }>>;
    /** The adapter's own table of errors: each meaning in it has to be among `errors`. */
    readonly table: readonly { readonly kind?: Sent['kind']; readonly reason: string }[];
    /** Contents at a limit and one beyond it, with the code of the compatible API. */
    readonly limits: Readonly<Record<string, { taken: OutgoingContent; refused: OutgoingContent; code: string }>>;
    /** Absent if the messenger's chats have no topics. */
    readonly topic?: {
      readonly id: string;
      /** Reads the topic that a recorded `send` call names. Undefined if it names none. */
      readonly read: (body: unknown) => string | undefined;
      /** The answers to a topic that is no longer there. Each key says what became of it. */
      readonly gone: Readonly<Record<string, Answer>>;
    };
  };
}

/** Makes a messenger that waits at most `setupTimeoutMs` for an answer while a channel is set up. */
export type CreateMessenger = (setupTimeoutMs: number) => Messenger;

/** Tests what every messenger promises (`src/channels/channel.ts`). A messenger supplies its own fixtures. */
export function describeMessenger(
  name: string,
  {
    create,
    fixtures,
    double,
  }: { create: CreateMessenger; fixtures: MessengerFixtures; double: () => Promise<MessengerDouble> },
): void {
  // Only who gets no answer does not wait: on a loaded machine an answer may take longer.
  const messenger = create(PATIENCE_MS);
  const hasty = create(300);

  describe(`${name} keeps the contract of a messenger`, () => {
    describeGreet(messenger, fixtures.greet);
    describeVerify(messenger, fixtures);
    describeParse(messenger, fixtures);
    describeShared(messenger, fixtures.webhooks.shared);
    describeCredentials(messenger, fixtures);
    describeLimits(messenger, fixtures);
    describeFiles(messenger, fixtures, double);
    describeNames(messenger, fixtures, double);
    describeCalls(messenger, hasty, fixtures, double);
    describeTending(messenger, fixtures, double);
  });
}

function describeVerify(messenger: Messenger, { verify, webhooks }: MessengerFixtures): void {
  const body = Buffer.from(JSON.stringify(webhooks.clientText.body));
  const given = (secret: string) => ({
    body: verify.body?.(body, secret) ?? body,
    headers: verify.headers(body, secret),
    query: verify.query?.(secret) ?? {},
  });
  const knownBy = verify.knownBy ?? ((webhookSecret: string) => ({ credentials: {}, webhookSecret }));
  const accepts = (request: Omit<WebhookRequest, 'method'>, secret: string) =>
    messenger.inbound.verify({ method: 'POST', ...request }, knownBy(secret));

  describe('verify', () => {
    test.each([
      { name: 'the right secret', request: given(verify.secret), verified: true },
      { name: 'another secret of the same length', request: given(`${verify.secret.slice(0, -1)}~`), verified: false },
      { name: 'a longer secret', request: given(`${verify.secret}a`), verified: false },
      { name: 'a shorter secret', request: given(verify.secret.slice(0, -1)), verified: false },
      { name: 'an empty secret', request: given(''), verified: false },
      { name: 'no signature', request: { body, headers: {}, query: {} }, verified: false },
    ])('$name verifies a request: $verified', ({ request, verified }) => {
      expect(accepts(request, verify.secret)).toBe(verified);
    });

    test('an empty secret verifies nothing', () => {
      expect(accepts(given(''), '')).toBe(false);
      expect(accepts(given(verify.secret), '')).toBe(false);
      expect(accepts({ body, headers: {}, query: {} }, '')).toBe(false);
    });
  });
}

function describeParse(messenger: Messenger, { webhooks }: MessengerFixtures): void {
  const single = (body: unknown): Received => {
    const received = parserOf(messenger)(body);
    expect(received).toHaveLength(1);
    return received[0]!;
  };

  describe('parse', () => {
    test('a text of a client opens the chat', () => {
      const { chatId, providerId, time, text, authorId } = webhooks.clientText.expected;

      const received = single(webhooks.clientText.body);

      expect(received).toMatchObject({ kind: 'client', providerId, time, opens: true });
      expect((received as ReceivedMessage).ids[0]).toMatchObject({ chatId });
      expect(received).toMatchObject({ content: { type: 'text', text }, author: { id: authorId } });
      expect(messenger.chatTypes).toContain((received as ReceivedMessage).ids[0].chatType);
    });

    test('a redelivery is read as the first delivery was', () => {
      expect(single(structuredClone(webhooks.clientText.body))).toEqual(single(webhooks.clientText.body));
    });

    test('a message of an unknown kind opens the chat, and keeps what was said', () => {
      expect(single(webhooks.unknownKind)).toMatchObject({
        kind: 'client',
        opens: true,
        content: { type: 'unknown', raw: expect.any(String) },
      });
    });

    test('a service notice does not open the chat', () => {
      expect(single(webhooks.service)).toMatchObject({ kind: 'client', opens: false, content: { type: 'system' } });
    });

    test.runIf(webhooks.echo)('a reply from outside Konvert is an echo and opens nothing', () => {
      const { chatId, ...rest } = webhooks.echo!.expected;
      const received = single(webhooks.echo!.body);
      expect(received).toMatchObject({ kind: 'echo', opens: false, ...rest });
      expect((received as ReceivedMessage).ids[0]).toMatchObject({ chatId });
    });

    test('a webhook of no interest is ignored, with a reason', () => {
      expect(single(webhooks.leftAlone)).toEqual({ kind: 'ignored', reason: expect.stringMatching(/^[\w-]+$/) });
    });

    test.each(Object.entries(webhooks.foreign))('%s is unreadable', (_, body) => {
      expect(() => parserOf(messenger)(body)).toThrow(UnreadableWebhookError);
    });

    test('any body is read or unreadable, and nothing else is thrown', () => {
      fc.assert(
        fc.property(fc.jsonValue(), (body) => readsOrRefuses(readerOf(messenger), body)),
        { numRuns: 1000 },
      );
    });

    test('any damaged webhook is read or unreadable, and nothing else is thrown', () => {
      const real = [webhooks.clientText.body, webhooks.unknownKind, webhooks.service, webhooks.echo?.body].filter(
        Boolean,
      );
      fc.assert(
        fc.property(damaged(real), (body) => readsOrRefuses(readerOf(messenger), body)),
        { numRuns: 3000 },
      );
    });
  });
}

/** Who a message goes to, and its text. */
function sentIn({ to: [{ chatId }], content }: Outgoing) {
  return { chatId, text: content.type === 'text' ? content.text : undefined };
}

/** One of the bodies, with something in it replaced by any JSON. */
export function damaged(bodies: readonly unknown[]): fc.Arbitrary<unknown> {
  const places = bodies.flatMap((body) => [...placesIn(body)].map((place) => ({ body, place })));
  return fc
    .tuple(fc.constantFrom(...places), fc.jsonValue())
    .map(([{ body, place }, value]) => withAt(body, place, value));
}

function describeCredentials(messenger: Messenger, { credentials }: MessengerFixtures): void {
  describe('credentials', () => {
    test('good credentials are taken', () => {
      expect(messenger.setup.readCredentials(credentials.input('https://api.example.com'))).toHaveProperty(
        'credentials',
      );
    });

    test.each(Object.entries(credentials.wrong))('wrong fields are named: %s', (_, { input, fields }) => {
      expect(messenger.setup.readCredentials(input)).toEqual({ fields });
    });

    test('any input is taken, or its wrong fields are named', () => {
      fc.assert(
        fc.property(fc.oneof(fc.jsonValue(), damaged([credentials.input('https://api.example.com')])), (input) => {
          const read = messenger.setup.readCredentials(input);
          if ('fields' in read) expect(read.fields.length).toBeGreaterThan(0);
          else expect(Object.values(read.credentials).every((value) => typeof value === 'string')).toBe(true);
        }),
      );
    });
  });
}

function describeCalls(
  messenger: Messenger,
  hasty: Messenger,
  fixtures: MessengerFixtures,
  double: () => Promise<MessengerDouble>,
): void {
  const { secrets } = fixtures.credentials;
  let api: MessengerDouble;
  let credentials: Credentials;

  beforeEach(async () => {
    api = await double();
    const read = messenger.setup.readCredentials(fixtures.credentials.input(api.baseUrl));
    if (!('credentials' in read)) throw new Error(`Wrong fixtures: ${read.fields}`);
    credentials = read.credentials;
  });

  afterEach(() => api.stop());

  const callbackUrl = () => api.callbackUrl ?? 'https://konvert.example/webhook';

  const send = (timeoutMs = PATIENCE_MS, message = fixtures.send.message) =>
    messenger.outbound.send(credentials, message, AbortSignal.timeout(timeoutMs)).then((sent) => {
      expectNoSecret(sent, secrets);
      return sent;
    });

  const setups = [
    { name: 'connect', method: fixtures.connect.method, run: ({ setup }: Messenger) => setup.connect(credentials) },
    {
      name: 'register',
      method: fixtures.register.method,
      run: ({ setup }: Messenger) => setup.register({ credentials, webhookSecret: WEBHOOK_SECRET }, callbackUrl()),
    },
    {
      name: 'unregister',
      method: fixtures.register.unregisterMethod,
      run: ({ setup }: Messenger) => setup.unregister(credentials, callbackUrl()),
    },
  ];

  test('connect returns the identity of the account', async () => {
    expect(await messenger.setup.connect(credentials)).toEqual(fixtures.connect.identity);
  });

  test('register sends the address and the secret', async () => {
    await messenger.setup.register({ credentials, webhookSecret: WEBHOOK_SECRET }, callbackUrl());

    const call = api.calls.find(({ method }) => method === fixtures.register.method);
    const handed = fixtures.register.read(call?.body);
    expect(handed).toEqual({ url: callbackUrl(), ...('secret' in handed && { secret: WEBHOOK_SECRET }) });
  });

  test('an operator can type in by hand what register does not do', () => {
    const typedIn = messenger.setup.typedIn({ credentials, webhookSecret: WEBHOOK_SECRET });

    expect(typedIn).toEqual(fixtures.register.typedIn(WEBHOOK_SECRET));
    expectNoSecret(typedIn, secrets);
  });

  test('unregister removes the address', async () => {
    await messenger.setup.unregister(credentials, callbackUrl());

    expect(api.calls.map(({ method }) => method)).toContain(fixtures.register.unregisterMethod);
  });

  describe.each(setups)('$name', ({ method, run }) => {
    test("a refusal is an error with the messenger's words", async () => {
      const { words, ...answer } = fixtures.connect.refused;
      api.answerNext(method, answer);

      const error = await errorOf(run(messenger));

      expect(error).toBeInstanceOf(CredentialsRefusedError);
      expect(error).toMatchObject({ description: words });
      expectNoSecret(error, secrets);
    });

    test.each([
      { name: 'a 500', answer: { status: 500, body: {} } },
      { name: 'a 429', answer: fixtures.send.throttled },
      { name: 'a page that is no JSON', answer: { status: 200, body: '<html>captive portal</html>' } },
      { name: 'a 404 that is not the messenger’s', answer: { status: 404, body: '<html>nginx</html>' } },
      { name: 'no answer', answer: { status: 200, body: {}, hang: true } },
    ])('$name counts as unreachable', async ({ answer }) => {
      api.answerNext(method, answer);

      const error = await errorOf(run('hang' in answer ? hasty : messenger));

      expect(error).toBeInstanceOf(MessengerUnreachableError);
      expectNoSecret(error, secrets);
    });

    test('a server that is down counts as unreachable', async () => {
      await api.stop();

      const error = await errorOf(run(messenger));

      expect(error).toBeInstanceOf(MessengerUnreachableError);
      expectNoSecret(error, secrets);
    });
  });

  describe('send', () => {
    test('the chat of each id that it is sent to may be there, and that of none of the signs of a key', () => {
      const { reaches = () => true } = messenger.outbound;

      expect(fixtures.send.message.to.filter(({ chatId }) => !reaches(chatId))).toEqual([]);
      expect(['', '#', '@', '\u0000', '1#2', ' 5'].filter((chatId) => messenger.outbound.reaches?.(chatId))).toEqual(
        [],
      );
    });

    test('each message that is sent gets an id of its own', async () => {
      const first = await send();
      // Of a messenger that knows repeated keys the same one would be the same message.
      const second = await send(PATIENCE_MS, { ...fixtures.send.message, key: 'our2.1' });

      expect([first.kind, second.kind]).toEqual(['sent', 'sent']);
      expect(first).not.toEqual(second);
      const call = api.calls.find(({ method }) => method === fixtures.send.method);
      const { chatId, text } = sentIn(fixtures.send.message);
      expect(fixtures.send.read(call?.body)).toEqual({ chatId, text });
    });

    test("a refused message comes with the messenger's code and words", async () => {
      const { code, description, ...answer } = fixtures.send.refused;
      api.answerNext(fixtures.send.method, answer);

      expect(await send()).toMatchObject({ kind: 'refused', refusal: { code, description } });
    });

    test("refused credentials come with the messenger's code and words", async () => {
      const { code, description, ...answer } = fixtures.send.unauthorized;
      api.answerNext(fixtures.send.method, answer);

      expect(await send()).toMatchObject({ kind: 'unauthorized', refusal: { code, description } });
    });

    test.each(Object.entries(fixtures.send.errors))('code %s means the same everywhere', async (_, row) => {
      const { kind, reason, ...answer } = row;
      api.answerNext(fixtures.send.method, answer);

      const sent = await send();
      const isRefusal = kind === 'refused' || kind === 'unauthorized';
      expect(sent).toMatchObject({ kind, ...(isRefusal && reason && { refusal: { reason } }) });
      if (reason) expect(MESSAGE_ERRORS).toContain(reason);
      if ('retryAfterSeconds' in sent) expect(sent.retryAfterSeconds).toBeGreaterThan(0);
    });

    test('every meaning in the table of errors has such a row', () => {
      const shown = Object.values(fixtures.send.errors);
      // Rows with other words are of edits and deletions.
      const ofSends = fixtures.send.table.filter(({ reason }) =>
        (MESSAGE_ERRORS as readonly string[]).includes(reason),
      );
      const isShown = ({ kind, reason }: (typeof ofSends)[number]) =>
        shown.some((row) =>
          kind === undefined ? row.reason === reason : row.kind === kind && (row.reason ?? reason) === reason,
        );

      expect(ofSends.filter((row) => !isShown(row))).toEqual([]);
      expect(ofSends.length).toBeGreaterThan(5);
    });

    test('a throttled message comes with the seconds to wait', async () => {
      const { seconds, ...answer } = fixtures.send.throttled;
      api.answerNext(fixtures.send.method, answer);

      expect(await send()).toMatchObject({ kind: 'throttled', retryAfterSeconds: seconds });
    });

    test.each([
      { name: 'a 500', answer: { status: 500, body: {} } },
      { name: 'a 502 of a proxy', answer: { status: 502, body: '<html>Bad gateway</html>' } },
      { name: 'a 403 that is not the messenger’s', answer: { status: 403, body: '<html>nginx</html>' } },
      { name: 'broken JSON', answer: { status: 200, body: '{"ok":tr' } },
      { name: 'JSON of another shape', answer: { status: 200, body: [] } },
      { name: 'an empty answer', answer: { status: 200, body: '' } },
      { name: 'a redirect', answer: { status: 302, body: '' } },
      { name: 'a success of many megabytes', answer: padded(fixtures.send.accepted) },
    ])('$name counts as unreachable', async ({ answer }) => {
      api.answerNext(fixtures.send.method, answer);

      expect(await send()).toEqual({ kind: 'unreachable', reason: expect.any(String) });
    });

    test('a call without an answer counts as unreachable when its signal aborts', async () => {
      api.answerNext(fixtures.send.method, { status: 200, body: {}, hang: true });

      expect(await send(200)).toEqual({ kind: 'unreachable', reason: expect.any(String) });
    });

    test.each([
      { name: 'an error', reason: undefined },
      { name: 'no error', reason: 'enough' },
    ])('a call whose signal has already aborted, with $name as its reason, is not made', async ({ reason }) => {
      const sent = await messenger.outbound.send(credentials, fixtures.send.message, AbortSignal.abort(reason));

      expect(sent.kind).toBe('unreachable');
      expect(api.calls).toEqual([]);
    });

    describe.runIf(fixtures.send.topic)('into a topic', () => {
      const { id, read, gone } = fixtures.send.topic ?? { id: '', read: () => undefined, gone: {} };
      const into = () =>
        messenger.outbound.send(credentials, { ...fixtures.send.message, topic: id }, AbortSignal.timeout(PATIENCE_MS));
      const topics = () => api.calls.map(({ body }) => read(body));

      test('names it', async () => {
        expect(await into()).toMatchObject({ kind: 'sent' });
        expect(topics()).toEqual([id]);
      });

      describe.each(Object.entries(gone))('that is gone: %s', (_, answer) => {
        test('sends the same once more without it', async () => {
          api.answerNext(fixtures.send.method, answer);

          expect(await into()).toMatchObject({ kind: 'sent' });
          expect(topics()).toEqual([id, undefined]);
          const { chatId, text } = sentIn(fixtures.send.message);
          expect(api.calls.map(({ body }) => fixtures.send.read(body))).toEqual([
            { chatId, text },
            { chatId, text },
          ]);
        });

        test('gives up if that is refused for the same reason', async () => {
          api.answerNext(fixtures.send.method, answer);
          api.answerNext(fixtures.send.method, answer);

          expect(await into()).toMatchObject({ kind: 'refused' });
          expect(api.calls).toHaveLength(2);
        });

        test('is the answer to a message that names no topic: it is not repeated', async () => {
          api.answerNext(fixtures.send.method, answer);

          expect(await send()).toMatchObject({ kind: 'refused' });
          expect(api.calls).toHaveLength(1);
        });
      });

      test.each([
        { name: 'another refusal', answer: fixtures.send.refused, kind: 'refused' },
        { name: 'refused credentials', answer: fixtures.send.unauthorized, kind: 'unauthorized' },
        { name: 'a 429', answer: fixtures.send.throttled, kind: 'throttled' },
        { name: 'a 500', answer: { status: 500, body: {} }, kind: 'unreachable' },
      ])('does not repeat after $name', async ({ answer, kind }) => {
        api.answerNext(fixtures.send.method, answer);

        expect(await into()).toMatchObject({ kind });
        expect(api.calls).toHaveLength(1);
      });
    });

    test('a server that is down counts as unreachable', async () => {
      await api.stop();

      expect(await send()).toEqual({ kind: 'unreachable', reason: expect.any(String) });
    });
  });
}

/** Good JSON, but more than anybody should read into memory. */
function padded({ status, body }: Answer): Answer {
  return { status, body: JSON.stringify(body) + ' '.repeat(5 * 1024 * 1024) };
}

async function errorOf(promise: Promise<unknown>): Promise<unknown> {
  return promise.then(
    () => expect.unreachable('an error was expected'),
    (error: unknown) => error,
  );
}

/** Looks for secrets everywhere: message, stack, causes, hidden fields. */
export function expectNoSecret(value: unknown, secrets: readonly string[]): void {
  const shown = inspect(value, { depth: Number.POSITIVE_INFINITY, showHidden: true });
  for (const secret of secrets) expect(shown).not.toContain(secret);
}
