import { expect, test } from 'vitest';
import { createCrms } from '#crms/registry/crms';
import { CRMS } from '#domain/crm';
import { WITH_UNSORTED } from '#domain/crm-offers';
import { connectorNamed } from '../../web/parts/settings/kit/connector.ts';

const { crmFor } = createCrms({ fetch: () => Promise.reject(new Error('Nobody is called')) });

test.each(CRMS)('whether %s has an inbox is said alike by its connector, by the rules and by the page (D5)', (name) => {
  const { offers, unsorted } = crmFor(name)!;

  expect({ rules: WITH_UNSORTED.includes(name), page: connectorNamed(name).hasUnsorted, member: !!unsorted }).toEqual({
    rules: offers.unsorted,
    page: offers.unsorted,
    member: offers.unsorted,
  });
});
