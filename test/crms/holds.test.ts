import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { CrmName } from '#domain/crm';
import { type HookedWorld, openHookedWorld, VENDORS } from './kit/hooked-world.ts';

const CLIENT = 501;
const HTML = { 'content-type': 'text/html' };

interface Hold {
  readonly how: string;
  readonly answer: { readonly status: number; readonly body: unknown; readonly headers?: Record<string, string> };
  readonly seconds: number;
  readonly code: string;
  /** What the CRM says, if it says something. */
  readonly said?: string;
  readonly state: string;
}

/** How the vendors say that they take no calls for now: their own bodies. */
const HOLDS: Readonly<Record<CrmName, readonly Hold[]>> = {
  hubspot: [
    {
      how: 'the calls of the day are used up',
      answer: {
        status: 429,
        body: {
          status: 'error',
          message: 'You have reached your daily limit.',
          errorType: 'RATE_LIMIT',
          policyName: 'DAILY',
        },
      },
      seconds: 3_600,
      code: 'CRM_BUSY',
      said: 'You have reached your daily limit.',
      state: 'blocked',
    },
    {
      how: 'too many calls in ten seconds',
      answer: {
        status: 429,
        body: {
          status: 'error',
          message: 'You have reached your ten_secondly_rolling limit.',
          errorType: 'RATE_LIMIT',
          policyName: 'TEN_SECONDLY_ROLLING',
        },
        headers: { 'x-hubspot-ratelimit-interval-milliseconds': '10000' },
      },
      seconds: 10,
      code: 'CRM_BUSY',
      said: 'You have reached your ten_secondly_rolling limit.',
      state: 'active',
    },
  ],
  amocrm: [
    {
      how: 'the address is blocked',
      answer: { status: 403, body: '<html>403 Forbidden</html>', headers: HTML },
      seconds: 900,
      code: 'CRM_BLOCKED',
      state: 'blocked',
    },
    {
      how: 'too many calls in a second',
      answer: { status: 429, body: '<html>429 Too Many Requests</html>', headers: HTML },
      seconds: 2,
      code: 'CRM_BUSY',
      state: 'active',
    },
  ],
  bitrix24: [
    {
      how: 'blocked by hand',
      answer: {
        status: 401,
        body: { error: 'OVERLOAD_LIMIT', error_description: 'REST API is blocked due to overload.' },
      },
      seconds: 900,
      code: 'CRM_BLOCKED',
      said: 'REST API is blocked due to overload.',
      state: 'blocked',
    },
    {
      how: 'too many calls in a second',
      answer: { status: 503, body: { error: 'QUERY_LIMIT_EXCEEDED', error_description: 'Too many requests' } },
      seconds: 2,
      code: 'CRM_BUSY',
      said: 'Too many requests',
      state: 'active',
    },
  ],
};

describe.each(VENDORS)('%s takes no calls', (vendor) => {
  let at: HookedWorld;

  beforeEach(async () => {
    at = await openHookedWorld(vendor);
  });

  afterEach(() => at.stop());

  test.each(HOLDS[vendor])('$how: it is held, shown, kept by a new process, and goes on (K11, K13)', async (hold) => {
    const { world, rig } = at;
    rig.double.down(hold.answer);
    const began = world.clock.now();
    await world.say(CLIENT, 'Hello');

    const [waiting] = await world.deliveries('state=pending&target=crm');
    expect(waiting).toMatchObject({ kind: 'creation', lastError: { code: hold.code } });
    if (hold.said) expect(waiting?.lastError?.description).toBe(hold.said);
    const { state, held } = (await at.connection()) as { state: string; held: { until: string; code: string } };
    expect({ state, code: held.code }).toEqual({ state: hold.state, code: hold.code });
    const until = Date.parse(held.until);
    expect(until - began).toBeGreaterThanOrEqual(hold.seconds * 1_000);
    expect(until - began).toBeLessThan((hold.seconds + 15) * 1_000);

    const calls = rig.double.calls.length;
    world.clock.advance(until - world.clock.now() - 1_000);
    const lane = `connector#${world.account.accountId}`;
    await world.newProcess().listeners['call-crm']({ Records: [{ body: lane }] } as never);
    expect(rig.double.calls).toHaveLength(calls);

    rig.double.up();
    await at.wait(20_000);
    expect(rig.hands.count('contact')).toBe(1);
    expect(await at.connection()).toMatchObject({ state: 'active', waiting: 0, failed: 0 });
    expect(await world.deliveries()).toEqual([]);
  });
});
