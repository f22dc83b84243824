import { describe, expect, test } from 'vitest';
import type { Session } from '#crms/crm';
import { type Bitrix24Rig, openBitrix24 } from '../doubles/bitrix24/rig.ts';
import { connect } from '../kit/connected.ts';

async function open(): Promise<{ rig: Bitrix24Rig; session: Session }> {
  const rig = openBitrix24();
  return { rig, session: await connect(rig) };
}

describe('limits (K13)', () => {
  const BLOCKED = { error: 'OPERATION_TIME_LIMIT', error_description: 'Method is blocked' };

  test.each([
    ['without counters', BLOCKED, 60],
    ['with a reset', { ...BLOCKED, time: { finish: 1000, operating_reset_at: 1090 } }, 90],
    ['with a reset that is over', { ...BLOCKED, time: { finish: 1000, operating_reset_at: 900 } }, 1],
    ['with a reset far away', { ...BLOCKED, time: { finish: 1000, operating_reset_at: 99_000 } }, 600],
  ])('the budget of a method is used up, %s', async (_how, body, retryAfterSeconds) => {
    const { rig, session } = await open();
    rig.double.answer({ status: 429, body });
    expect(await rig.crm.identify(session)).toMatchObject({
      kind: 'throttled',
      retryAfterSeconds,
      description: 'Method is blocked',
    });
  });

  test('one command of a batch may be blocked alone', async () => {
    const { rig, session } = await open();
    const body = {
      result: { result: [], result_error: { user: BLOCKED }, result_total: [], result_next: [], result_time: [] },
    };
    rig.double.answer({ status: 200, body });
    expect(await rig.crm.identify(session)).toMatchObject({ kind: 'throttled', retryAfterSeconds: 60 });
  });

  test('the bucket bites at the 51st request, and leaks two a second', async () => {
    const { rig, session } = await open();
    rig.clock.pass(60_000);
    for (let at = 0; at < 50; at += 1) expect((await rig.crm.identify(session)).kind).toBe('ok');
    expect(await rig.crm.identify(session)).toMatchObject({ kind: 'throttled', retryAfterSeconds: 2 });
    rig.clock.pass(500);
    expect((await rig.crm.identify(session)).kind).toBe('ok');
  });

  test('at the pace of the lane it never bites', async () => {
    const { rig, session } = await open();
    for (let at = 0; at < 200; at += 1) {
      rig.clock.pass(rig.crm.offers.pace);
      expect((await rig.crm.identify(session)).kind).toBe('ok');
    }
    expect(rig.double.refused).toBe(0);
  });

  test.each([
    [
      { status: 401, body: { error: 'OVERLOAD_LIMIT', error_description: 'blocked' } },
      { kind: 'throttled', problem: 'BLOCKED' },
    ],
    [
      {
        status: 401,
        body: { error: 'ACCESS_DENIED', error_description: 'REST is available only on commercial plans' },
      },
      { code: 'PLAN' },
    ],
    [{ status: 401, body: { error: 'ACCESS_DENIED', error_description: 'REST недоступен' } }, { code: 'PLAN' }],
    [{ status: 403, body: { error: 'ACCESS_DENIED', error_description: 'Access denied!' } }, { code: 'NOT_ADMIN' }],
    [{ status: 401, body: { error: 'insufficient_scope', error_description: '' } }, { code: 'NOT_ADMIN' }],
    [{ status: 400, body: { error: '', error_description: 'ID is not defined or invalid.' } }, { code: 'INVALID' }],
    [{ status: 200, body: { error: '', error_description: 'Access denied.' } }, { code: 'NOT_ADMIN' }],
    [{ status: 400, body: { error: { code: 'NOT_FOUND', message: 'x' } } }, { kind: 'gone' }],
  ])('what Bitrix24 says in %j', async (answer, expected) => {
    const { rig, session } = await open();
    rig.double.answer(answer);
    expect(await rig.crm.identify(session)).toMatchObject(expected);
  });
});
