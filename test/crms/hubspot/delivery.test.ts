import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach, beforeEach, expect, test } from 'vitest';
import type { CrmNews } from '#crms/crm';
import { type HubspotRig, openHubspot } from '#test/crms/doubles/hubspot/rig';
import { connect, makeBoth, wantedOf } from '#test/crms/kit/connected';

let rig: HubspotRig;
let url: string;
let heard: CrmNews[][];
const server = createServer(async (request, response) => {
  const body = Buffer.concat(await request.toArray());
  const asked = { method: 'POST', url, headers: request.headers as Record<string, string>, body };
  const isGood = rig.crm.hooks.verify(asked, { ...rig.hooks.secrets, hooksUrl: url, now: rig.clock.now() });
  if (isGood) heard.push([...rig.crm.hooks.parse(asked)]);
  response.writeHead(isGood ? 200 : 401).end();
});

beforeEach(async () => {
  rig = await openHubspot();
  heard = [];
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/webhooks/crm/hubspot/1/secret`;
});

afterEach(async () => {
  await rig.stop();
  server.closeAllConnections();
  await new Promise((resolve) => server.close(resolve));
});

test('what is done in HubSpot rings here, our own writes too, in any order and twice (K1, K19)', async () => {
  const session = await connect(rig);
  const [anna, boris] = [rig.hands.addUser({ name: 'Anna' }), rig.hands.addUser({ name: 'Boris' })];
  const { contactId, dealId } = await makeBoth({ rig, session }, wantedOf(anna));
  rig.hands.setResponsible({ type: 'deal', id: dealId }, boris);
  rig.hands.merge(contactId, rig.hands.addContact({ name: 'Winner' }));

  expect(await rig.deliver(url, { twice: true, reversed: true })).toEqual([200, 200]);

  expect(heard[0]).toEqual(heard[1]);
  expect(heard[0]).toEqual(
    expect.arrayContaining([
      { kind: 'changed', ref: { type: 'contact', id: contactId } },
      { kind: 'changed', ref: { type: 'deal', id: dealId } },
      { kind: 'merged', ref: { type: 'contact', id: contactId }, into: expect.any(String) },
    ]),
  );
});

test('a thousand changes come a hundred at a time, and what is lost does not', async () => {
  for (let made = 0; made < 1_000; made += 1) rig.hands.addDeal({ name: `D ${made}`, contacts: [] });
  expect(await rig.deliver(url, { loses: ({ objectId }) => Number(objectId) % 2 === 0 })).toHaveLength(5);
  expect(heard.flat()).toHaveLength(500);
});
