import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { createPublicFetch } from '#calls/public-fetch';
import { createVouch, type Vouch } from '#calls/vapid';
import { createWakeBrowser } from '#calls/web-push';
import { pushKeysOf } from '#domain/push-keys';
import { type PushServiceDouble, startPushService } from '#test/doubles/push-service';
import { PATIENCE_MS } from '#test/patience';

const NOW = Date.UTC(2026, 9, 5, 9);
const keys = pushKeysOf(Buffer.alloc(32, 7));

let service: PushServiceDouble;
let now: number;

beforeEach(async () => {
  now = NOW;
  service = await startPushService(() => now);
});

afterEach(() => service.stop());

const vouch = createVouch({ ...keys, subject: 'https://konvert.example', now: () => now });
const wake = (endpoint: string, fetch = globalThis.fetch) =>
  createWakeBrowser(fetch, vouch)(endpoint, { topic: 'waiting', ttlSeconds: 3_600 }, AbortSignal.timeout(PATIENCE_MS));

test('a push is taken: it is signed, without a payload, and gives way to a later one', async () => {
  expect(await wake(service.subscribe('browser', keys.publicKey))).toEqual({ outcome: 'sent' });

  const [call] = service.calls;
  expect(call?.faults).toEqual([]);
  expect(call?.bytes).toHaveLength(0);
  expect(call?.headers).toMatchObject({ ttl: '3600', urgency: 'high', topic: 'waiting' });
  const exp = NOW / 1000 + 12 * 3600;
  expect(call?.claims).toEqual({ aud: service.baseUrl, exp, sub: 'https://konvert.example' });
});

test('its token is used for an hour', async () => {
  const endpoint = service.subscribe('browser', keys.publicKey);
  for (const ms of [0, 3_599_999, 1]) {
    now += ms;
    await wake(endpoint);
  }

  const [first, second, third] = service.calls.map(({ headers }) => headers.authorization);
  expect(second).toBe(first);
  expect(third).not.toBe(first);
  expect(service.calls.flatMap(({ faults }) => faults)).toEqual([]);
});

test('a service answers as the standard says', async () => {
  const endpoint = service.subscribe('browser', keys.publicKey);
  expect(await wake(`${service.baseUrl}/never-given`)).toEqual({ outcome: 'gone', reason: '404' });
  for (let sent = 0; sent < 20; sent += 1) expect(await wake(endpoint)).toEqual({ outcome: 'sent' });
  expect(await wake(endpoint)).toEqual({ outcome: 'later', reason: '429', afterMs: 1_000 });
  // Of all of them it keeps one, for an hour.
  expect(service.keptFor('browser')).toEqual(['waiting']);
  now += 3_600_000;
  expect(service.keptFor('browser')).toEqual([]);
  service.end('browser');
  expect(await wake(endpoint)).toEqual({ outcome: 'gone', reason: '410' });
});

describe('a service refuses', () => {
  const subject = 'https://konvert.example';
  const others = pushKeysOf(Buffer.alloc(32, 9));

  test.each<[string, Vouch, string]>([
    [
      'a token that has ended',
      createVouch({ ...keys, subject, now: () => NOW - 13 * 3_600_000 }),
      'an end that is none',
    ],
    ['nobody to write to', createVouch({ ...keys, subject: 'somebody', now: () => NOW }), 'claims that are none'],
    ['a token for another service', () => vouch('https://push.example/browser'), 'claims that are none'],
    [
      'a token that others have signed',
      async (endpoint) =>
        (await createVouch({ ...others, subject, now: () => NOW })(endpoint)).replace(others.publicKey, keys.publicKey),
      'a wrong signature',
    ],
    ['no token', async () => 'Bearer x', 'no vapid'],
  ])('%s', async (_, wrong, fault) => {
    const endpoint = service.subscribe('browser', keys.publicKey);
    const signal = AbortSignal.timeout(PATIENCE_MS);
    const end = await createWakeBrowser(globalThis.fetch, wrong)(endpoint, { topic: 'a', ttlSeconds: 60 }, signal);

    expect(end).toEqual({ outcome: 'refused', reason: '403' });
    expect(service.calls[0]?.faults).toEqual([fault]);
  });
});

describe('an answer of', () => {
  test.each([
    [200, {}, { outcome: 'sent' }],
    [404, {}, { outcome: 'gone', reason: '404' }],
    [410, {}, { outcome: 'gone', reason: '410' }],
    [429, { 'retry-after': '20' }, { outcome: 'later', reason: '429', afterMs: 20_000 }],
    [429, { 'retry-after': 'Mon, 05 Oct 2026 10:00:00 GMT' }, { outcome: 'later', reason: '429' }],
    [503, {}, { outcome: 'later', reason: '503' }],
    [400, {}, { outcome: 'refused', reason: '400' }],
    [413, {}, { outcome: 'refused', reason: '413' }],
    [302, { location: 'http://127.0.0.1:1/' }, { outcome: 'refused', reason: '302' }],
  ])('%i is followed', async (status, headers, expected) => {
    const endpoint = service.subscribe('browser', keys.publicKey);
    service.answerNext('browser', { status, body: '', headers });

    expect(await wake(endpoint)).toEqual(expected);
  });
});

test('a page that subscribed with another key is refused', async () => {
  const other = pushKeysOf(Buffer.alloc(32, 8));

  expect(await wake(service.subscribe('browser', other.publicKey))).toEqual({ outcome: 'refused', reason: '403' });
  expect(service.calls[0]?.faults).toEqual(['another key than that of the subscription']);
});

test('a service that cannot be reached is tried later, one in a private network never', async () => {
  expect(await wake('http://127.0.0.1:1/browser')).toMatchObject({ outcome: 'later' });
  const endpoint = service.subscribe('browser', keys.publicKey);
  expect(await wake(endpoint, createPublicFetch())).toEqual({ outcome: 'gone', reason: 'PRIVATE_ADDRESS' });
  expect(service.calls).toEqual([]);
});
