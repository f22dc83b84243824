import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { createPublicFetch } from '#calls/public-fetch';
import { createWebhooks, type WebhookEnd } from '#calls/webhook';
import { outcomeOf } from '#domain/receiver-answer';
import { PATIENCE_MS } from '#test/patience';
import { answer, type Behaviour, type ReceiverDouble, startReceiver } from './receiver-double.ts';

/** The `fetch` of one machine, and that of a deployment, here with leave to call this machine. */
const fetches = {
  plain: globalThis.fetch,
  public: createPublicFetch({ refuses: () => false }),
} as const;

let receiver: ReceiverDouble;

beforeEach(async () => {
  receiver = await startReceiver();
});
afterEach(() => receiver.stop());

function post(fetch: typeof globalThis.fetch, uri = receiver.url, ms = PATIENCE_MS): Promise<WebhookEnd> {
  const headers = { 'content-type': 'application/json; charset=utf-8', 'webhook-id': 'one' };
  return createWebhooks(fetch).postWebhook({ uri, headers, body: '{"text":"да"}' }, AbortSignal.timeout(ms));
}

const LONG = 'x'.repeat(10 * 1024 * 1024);
const behaviours: readonly { says: string; does: Behaviour; end: WebhookEnd; outcome: string }[] = [
  { says: 'takes it', does: answer(200, { id: '1' }), end: answered(200, '{"id":"1"}'), outcome: 'taken' },
  { says: 'takes it without a word', does: answer(204), end: answered(204, ''), outcome: 'taken' },
  { says: 'answers a page of HTML', does: answer(200, '<html>'), end: answered(200, '<html>'), outcome: 'taken' },
  { says: 'refuses it', does: answer(422, 'no'), end: answered(422, 'no'), outcome: 'refused' },
  { says: 'breaks', does: answer(500), end: answered(500, ''), outcome: 'refused' },
  { says: 'is not there', does: answer(503), end: answered(503, ''), outcome: 'ill' },
  { says: 'wants nothing any more', does: answer(410), end: answered(410, ''), outcome: 'gone' },
  { says: 'hangs', does: { kind: 'hang' }, end: failed('TIMEOUT'), outcome: 'unclear' },
  { says: 'hangs in its answer', does: { kind: 'hang-in-body', status: 200 }, end: answered(200), outcome: 'taken' },
  { says: 'sends 10 MB', does: answer(200, LONG), end: answered(200), outcome: 'taken' },
  {
    says: 'says more than it sends',
    does: { kind: 'lie', status: 200, says: 1_000, bytes: 10 },
    end: answered(200),
    outcome: 'taken',
  },
  {
    says: 'sends more than it says',
    does: { kind: 'lie', status: 200, says: 5, bytes: 1_000 },
    end: answered(200, expect.any(String)),
    outcome: 'taken',
  },
];

describe.each(Object.entries(fetches))('with the %s fetch, a receiver that', (_, fetch) => {
  test.each(behaviours)('$says', async ({ does, end, outcome }) => {
    receiver.next(does);

    const ended = await post(fetch, receiver.url, does.kind.startsWith('hang') ? 2_000 : PATIENCE_MS);

    expect(ended).toEqual(end);
    expect(outcomeOf(ended)).toBe(outcome);
    expect(receiver.calls).toHaveLength(1);
  });

  test.each([
    { says: 'resets', does: { kind: 'reset' } as Behaviour },
    { says: 'closes', does: { kind: 'close' } as Behaviour },
    { says: 'speaks no HTTP', does: { kind: 'raw', bytes: 'SSH-2.0-OpenSSH\r\n' } as Behaviour },
  ])('$says: nobody knows whether it has it', async ({ does }) => {
    receiver.next(does);

    expect(outcomeOf(await post(fetch))).toBe('unclear');
  });

  test('redirects is not followed', async () => {
    receiver.next(answer(307, '', { location: receiver.url }));

    expect(await post(fetch)).toMatchObject({ status: 307 });
    expect(receiver.calls).toHaveLength(1);
  });

  test('is down gets it when it is back', async () => {
    await receiver.goDown();
    const ended = await post(fetch);
    expect([ended, outcomeOf(ended)]).toEqual([failed('ECONNREFUSED'), 'ill']);
    await receiver.comeBack();

    expect(await post(fetch)).toMatchObject({ status: 200 });
  });

  test('gets the bytes and headers that it was sent', async () => {
    await post(fetch, `${receiver.url}?key=1`);

    expect(receiver.calls[0]).toMatchObject({
      method: 'POST',
      path: '/hook?key=1',
      raw: '{"text":"да"}',
      id: 'one',
      headers: { 'content-type': 'application/json; charset=utf-8' },
    });
    expect(receiver.calls[0]?.headers).not.toHaveProperty('authorization');
    // A packed answer to `createContact` could not be read.
    expect(receiver.calls[0]?.headers['accept-encoding']).toBe('identity');
  });

  test.each(['http://user:word@127.0.0.1:1/', 'no address', 'ftp://127.0.0.1/', ''])(
    'has the address %j is ill, and nothing is thrown',
    async (uri) => {
      expect(outcomeOf(await post(fetch, uri))).toBe('ill');
    },
  );
});

test('a private address is not called', async () => {
  expect(await post(createPublicFetch())).toEqual(failed('PRIVATE_ADDRESS'));
  expect(receiver.calls).toEqual([]);
});

function answered(status: number, body?: string): WebhookEnd {
  return { kind: 'answered', status, body };
}

function failed(code: string): WebhookEnd {
  return { kind: 'failed', code };
}
