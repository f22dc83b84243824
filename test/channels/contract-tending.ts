import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { Inspected, Messenger } from '#channels/channel';
import type { KnownBy, Received } from '#channels/inbound';
import { type Answer, expectNoSecret, type MessengerDouble, type MessengerFixtures } from '#test/channels/contract';
import { WEBHOOK_SECRET } from '#test/channels/contract-parts';
import { parserOf } from '#test/channels/messages';
import { PATIENCE_MS } from '#test/patience';

/** What a messenger wants beyond that, each absent if it does not. */
export interface TendingFixtures {
  /** The words of the answer to a webhook that was taken. */
  readonly taken?: string;
  readonly inspect?: {
    /** Each key says what the messenger told. */
    readonly outcomes: Readonly<Record<string, Answer & { readonly method: string; readonly kind: Inspected['kind'] }>>;
  };
  /** The answer to the question what was said lately, and the webhooks of the same. */
  readonly recent?: {
    readonly method: string;
    readonly answer: Answer;
    readonly webhooks: readonly unknown[];
  };
}

type Double = () => Promise<MessengerDouble>;

const signal = () => AbortSignal.timeout(PATIENCE_MS);

export function describeTending(messenger: Messenger, fixtures: MessengerFixtures, double: Double): void {
  const { inbound, setup } = messenger;
  const tending = fixtures.tending ?? {};
  let api: MessengerDouble;
  let channel: KnownBy;

  beforeEach(async () => {
    api = await double();
    const read = setup.readCredentials(fixtures.credentials.input(api.baseUrl));
    if (!('credentials' in read)) throw new Error(`Wrong fixtures: ${read.fields}`);
    channel = { credentials: read.credentials, webhookSecret: WEBHOOK_SECRET };
  });

  afterEach(() => api.stop());

  test('taken: a webhook is answered in the words that the messenger wants', () => {
    expect(inbound.taken?.text).toBe(tending.taken);
    if (inbound.taken) expect(inbound.taken.status).toBe(200);
  });

  describe.runIf(setup.inspect)('inspect', () => {
    const inspect = async (url: string, given = signal()): Promise<Inspected> => {
      const inspected = await setup.inspect!(channel, url, given);
      expectNoSecret(inspected, [...fixtures.credentials.secrets, WEBHOOK_SECRET]);
      return inspected;
    };
    const url = () => api.callbackUrl ?? 'https://konvert.example/webhook';

    /** The calls that it makes while everything is well. */
    async function callsOfIt(): Promise<string[]> {
      await setup.register(channel, url());
      const before = api.calls.length;
      await inspect(url());
      return [...new Set(api.calls.slice(before).map(({ method }) => method))];
    }

    test('a channel that was registered is listening', async () => {
      await setup.register(channel, url());

      expect(await inspect(url())).toMatchObject({ kind: 'listening' });
    });

    test('a channel that was silenced is not, and why is said', async () => {
      await setup.register(channel, url());
      await setup.unregister(channel.credentials, url());

      const inspected = await inspect(url());
      expect(['deaf', 'elsewhere']).toContain(inspected.kind);
      expect(inspected).toMatchObject({ why: expect.stringMatching(/\w/) });
    });

    test.each(Object.entries(tending.inspect?.outcomes ?? {}))('%s', async (_, { method, kind, ...answer }) => {
      await setup.register(channel, url());
      api.answerNext(method, answer);

      expect(await inspect(url())).toMatchObject({ kind });
    });

    test.each([
      { name: 'a 500', answer: { status: 500, body: {} } },
      { name: 'a page that is no JSON', answer: { status: 200, body: '<html>captive portal</html>' } },
      { name: 'a 404 that is not the messenger’s', answer: { status: 404, body: '<html>nginx</html>' } },
      { name: 'an empty answer', answer: { status: 200, body: '' } },
      { name: 'a list', answer: { status: 200, body: [] } },
    ])('$name says nothing of the credentials, and is no reason to believe that it listens', async ({ answer }) => {
      const [first = '', ...others] = await callsOfIt();
      api.answerNext(first, answer);
      const inspected = await inspect(url());

      // A list or nothing may be how the messenger says that there is no webhook: registering again does no harm.
      expect(answer.body === '' || Array.isArray(answer.body) ? ['unknown', 'deaf'] : ['unknown']).toContain(
        inspected.kind,
      );
      for (const method of others) {
        api.answerNext(method, answer);
        expect((await inspect(url())).kind).not.toBe('unauthorized');
      }
    });

    test('credentials that are refused are unauthorized', async () => {
      const [first = ''] = await callsOfIt();
      api.answerNext(first, fixtures.send.unauthorized);

      expect(await inspect(url())).toMatchObject({ kind: 'unauthorized' });
    });

    test('a server that is down, and a signal that aborts: unknown, and nothing is thrown', async () => {
      expect(await inspect(url(), AbortSignal.abort())).toMatchObject({ kind: 'unknown' });
      await api.stop();

      expect(await inspect(url())).toMatchObject({ kind: 'unknown' });
    });
  });

  test('recent: what was said lately can be asked for, or the messenger says so', () => {
    expect(inbound.recent !== undefined).toBe(tending.recent !== undefined);
  });

  test.runIf(tending.recent)('recent: the same messages have the same keys as by their webhooks', async () => {
    const { method, answer, webhooks } = tending.recent!;
    api.answerNext(method, answer);
    const parse = parserOf(messenger);

    const bodies = await inbound.recent!(channel, 0, signal());

    const found = bodies.flatMap((body) => parse(body)).map(keyOf);
    const told = webhooks.flatMap((body) => parse(body)).map(keyOf);
    expect(found).toEqual(told);
    expect(found.length).toBeGreaterThan(0);
    expectNoSecret(bodies, fixtures.credentials.secrets);
  });
}

/** What a message is stored by. */
function keyOf(item: Received) {
  if (!('providerId' in item)) return { kind: item.kind };
  const { kind, ids, providerId } = item;
  return { kind, chat: ids[0], providerId, time: 'time' in item ? item.time : undefined };
}
