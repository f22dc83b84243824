import { afterEach, describe, expect, test } from 'vitest';
import { type HookedWorld, openHookedWorld, VENDORS } from './kit/hooked-world.ts';

const HOUR_MS = 3_600_000;
const [FIRST, SECOND, KNOWN] = [601, 602, 603];

let at: HookedWorld;

afterEach(() => at.stop());

/** An hour of the schedules: what was to ring rings, lost bells are swept, what is due is marked. */
async function hour(): Promise<void> {
  await at.world.pass(HOUR_MS);
  for (const name of ['sweep-lanes', 'refresh-crm'] as const) await at.world.app.listeners[name]();
  await at.world.drain();
}

describe.each(VENDORS)('while %s is down for a day', (vendor) => {
  test('nobody waits, nothing is lost, and nobody is made twice', async () => {
    at = await openHookedWorld(vendor);
    const { world, rig, desk } = at;
    const known = await at.client(KNOWN);
    rig.double.down();
    for (const [type, id] of [
      ['contact', known.contactId],
      ['deal', known.dealId],
    ] as const)
      rig.hands.setResponsible({ type, id }, at.boris);
    await at.post();

    for (const client of [FIRST, SECOND]) {
      await world.say(client, 'Hello');
      // The CRM is not waited for.
      expect(await desk.seenBy(at.anna)).toContain(String(client));
      expect((await world.reply(client)).status).toBe(201);
      await world.drain();
    }
    for (let hours = 1; hours < 24; hours += 1) await hour();
    await world.say(FIRST, 'Are you there?');
    expect([rig.hands.count('contact'), rig.hands.count('deal')]).toEqual([1, 1]);

    rig.double.up();
    await hour();
    await at.wait(120_000);

    expect([rig.hands.count('contact'), rig.hands.count('deal')]).toEqual([3, 3]);
    expect(await desk.seenBy(at.boris)).toEqual([String(KNOWN)]);
    expect((await desk.seenBy(at.anna)).sort()).toEqual([FIRST, SECOND].map(String));
    expect(await at.connection()).toMatchObject({ state: 'active', waiting: 0, failed: 0, problems: [] });
  });
});
