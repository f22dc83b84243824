import { existsSync, readFileSync } from 'node:fs';
import { transform } from 'esbuild';
import { expect, test } from 'vitest';
import { hooks } from '#crms/hubspot/hooks';
import { PROPERTIES } from '#crms/hubspot/map';
import { SCOPES } from '#crms/hubspot/oauth';

const APP = 'integrations/hubspot/src/app';
const read = (path: string) => JSON.parse(readFileSync(`${APP}/${path}`, 'utf8')).config;

test('the app asks for the scopes that the connector asks for', () => {
  const { auth } = read('app-hsmeta.json');
  expect(auth.requiredScopes).toEqual(SCOPES.filter((scope) => scope !== 'oauth'));
});

test('the connector reads every hook of the app, and the app has one for all that the connector reads', () => {
  const { legacyCrmObjects, hubEvents } = read('webhooks/konvert-webhooks-hsmeta.json').subscriptions;
  for (const { subscriptionType } of [...legacyCrmObjects, ...hubEvents]) {
    const event = { subscriptionType, objectId: 1, primaryObjectId: 2, mergedObjectIds: [1], fromObjectId: 1 };
    const body = Buffer.from(JSON.stringify([event]));
    expect(hooks.parse({ method: 'POST', url: '', headers: {}, body }), subscriptionType).toHaveLength(1);
  }
  const watched = legacyCrmObjects.map((one: { propertyName?: string }) => one.propertyName);
  // Computed ones change with others, and a key never does.
  const unwatched = ['email', 'hs_merged_object_ids', 'hs_is_closed', 'konvert_id'];
  const properties = [...PROPERTIES.contact, ...PROPERTIES.deal].filter((name) => !unwatched.includes(name));
  expect(properties.filter((name) => !watched.includes(name))).toEqual([]);
});

test('the card is where its file says, and what it reads, opens and calls is allowed to it', async () => {
  const { config: card } = JSON.parse(readFileSync(`${APP}/cards/konvert-card-hsmeta.json`, 'utf8'));
  expect(card).toMatchObject({ location: 'crm.record.tab', objectTypes: ['contacts', 'deals'] });
  const path = `integrations/hubspot/src${card.entrypoint}`;
  expect(existsSync(path)).toBe(true);
  const source = readFileSync(path, 'utf8');

  const { warnings } = await transform(source, { loader: 'jsx', jsx: 'automatic' });

  expect(warnings).toEqual([]);
  const [, address = ''] = /FRAME_URL = '([^']+)'/.exec(source) ?? [];
  expect(new URL(address).pathname).toBe('/webhooks/frame/hubspot/CONNECTION');
  const { permittedUrls } = read('app-hsmeta.json');
  expect(permittedUrls).toMatchObject({ fetch: [new URL(address).origin], iframe: [new URL(address).origin] });
  // What the card imports is in its package.
  const { dependencies } = JSON.parse(readFileSync(`${APP}/cards/package.json`, 'utf8'));
  const imported = [...source.matchAll(/from '([^']+)'/g)].map(([, name]) => name);
  expect(imported.sort()).toEqual(Object.keys(dependencies).sort());
});
