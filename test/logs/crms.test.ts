import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { type HookedWorld, openHookedWorld, VENDORS } from '#test/crms/kit/hooked-world';
import { CHAT, leaksIn, MARK } from './marks.ts';

/** What a CRM answers that repeats whatever it was told, in every field in which it may say something. */
function quoting(status: number, secrets: readonly string[]) {
  const said = `${MARK} ${CHAT} ${secrets.join(' ')}`;
  const body = {
    error: said,
    error_description: said,
    title: said,
    detail: said,
    hint: said,
    message: said,
    category: said,
    status: said,
  };
  return { status, body };
}

describe.each(VENDORS)('calls of %s, and its hooks', (vendor) => {
  let at: HookedWorld;

  beforeEach(async () => {
    at = await openHookedWorld(vendor);
  });

  afterEach(() => at.stop());

  /** What opens the CRM, and our address of hooks there. */
  async function secretsOf(): Promise<string[]> {
    const { hooksUrl } = (await at.connection()) as { hooksUrl: string };
    const { host: _, ...given } = at.rig.credentials as Record<string, string>;
    const sent = at.rig.double.calls.flatMap(({ headers, body }) => [
      headers.authorization?.replace('Bearer ', ''),
      (body as { auth?: unknown } | undefined)?.auth,
    ]);
    const all = [...Object.values(given), new URL(hooksUrl).pathname.split('/').at(-1), ...sent];
    return [...new Set(all.filter((one): one is string => typeof one === 'string' && one.length > 8))];
  }

  test('leave no secret, phone, name or text in the log, whatever is answered', async () => {
    const secrets = await secretsOf();
    expect(secrets.length).toBeGreaterThan(1);
    await at.desk.ask('PATCH', '/v1/settings', { saveMessagesToTimeline: true });
    let chat = CHAT;
    for (const status of [400, 403, 404, 429, 500, 401]) {
      at.rig.double.down(quoting(status, secrets));
      await at.world.say(chat, `${MARK} ${status}`);
      await at.wait(20_000);
      await at.desk.ask('POST', '/v1/crm/refresh');
      at.rig.double.up();
      await at.wait(10_000);
      chat += status === 400 ? 0 : 1_000_000;
    }
    const { pathname } = new URL(((await at.connection()) as { hooksUrl: string }).hooksUrl);
    for (const body of [`${MARK}=${MARK}`, { [MARK]: [MARK, ...secrets] }, 'x'.repeat(2_000_000)]) {
      await at.world.call('POST', pathname, { body, query: `?${MARK}=${MARK}` } as never);
      await at.world.call('POST', `${pathname}x`, { body });
    }
    await at.post();
    await at.wait(10_000);
    await at.desk.ask('POST', '/v1/deliveries/retry', { target: 'crm' });
    at.rig.double.down(quoting(500, secrets));
    await at.desk.ask('DELETE', '/v1/crm');
    await at.wait(30_000);

    const logs = JSON.stringify(at.world.logs);
    expect(logs).toContain('callCrm');
    expect(leaksIn(logs, secrets)).toEqual([]);
  });
});
