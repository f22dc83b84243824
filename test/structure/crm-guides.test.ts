import { expect, test } from 'vitest';
import { createCrms } from '#crms/registry/crms';
import { CRMS } from '#domain/crm';
import { fieldsOf } from '../../web/parts/settings/crm/guides/guide.ts';
import { GUIDES } from '../../web/parts/settings/crm/guides/guides.ts';
import { lookedAt, tidied } from '../../web/parts/settings/kit/pasted.ts';

// The page and the connectors name the credentials of a CRM alike, and agree on what is needed.

const HOSTS = { hubspot: '', amocrm: 'https://oak.amocrm.ru/leads/', bitrix24: 'https://oak.bitrix24.com/crm/' };
const PASTED = {
  accessToken: 'eyJ0eXAiOiJKV1QifQ.e30.c2lnbmF0dXJl',
  clientId: 'local.5f3c1a2b3c4d5e6f',
  clientSecret: 'a1b2c3d4e5f6a7b8c9d0',
};
const { crmFor } = createCrms();

/** All ways to fill in some of the fields and leave the others empty. */
function waysOf(names: readonly string[]): string[][] {
  return names.reduce<string[][]>((ways, name) => ways.flatMap((way) => [way, [...way, name]]), [[]]);
}

test.each(CRMS)('%s: what the page asks for is what the connector takes', (name) => {
  const guide = GUIDES.find(({ crm }) => crm === name);
  const fields = guide ? fieldsOf(guide) : [];
  const names = fields.map((field) => field.name);
  const clientId = name === 'bitrix24' ? PASTED.clientId : '3f1c0c5e-1111-4222-8333-444455556666';
  const pasted: Readonly<Record<string, string>> = { ...PASTED, clientId, host: HOSTS[name] };
  let taken = 0;

  for (const way of waysOf(names)) {
    const draft = Object.fromEntries(way.map((field) => [field, pasted[field] ?? '']));
    const read = crmFor(name)?.readCredentials(tidied(fields, draft)) ?? { fields: [] };
    if ('credentials' in read) {
      taken += 1;
      expect(lookedAt(fields, draft), `${way}`).toBeUndefined();
      expect(Object.keys(read.credentials).sort()).toEqual(way.toSorted());
    } else {
      // What is missing is shown at a field of the page, if the page has let it through.
      expect(names, `${way}`).toEqual(expect.arrayContaining(read.fields));
      expect(read.fields, `${way}`).not.toEqual([]);
    }
  }

  expect(taken).toBeGreaterThan(0);
});
