import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { crmExamples } from '#api/examples/crms';
import { createCrms } from '#crms/registry/crms';
import { createCrmHooks } from '#crms/registry/hooks';
import { CRMS } from '#domain/crm';

test.each([...CRMS, 'another'])('the hooks of %s are read with its connector, and without', (name) => {
  const whole = createCrms().crmFor(name);
  const alone = createCrmHooks().crmFor(name);

  expect(alone?.hooks.maxBodyBytes).toBe(whole?.hooks.maxBodyBytes);
  expect(alone?.hooks.verify.toString()).toBe(whole?.hooks.verify.toString());
});

/** What the pages of the CRMs give to `POST` and `PATCH /v1/crm`, and the examples of the description. */
const given = CRMS.flatMap((crm) => {
  const page = readFileSync(`docs/crms/${crm}.md`, 'utf8');
  const written = [...page.matchAll(/`(?:POST|PATCH) \/v1\/crm (\{[^`]*\})`/g)].map(([, text = '']) =>
    JSON.parse(text),
  );
  return written.map(({ credentials }) => ({ where: `docs/crms/${crm}.md`, crm, credentials }));
});
for (const [where, { value }] of Object.entries(crmExamples['POST /v1/crm'].bodies))
  given.push({ where, ...value } as never);

test('the pages of all CRMs show how they are connected', () => {
  expect([...new Set(given.map(({ crm }) => crm))]).toEqual([...CRMS]);
});

test.each(given)('$where names the credentials that its connector takes: $credentials', ({ crm, credentials }) => {
  // What is left out on a page is anything.
  const whole = Object.fromEntries(
    Object.entries<string>(credentials).map(([name, value]) => [name, value.replace('…', '0123456789abcdef')]),
  );

  expect(createCrms().crmFor(crm)?.readCredentials(whole)).toEqual({ credentials: whole });
});
