import { afterEach, beforeEach, expect, test } from 'vitest';
import type { Asked, Crm, Tokens } from '#crms/crm';
import { crmStateOf } from '#domain/crm-state';
import { createSessions, type Sessions } from '#flows/crm/sessions';
import { createWorld, START, type World } from '#test/world';

const ACCOUNT = 'account-1';
const HOUR_MS = 3_600_000;
const NO: Asked<never> = { kind: 'unauthorized', code: '401', description: 'no' };
const signal = new AbortController().signal;

let world: World;
let sessions: Sessions;
/** The refresh tokens that the CRM was sent. */
let sent: string[];
let answer: () => Asked<Tokens>;
let taken: string[];
let identified: Asked<unknown>;

beforeEach(async () => {
  world = await createWorld();
  [sent, taken, identified] = [[], [], NO];
  const next = () => `a${sent.length + 1}`;
  answer = () => ({
    kind: 'ok',
    value: { accessToken: next(), refreshToken: `r${sent.length + 1}`, goodUntil: world.clock.now() + 2 * HOUR_MS },
  });
  const crm = {
    name: 'amocrm',
    hostOf: () => 'demo.amocrm.ru',
    identify: async () => identified,
    oauth: {
      refresh: async (_app: unknown, { refreshToken }: { refreshToken: string }) => {
        sent.push(refreshToken);
        return answer();
      },
    },
  } as unknown as Crm;
  const { cipher } = world.deps as never as { cipher: never };
  const pause = async (ms: number) => world.clock.advance(ms);
  sessions = createSessions({ ...world.deps, cipher, log: () => undefined, pause, crmFor: () => crm });
});

afterEach(() => world.stop());

async function connect(tokens: Tokens = { accessToken: 'a1', refreshToken: 'r1', goodUntil: START + 2 * HOUR_MS }) {
  await world.store.crms.connect(
    ACCOUNT,
    { crm: 'amocrm', app: {}, baseUrl: 'https://konvert.example', tokens },
    'key',
  );
}

/** The token of a call, and what became of it. The CRM takes those of `taken`. */
function call() {
  return sessions.withSession<string>(ACCOUNT, signal, async (_crm, { accessToken }) =>
    taken.includes(accessToken) ? { kind: 'ok', value: accessToken } : NO,
  );
}

async function stateNow() {
  return crmStateOf((await world.store.crms.now(ACCOUNT))!, world.clock.now());
}

test('a pair is renewed at half of its life and not before', async () => {
  await connect();
  taken = ['a1', 'a2'];
  world.clock.advance(HOUR_MS - 1);
  expect(await call()).toEqual({ kind: 'ok', value: 'a1' });
  world.clock.advance(1);

  expect(await call()).toEqual({ kind: 'ok', value: 'a2' });
  expect(sent).toEqual(['r1']);
});

test('calls at once renew it once, and the others use the former token while it is good (K6, K8)', async () => {
  await connect();
  taken = ['a1', 'a2'];
  world.clock.advance(HOUR_MS);
  const answers = await Promise.all([call(), call(), call()]);

  expect(sent).toEqual(['r1']);
  expect(answers.every(({ kind }) => kind === 'ok')).toBe(true);
});

test('a call that is refused is repeated once with a new token', async () => {
  await connect();
  taken = ['a2'];
  world.clock.advance(60_000);

  expect(await call()).toEqual({ kind: 'ok', value: 'a2' });
  taken = [];
  expect(await call()).toMatchObject({ kind: 'unauthorized' });
  expect(sent).toEqual(['r1']);
});

test('a refusal to renew ends the connection after 130 s, and the access token works on (K7)', async () => {
  await connect();
  taken = ['a1'];
  answer = () => NO;
  world.clock.advance(HOUR_MS);
  expect(await call()).toEqual({ kind: 'ok', value: 'a1' });
  expect(await stateNow()).not.toBe('unauthorized');
  world.clock.advance(130_000);

  expect(await call()).toEqual({ kind: 'ok', value: 'a1' });
  expect(await stateNow()).toBe('unauthorized');
  expect((await world.store.crms.now(ACCOUNT))?.endedAt).toBe(START + HOUR_MS);
  world.clock.advance(HOUR_MS);
  expect(await call()).toMatchObject({ kind: 'unauthorized', code: 'CRM_UNAUTHORIZED' });
  expect(sent).toEqual(['r1']);
});

test('a pair is renewed weekly, whatever its access token says (K10)', async () => {
  await connect({ accessToken: 'a1', refreshToken: 'r1', goodUntil: START + 1_000 * HOUR_MS });
  world.clock.advance(7 * 24 * HOUR_MS - 1);
  await sessions.refreshIfDue(ACCOUNT, signal);
  expect(sent).toEqual([]);
  world.clock.advance(1);
  await sessions.refreshIfDue(ACCOUNT, signal);

  expect(sent).toEqual(['r1']);
});

test('a token that never ends is tried twice before it counts as ended, and lives again if it works', async () => {
  await connect({ accessToken: 'a1' });
  expect(await call()).toEqual(NO);
  expect(await stateNow()).toBe('unauthorized');
  await sessions.refreshIfDue(ACCOUNT, signal);
  expect(await stateNow()).toBe('unauthorized');

  identified = { kind: 'ok', value: {} };
  await sessions.refreshIfDue(ACCOUNT, signal);
  expect(await stateNow()).toBe('connecting');
});

test('a CRM that blocks us is called no more until then', async () => {
  await connect();
  const blocked = { kind: 'throttled', retryAfterSeconds: 900, problem: 'BLOCKED' } as const;
  await sessions.withSession(ACCOUNT, signal, async () => blocked);

  expect(await call()).toEqual(blocked);
  expect(await sessions.open(ACCOUNT, signal)).toEqual(blocked);
});
