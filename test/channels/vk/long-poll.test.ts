import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { createVk } from '#channels/vk/index';
import { startVk, type VkDouble } from '#test/doubles/vk';
import { PATIENCE_MS } from '#test/patience';

const SECRET = 'd'.repeat(64);

let api: VkDouble;
let polling: NonNullable<ReturnType<typeof createVk>['polling']>;
let inbound: ReturnType<typeof createVk>['inbound'];
let credentials: Record<string, string>;

beforeEach(async () => {
  api = await startVk();
  ({ polling = expect.unreachable(), inbound } = createVk({ apiUrl: api.baseUrl }));
  credentials = { groupId: String(api.groupId), accessToken: api.token };
});

afterEach(() => api.stop());

const get = (from?: number, signal = AbortSignal.timeout(PATIENCE_MS)) => polling.fetch(credentials, from, signal);
const textsOf = (fetched: Awaited<ReturnType<typeof get>>) => {
  if (fetched.kind !== 'updates') return expect.unreachable(fetched.kind);
  return fetched.updates.map(({ body }) => (body as { object: { message: { text: string } } }).object.message.text);
};
const lastId = (fetched: Awaited<ReturnType<typeof get>>) =>
  fetched.kind === 'updates' ? fetched.updates.at(-1)!.id : expect.unreachable(fetched.kind);
/** Until the queue was asked so often. */
const isWaited = (times = 1) =>
  vi.waitFor(() => expect(api.calls.filter(({ method }) => method === 'longpoll')).toHaveLength(times), {
    timeout: PATIENCE_MS,
    interval: 5,
  });
const failed = (body: unknown) => api.answerNext('longpoll', { status: 200, body });

test('events come until they are confirmed, and each is accepted as if it were posted', async () => {
  const waiting = get();
  await isWaited();
  for (const said of ['one', 'two']) api.writes(api.person(), said);
  await waiting;
  // Nothing is confirmed yet.
  const all = await get();

  expect(textsOf(all)).toEqual(['one', 'two']);
  expect(textsOf(await get(lastId(all)))).toEqual(['two']);
  api.writes(api.person(), 'three');
  const third = await get(lastId(all) + 1);
  expect(textsOf(third)).toEqual(['three']);
  const [update] = third.kind === 'updates' ? third.updates : [];
  const body = Buffer.from(JSON.stringify(polling.bodyOf!(update?.body, SECRET)));
  const request = { method: 'POST', query: {}, headers: polling.headersOf(SECRET), body };
  expect(inbound.verify(request, { credentials, webhookSecret: SECRET })).toBe(true);
  expect(inbound.verify(request, { credentials, webhookSecret: 'e'.repeat(64) })).toBe(false);
});

test('the queue is switched on, with the events of messages', async () => {
  const waiting = get();
  await isWaited();
  api.writes(api.person(), 'one');
  await waiting;

  const settings = api.calls.find(({ method }) => method === 'groups.setLongPollSettings')?.body;
  expect(settings).toMatchObject({ enabled: '1', api_version: '5.199', message_new: '1', message_typing_state: '0' });
});

test.each([
  { name: 'what was asked from is gone', answer: () => ({ failed: 1, ts: '100' }), from: 50 },
  { name: 'the key has ended', answer: () => ({ failed: 2 }), from: 100 },
  { name: 'the number has ended too', answer: () => ({ failed: 3 }), from: undefined },
])('$name: it is asked anew at once', async ({ answer, from }) => {
  failed(answer());
  const waiting = get(from);
  await isWaited(2);
  api.writes(api.person(), 'one');

  expect(textsOf(await waiting)).toEqual(['one']);
});

test.each([
  {
    name: 'a token that was revoked',
    method: 'groups.getLongPollServer',
    body: error(5),
    expected: { kind: 'unauthorized' },
  },
  { name: 'a limit', method: 'groups.getLongPollServer', body: error(29), expected: { kind: 'throttled' } },
  {
    name: 'a right that is missing',
    method: 'groups.setLongPollSettings',
    body: error(15),
    expected: { kind: 'unreachable' },
  },
  { name: 'no queue', method: 'groups.getLongPollServer', body: { response: {} }, expected: { kind: 'unreachable' } },
  { name: 'nonsense of the queue', method: 'longpoll', body: [], expected: { kind: 'unreachable' } },
])('$name: $expected.kind', async ({ method, body, expected }) => {
  api.answerNext(method, { status: 200, body });

  expect(await get()).toMatchObject(expected);
});

test('a signal that aborts ends the waiting, and nothing is thrown', async () => {
  expect(await get(undefined, AbortSignal.abort())).toMatchObject({ kind: 'unreachable' });
});

test('a queue that ends again and again is given up', async () => {
  for (let times = 0; times < 4; times += 1) failed({ failed: 2 });

  expect(await get()).toMatchObject({ kind: 'unreachable' });
});

test('it serves VK itself, for one channel of a community', async () => {
  expect(polling.serves(credentials)).toBe(true);
  expect(polling.serves({ ...credentials, apiBaseUrl: api.baseUrl })).toBe(false);
  expect(polling.accountOf(credentials)).toBe('210001');
  expect(await polling.webhookOf(credentials)).toBeUndefined();
});

function error(error_code: number) {
  return { error: { error_code, error_msg: 'no' } };
}

test('the key of the queue goes nowhere unencrypted', async () => {
  const elsewhere = await startVk();
  const queue = { server: `${elsewhere.baseUrl}/longpoll`, key: 'k', ts: '1' };
  api.answerNext('groups.getLongPollServer', { status: 200, body: { response: queue } });

  expect(await get()).toEqual({ kind: 'unreachable', reason: 'no queue of VK' });
  expect(elsewhere.calls).toEqual([]);
  await elsewhere.stop();
});
