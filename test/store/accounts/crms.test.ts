import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { crmProblemsOf, crmStateOf } from '#domain/crm-state';
import type { OpenCrm, OpenCrms } from '#store/accounts/open-crms';
import { createWorld, START, type World } from '#test/world';

const ACCOUNT = 'account-1';
const DAY_MS = 24 * 3_600_000;
const PORTAL = { accountId: '1', host: 'demo.amocrm.ru', name: 'Demo', connectedAs: 'Anna', isAdmin: true };
const NEW = {
  crm: 'amocrm',
  app: { clientSecret: 'secret-of-the-app' },
  baseUrl: 'https://konvert.example',
  tokens: { accessToken: 'an-access-token', refreshToken: 'a-refresh-token', goodUntil: START + DAY_MS },
} as const;

let world: World;
let crms: OpenCrms;

beforeEach(async () => {
  world = await createWorld();
  crms = world.store.crms;
});

afterEach(() => world.stop());

async function connect(more: object = {}): Promise<OpenCrm> {
  const open = await crms.connect(ACCOUNT, { ...NEW, ...more }, 'key-1');
  return open!;
}

describe('a connection', () => {
  test('is found by the account and by its id, and in the list of all', async () => {
    expect(await crms.of(ACCOUNT)).toBeUndefined();
    const { connection } = await connect();

    expect(await crms.of(ACCOUNT)).toEqual(connection);
    expect(await crms.byId(connection.connectionId)).toEqual({ account: ACCOUNT });
    expect(await crms.listAll()).toEqual([{ account: ACCOUNT, connectionId: connection.connectionId }]);
    expect(crmStateOf(connection, START)).toBe('connecting');
  });

  test('is one at a time', async () => {
    await connect();

    expect(await crms.connect(ACCOUNT, NEW, 'key-2')).toBeUndefined();
  });

  test('keeps its secrets sealed, and out of what needs none', async () => {
    const open = await connect();
    const stored = JSON.stringify(world.db.items('accounts'));

    for (const secret of ['secret-of-the-app', 'an-access-token', 'a-refresh-token', open.hooksSecret])
      expect(stored).not.toContain(secret);
    expect(JSON.stringify(await crms.of(ACCOUNT))).not.toMatch(/sealed|secret|hook/);
    expect(open.app).toEqual(NEW.app);
    expect(open.hooksUrl).toBe(
      `https://konvert.example/webhooks/crm/amocrm/${open.connection.connectionId}/${open.hooksSecret}`,
    );
  });

  test('that is left is gone with its secrets, and another one may come', async () => {
    const open = await connect();
    expect(await crms.remove(open, 'key-1')).toBe(true);

    expect(await crms.of(ACCOUNT)).toBeUndefined();
    expect(await crms.listAll()).toEqual([]);
    const left = world.db.items('accounts').filter(({ p, s }) => s === 'crm' || String(p).startsWith('crm'));
    expect(left).toEqual([{ p: `account#${ACCOUNT}`, s: 'crm', ver: 2 }]);
    const next = await connect();
    expect(next.connection.connectionId).not.toBe(open.connection.connectionId);
    expect(await crms.change(open, { isDisabled: true }, 'key-1')).toBe(false);
    await crms.noteProof(open.connection, START);
    expect(await crms.now(ACCOUNT)).not.toHaveProperty('lastProofAt');
  });

  test('that was changed meanwhile is not changed by who read it before', async () => {
    const open = await connect();
    expect(await crms.setDisabled(open, true, 'key-1')).toBe(true);

    expect(await crms.change(open, { app: { clientSecret: 'late' } }, 'key-2')).toBe(false);
    expect(await crms.remove(open, 'key-2')).toBe(false);
    expect(crmStateOf((await crms.now(ACCOUNT))!, START)).toBe('disabled');
  });

  test('is recorded in the audit when it is made, changed and left', async () => {
    await crms.setDisabled(await connect(), true, 'key-1');
    await crms.remove((await crms.openNow(ACCOUNT))!, 'key-1');

    const acts = world.db.items('accounts').filter(({ p }) => p === `audit#${ACCOUNT}`);
    expect(acts.map(({ act }) => act)).toEqual(['crm-connected', 'crm-changed', 'crm-left']);
  });

  test('takes what a CRM gives at its installation', async () => {
    const { connection } = await connect({ tokens: undefined });
    expect(await crms.install(connection, NEW.tokens, 'of-the-hooks')).toBe(true);

    expect(await crms.open(ACCOUNT)).toMatchObject({
      hookSecret: 'of-the-hooks',
      connection: { goodUntil: START + DAY_MS },
    });
  });
});

describe('problems', () => {
  test('stand since they were first noted, and one that is solved takes no other away', async () => {
    const { connection } = await connect({ portal: PORTAL });
    expect(crmStateOf(connection, START)).toBe('active');
    await Promise.all([
      crms.noteProblems(connection, [{ code: 'STAGE_GONE', about: 'channel-1' }]),
      crms.noteProblems(connection, [{ code: 'HOOKS_MISSING' }]),
    ]);
    world.clock.advance(60_000);
    await crms.noteProblems(connection, [{ code: 'STAGE_GONE', about: 'channel-1' }]);

    const now = (await crms.now(ACCOUNT))!;
    expect(now.problems).toHaveLength(2);
    expect(now.problems.map(({ since }) => since)).toEqual([START, START]);
    expect(crmStateOf(now, START)).toBe('degraded');
    await crms.setPrepared(now, { portal: PORTAL, fields: { key: '7' }, todo: [{ code: 'HOOKS' }], problems: [] });
    expect(await crms.now(ACCOUNT)).toMatchObject({
      fields: { key: '7' },
      todo: [{ code: 'HOOKS' }],
      problems: [{ code: 'STAGE_GONE', about: 'channel-1' }],
    });
  });

  test('are no more than fifty', async () => {
    const { connection } = await connect();
    const many = Array.from({ length: 60 }, (_, at) => ({ code: 'VALIDATION_RULE', about: `p${at}` }) as const);
    await crms.noteProblems(connection, many);

    expect((await crms.now(ACCOUNT))?.problems).toHaveLength(50);
  });

  test.each([
    [31, undefined],
    [30, START],
    [7, START + 23 * DAY_MS],
  ])('say %i days ahead that a token ends which nothing renews', async (days, since) => {
    const expiresAt = START + 30 * DAY_MS;
    const { connection } = await connect({ portal: PORTAL, tokens: { accessToken: 'a', goodUntil: expiresAt } });
    const told = crmProblemsOf(connection, expiresAt - days * DAY_MS);

    expect(told).toEqual(since === undefined ? [] : [{ code: 'TOKEN_EXPIRES', about: '2026-11-04', since }]);
    expect(crmStateOf(connection, expiresAt)).toBe('unauthorized');
  });
});

describe('what is noted', () => {
  test('of an end is of the present grant only, and new credentials take it away', async () => {
    const first = await connect();
    await crms.noteEnded(first.connection);
    expect(crmStateOf((await crms.now(ACCOUNT))!, START)).toBe('unauthorized');
    await crms.change((await crms.openNow(ACCOUNT))!, { tokens: NEW.tokens }, 'key-1');
    expect(await crms.now(ACCOUNT)).not.toHaveProperty('endedAt');

    await crms.noteEnded(first.connection);
    expect(await crms.now(ACCOUNT)).not.toHaveProperty('endedAt');
  });

  test('of news is to the minute, and of a block the latest time', async () => {
    const { connection } = await connect({ portal: PORTAL });
    await crms.noteNews(connection);
    world.clock.advance(30_000);
    await crms.noteNews((await crms.now(ACCOUNT))!);
    await crms.noteBlocked(connection, START + 900_000);
    await crms.noteBlocked(connection, START + 60_000);

    const now = (await crms.now(ACCOUNT))!;
    expect(now).toMatchObject({ lastNewsAt: START, blockedUntil: START + 900_000 });
    expect(crmStateOf(now, START + 899_999)).toBe('blocked');
    expect(crmStateOf(now, START + 900_000)).toBe('active');
  });
});
