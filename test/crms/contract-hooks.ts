import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { CrmRequest } from '#crms/crm';
import type { Connected } from './kit/connected.ts';

/** Tests that hooks are believed only if the CRM sent them, and that nothing in one throws. */
export function describeHooks(now: () => Connected): void {
  describe('hooks', () => {
    test('what the CRM sends is verified and read', () => {
      const { rig } = now();
      for (const news of rig.hooks.news) {
        const request = rig.hooks.request(news);
        expect(rig.crm.hooks.verify(request, rig.hooks.secrets)).toBe(true);
        expect(rig.crm.hooks.parse(request)).toEqual(news);
        expect(request.body.length).toBeLessThanOrEqual(rig.crm.hooks.maxBodyBytes);
      }
    });

    test('what is forged is not (K29)', () => {
      const { rig } = now();
      const good = rig.hooks.request(rig.hooks.news[0] ?? []);
      const forged = Object.entries(rig.hooks.forged(good));
      expect(forged.length).toBeGreaterThan(0);
      for (const [how, { request, secrets = rig.hooks.secrets }] of forged) {
        expect(rig.crm.hooks.verify(request, secrets), how).toBe(false);
      }
    });

    test('no body and no header throws', () => {
      const { rig } = now();
      const good = rig.hooks.request(rig.hooks.news[0] ?? []);
      const sane = (request: CrmRequest) => {
        expect([true, false]).toContain(rig.crm.hooks.verify(request, rig.hooks.secrets));
        expect(Array.isArray(rig.crm.hooks.parse(request))).toBe(true);
      };
      fc.assert(
        fc.property(fc.uint8Array({ maxLength: 200 }), (body) => sane({ ...good, body })),
        { numRuns: 50 },
      );
      fc.assert(
        fc.property(fc.json(), (body) => sane({ ...good, body: Buffer.from(body) })),
        { numRuns: 50 },
      );
      const headers = fc.dictionary(fc.constantFrom(...Object.keys(good.headers), 'x'), fc.string());
      fc.assert(
        fc.property(headers, fc.webUrl({ withQueryParameters: true }), (given, url) =>
          sane({ ...good, headers: given, url }),
        ),
        { numRuns: 50 },
      );
      const [keys, deep] = ['a[b]=1&'.repeat(20_000), `${'['.repeat(5_000)}`];
      for (const body of [keys, deep, '__proto__[a]=1', '{"__proto__":[]}', '[null]', 'null', '']) {
        sane({ ...good, body: Buffer.from(body) });
      }
    });
  });
}

/** Tests the addresses of cards and of a new deal. */
export function describeLinks(now: () => Connected): void {
  test('links lead to the card in that account, whatever the id', () => {
    const { rig } = now();
    const { portal } = rig.hands;
    const links = [
      rig.crm.links.contact(portal, '5/../6?a'),
      rig.crm.links.deal(portal, '5/../6?a'),
      rig.crm.links.newDeal(portal, '5/../6?a', 'p&q'),
    ];
    for (const link of links) {
      const { protocol, host } = new URL(link);
      expect([protocol, host]).toEqual(['https:', portal.host]);
      expect(link).not.toContain('/../');
    }
    expect(rig.crm.links.contact(portal, '501')).toContain('501');
    expect(rig.crm.links.deal(portal, '701')).toContain('701');
    expect(rig.crm.links.contact(portal, '1')).not.toBe(rig.crm.links.deal(portal, '1'));
  });
}
