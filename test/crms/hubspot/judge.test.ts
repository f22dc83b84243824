import { Client } from '@hubspot/api-client';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { openHubspot } from '#test/crms/doubles/hubspot/rig';
import { connect, makeBoth, wantedOf } from '#test/crms/kit/connected';

/** HubSpot's own client reads from the double what our connector wrote, and the other way about. */
describe("HubSpot's own client judges the double", () => {
  let rig: Awaited<ReturnType<typeof openHubspot>>;
  let client: Client;

  beforeAll(async () => {
    rig = await openHubspot();
    client = new Client({ accessToken: rig.credentials.accessToken as string, basePath: rig.double.baseUrl });
  });

  afterAll(() => rig.stop());

  test('what our connector made is there', async () => {
    const session = await connect(rig);
    const anna = rig.hands.addUser({ name: 'Anna K' });
    const { contactId, dealId } = await makeBoth({ rig, session }, wantedOf(anna));

    const contact = await client.crm.contacts.basicApi.getById(contactId, ['phone', 'konvert_id']);
    const deals = await client.crm.deals.batchApi.read({
      inputs: [{ id: dealId }],
      properties: ['dealstage'],
      propertiesWithHistory: [],
    });
    const owners = await client.crm.owners.ownersApi.getPage(undefined, undefined, 100, false);

    expect(contact.createdAt).toBeInstanceOf(Date);
    expect(contact.properties.phone).toBe('+79991234567');
    expect(deals.results[0]?.properties).toMatchObject({ dealstage: 'appointmentscheduled', hubspot_owner_id: anna });
    expect(owners.results.map(({ id, firstName }) => [id, firstName])).toEqual([[anna, 'Anna']]);
  });

  test('what it made under the same key is a conflict to both', async () => {
    const properties = { firstname: 'Olga', konvert_id: 'key-of-olga' };
    const made = await client.crm.contacts.basicApi.create({ properties, associations: [] });

    await expect(client.crm.contacts.basicApi.create({ properties, associations: [] })).rejects.toMatchObject({
      code: 400,
    });

    const session = await connect(rig);
    const { responsibleUserId: _, ...wanted } = wantedOf('', { keys: { contact: 'key-of-olga', deal: 'd' } });
    expect(await rig.crm.make(session, wanted)).toEqual({ kind: 'ok', value: { contactId: made.id } });
  });

  test('its search, pipelines, properties and associations are served', async () => {
    rig.clock.pass(rig.traits.lagMs);
    const [contact] = rig.world.records.contacts.all();

    const found = await client.crm.contacts.searchApi.doSearch({
      filterGroups: [{ filters: [{ propertyName: 'phone', operator: 'EQ' as never, value: '+79991234567' }] }],
      sorts: [],
      properties: ['phone'],
      limit: 10,
      after: '0',
    });
    const pipelines = await client.crm.pipelines.pipelinesApi.getAll('deals');
    const property = await client.crm.properties.coreApi.getByName('contacts', 'konvert_id');

    expect(found.results.map(({ id }) => id)).toEqual([contact?.id]);
    expect(pipelines.results[0]?.stages.map(({ metadata }) => metadata?.isClosed)).toEqual(['false', 'true', 'true']);
    expect(property.hasUniqueValue).toBe(true);
  });

  test('a token that is not known is refused in a form that it reads', async () => {
    const stranger = new Client({ accessToken: 'pat-wrong', basePath: rig.double.baseUrl });
    await expect(stranger.crm.contacts.basicApi.getById('1')).rejects.toMatchObject({ code: 401 });
  });
});
