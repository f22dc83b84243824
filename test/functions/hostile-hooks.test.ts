import fc from 'fast-check';
import { expect, test } from 'vitest';
import { CRMS, type CrmName } from '#domain/crm';
import { createWorld } from '#test/world';

const PORTAL = { accountId: '1', host: 'crm.example', name: 'CRM', connectedAs: 'A', isAdmin: true };
const APP = { clientId: 'id', clientSecret: 'secret', accessToken: 'token' };

const part = fc.constantFrom(
  ...[
    'leads',
    'contacts',
    '[add]',
    '[0]',
    '[id]',
    '[note]',
    '[',
    ']',
    '=',
    '&',
    '%',
    '%00',
    '[__proto__]',
    '__proto__',
  ],
  ...[
    'event=ONCRMDEALADD',
    'event=ONAPPINSTALL',
    'auth[member_id]=1',
    'data[FIELDS][ID]=5',
    '{',
    '"',
    '1',
    'null',
    '[{}]',
  ],
);
const forms = fc.oneof(
  fc.string(),
  fc.array(part, { maxLength: 40 }).map((parts) => parts.join('')),
  fc.json(),
  fc.constantFrom(
    `${Array.from({ length: 20_000 }, (_, at) => `k${at}=1`).join('&')}`,
    `a${'[b]'.repeat(5_000)}=1`,
    'leads[note][0][note][id]=1&leads[note][0][note][id]=2',
    '[{"subscriptionType":"contact.creation","objectId":1e309}]',
  ),
);
const types = fc.constantFrom('application/x-www-form-urlencoded', 'application/json', 'text/plain', '');
const queries = fc.constantFrom('', '?event=ONCRMDEALADD', '?a[__proto__][b]=1', '?auth=1');

test('hostile hooks break nothing, and nothing is marked by what proves nothing', async () => {
  const world = await createWorld();
  const connected = await Promise.all(
    CRMS.filter((crm) => world.crmFor(crm)).map(async (crm: CrmName) => {
      const { accountId } = await world.addAccount();
      const open = await world.store.crms.connect(
        accountId,
        { crm, app: APP, baseUrl: '', portal: PORTAL, tokens: { accessToken: 'token' } },
        'key',
      );
      // A CRM that gives a secret at its installation believes that one only.
      if (open) await world.store.crms.install(open.connection, { accessToken: 'token' }, '1:application-token');
      return String(open?.hooksUrl);
    }),
  );
  expect(connected.length).toBeGreaterThan(0);

  await fc.assert(
    fc.asyncProperty(fc.constantFrom(...connected), queries, types, forms, async (path, query, type, body) => {
      const { status } = await world.call('POST', `${path}${query}`, { headers: { 'content-type': type }, body });
      expect([200, 400, 401, 413, 415]).toContain(status);
    }),
    { numRuns: 400, seed: 18 },
  );
  expect(world.db.items('outbox').filter(({ l }) => String(l).startsWith('news#'))).toEqual([]);
  await world.stop();
});
