import { describe, expect, test } from 'vitest';
import { eventHeaders } from '#flows/sign-event';
import { readEvent, UnsignedEventError, verifyEvent } from '../../clients/typescript/events.ts';
import { createKonvertClient, dataOf, KonvertError, type KonvertOptions } from '../../clients/typescript/index.ts';

const BASE = 'https://konvert.example';

/** The request that a client with those options sends. */
async function requestOf(options: Partial<KonvertOptions>): Promise<Request> {
  const sent: Request[] = [];
  const fetch = async (request: Request) => {
    sent.push(request);
    return Response.json({ chats: [] });
  };
  await createKonvertClient({ baseUrl: BASE, fetch, ...options }).GET('/v1/chats');
  return sent[0]!;
}

describe('who asks', () => {
  test.each([
    { what: 'nobody', options: {}, key: null, user: null },
    { what: 'a key', options: { apiKey: 'k1' }, key: 'Bearer k1', user: null },
    { what: 'a user', options: { apiKey: 'k1', actingAs: '17' }, key: 'Bearer k1', user: '17' },
    { what: 'a user whose id no header holds', options: { actingAs: 'Аня' }, key: null, user: '%D0%90%D0%BD%D1%8F' },
    { what: 'a user whose id is decoded once', options: { actingAs: '%41' }, key: null, user: '%2541' },
    {
      what: 'a header of the caller',
      options: { apiKey: 'k1', headers: { 'Konvert-User': '18' } },
      key: 'Bearer k1',
      user: '18',
    },
  ])('$what', async ({ options, key, user }) => {
    const { headers, url } = await requestOf(options);

    expect([headers.get('authorization'), headers.get('konvert-user')]).toEqual([key, user]);
    expect(url).toBe(`${BASE}/v1/chats`);
  });
});

describe('an answer that says no', () => {
  test.each([
    {
      what: 'of most routes',
      answer: Response.json({ error: 'USER_NOT_FOUND', description: 'None', data: { userId: '1' } }, { status: 404 }),
      error: { status: 404, code: 'USER_NOT_FOUND', description: 'None', data: { userId: '1' } },
      message: '404 USER_NOT_FOUND: None',
    },
    {
      what: 'of a message',
      answer: Response.json(
        { status: 400, requestId: 'a1', error: 'CHAT_NO_ACCESS', description: 'No' },
        { status: 400 },
      ),
      error: { status: 400, code: 'CHAT_NO_ACCESS', description: 'No', data: undefined },
      message: '400 CHAT_NO_ACCESS: No',
    },
    {
      what: 'with the code in an object',
      answer: Response.json({ error: { code: 'NO_SUCH_ACCOUNT' } }, { status: 400 }),
      error: { status: 400, code: 'NO_SUCH_ACCOUNT', description: '', data: undefined },
      message: '400 NO_SUCH_ACCOUNT',
    },
    {
      what: 'of a gateway',
      answer: Response.json({ message: 'Not Found' }, { status: 404 }),
      error: { status: 404, code: '404', description: '', data: undefined },
      message: '404',
    },
    {
      what: 'of a proxy',
      answer: new Response('<html>', { status: 502 }),
      error: { status: 502, code: '502', description: '', data: undefined },
      message: '502',
    },
    {
      what: 'with nothing in it',
      answer: new Response(null, { status: 503, headers: { 'content-length': '0' } }),
      error: { status: 503, code: '503', description: '', data: undefined },
      message: '503',
    },
  ])('$what is one error', async ({ answer, error, message }) => {
    const konvert = createKonvertClient({ baseUrl: BASE, fetch: async () => answer });

    const thrown = await dataOf(konvert.GET('/v1/chats')).catch((reason: unknown) => reason);

    expect(thrown).toBeInstanceOf(KonvertError);
    expect(thrown).toMatchObject({ ...error, message, name: 'KonvertError' });
  });

  test('a lost connection stays the error of fetch', async () => {
    const lost = new TypeError('fetch failed');
    const konvert = createKonvertClient({ baseUrl: BASE, fetch: () => Promise.reject(lost) });

    await expect(dataOf(konvert.GET('/v1/chats'))).rejects.toBe(lost);
  });
});

describe('a call that Konvert signed', () => {
  const [secret, other] = ['whsec_MDEyMzQ1Njc4OWFiY2RlZjAxMjM0NTY3', 'whsec_ZmVkY2JhOTg3NjU0MzIxMGZlZGNiYTk4'];
  const body = JSON.stringify({ channelsUpdates: [{ channelId: 'c1', state: 'active', timestamp: 1 }], note: 'Ёлка' });
  const signed = (secrets: readonly string[], now = Date.now()) =>
    eventHeaders({ crmKey: undefined, secrets }, 'id-1', body, now);
  const MINUTE_MS = 60_000;

  test.each([
    { what: 'headers of node:http', read: () => verifyEvent(secret, signed([secret]), body) },
    { what: 'headers of fetch', read: () => verifyEvent(secret, new Headers(signed([secret])), body) },
    { what: 'bytes', read: () => verifyEvent(secret, signed([secret]), Buffer.from(body)) },
    { what: 'two secrets', read: () => verifyEvent(secret, signed([other, secret]), body) },
    { what: 'four minutes ago', read: () => verifyEvent(secret, signed([secret], Date.now() - 4 * MINUTE_MS), body) },
    {
      what: 'a request',
      read: () => readEvent(secret, new Request(BASE, { method: 'POST', headers: signed([secret]), body })),
    },
  ])('$what', async ({ read }) => {
    expect(await read()).toEqual(JSON.parse(body));
  });

  test.each([
    { what: 'another secret', read: () => verifyEvent(secret, signed([other]), body) },
    { what: 'another body', read: () => verifyEvent(secret, signed([secret]), body.replace('active', 'blocked')) },
    { what: 'no signature', read: () => verifyEvent(secret, {}, body) },
    {
      what: 'two headers of one name',
      read: () => verifyEvent(secret, { ...signed([secret]), 'webhook-id': ['a', 'b'] }, body),
    },
    { what: 'six minutes ago', read: () => verifyEvent(secret, signed([secret], Date.now() - 6 * MINUTE_MS), body) },
  ])('$what is refused', ({ read }) => {
    expect(read).toThrow(UnsignedEventError);
  });

  test('a secret that is none is a fault of the receiver, not of the call', () => {
    expect(() => verifyEvent('', signed([secret]), body)).toThrow(/empty/);
    expect(() => verifyEvent('', signed([secret]), body)).not.toThrow(UnsignedEventError);
  });
});
