import http from 'node:http';
import https from 'node:https';
import { Amo } from '@shevernitskiy/amo';
import { Client } from 'amocrm-js';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { createVirtualClock } from '#test/doubles/virtual-clock';
import { type AmoDouble, createAmoDouble } from '../doubles/amocrm/index.ts';

// Two clients that others wrote for amoCRM judge the double: they have to understand what the connector relies on.

const HOST = 'demo.amocrm.ru';
let double: AmoDouble;

beforeEach(async () => {
  double = createAmoDouble(createVirtualClock(Date.now()));
  await double.listen();
  // Both call `https://<account>` and nothing else, so what they send is led to the double.
  vi.stubGlobal('fetch', double.fetch);
  vi.spyOn(https, 'request').mockImplementation(((options: http.RequestOptions, onAnswer: () => void) => {
    const { hostname, port } = new URL(double.baseUrl);
    return http.request({ ...options, hostname, port }, onAnswer);
  }) as typeof https.request);
});

afterEach(async () => {
  vi.unstubAllGlobals();
  vi.restoreAllMocks();
  await double.stop();
});

function amo(): Amo {
  const { clientId: client_id, clientSecret: client_secret, redirectUri: redirect_uri } = double.oauth.app;
  const app = { client_id, client_secret, redirect_uri };
  const tomorrow = Date.now() + 86_400_000;
  const token = { token_type: 'Bearer', expires_in: 86_400, expires_at: tomorrow, refresh_token: 'none' } as const;
  return new Amo(HOST, { ...app, ...token, access_token: double.oauth.longLived }, { request_delay: 0 });
}

test('@shevernitskiy/amo: account, users, pipelines', async () => {
  const { account, user, pipeline } = amo();

  expect(await account.getAccount()).toMatchObject({ id: 31_000_001, subdomain: 'demo' });
  expect((await user.getUsers())._embedded.users).toContainEqual(expect.objectContaining({ name: 'Olga' }));
  const { pipelines } = (await pipeline.getPipelines())._embedded;
  expect(pipelines[0]?._embedded.statuses.map(({ id, type }) => [id, type])).toContainEqual([142, 0]);
});

test('@shevernitskiy/amo: contact and lead in one call, read again, changed, and with a note', async () => {
  const { lead, contact, note } = amo();
  const phone = { field_code: 'PHONE', values: [{ value: '+79991234567', enum_code: 'MOB' }] };
  const person = { first_name: 'Ivan', custom_fields_values: [phone] };

  const made = await lead.addComplex([{ name: 'Sale', _embedded: { contacts: [person] } }] as never);

  // It is a bare list, which the types of the client say too.
  const [{ id, contact_id: contactId, merged }] = made as unknown as [
    { id: number; contact_id: number; merged: boolean },
  ];
  expect(merged).toBe(false);
  expect((await contact.getContactById(contactId, { with: ['leads'] }))._embedded.leads).toMatchObject([{ id }]);
  expect((await lead.getLeads({ with: ['contacts'] }))._embedded.leads[0]?._embedded.contacts).toMatchObject([
    { id: contactId, is_main: true },
  ]);
  await lead.updateLeadById(id, { responsible_user_id: 9002 } as never);
  expect((await lead.getLeadById(id)).responsible_user_id).toBe(9002);
  await note.addNotes('leads', [{ entity_id: id, note_type: 'common', params: { text: 'Hello' } }] as never);
  expect((await note.getNotesByEntityId(id, 'leads'))._embedded.notes).toMatchObject([{ params: { text: 'Hello' } }]);
});

test('@shevernitskiy/amo: an enquiry is added, listed and accepted once', async () => {
  const { unsorted } = amo();
  const metadata = {
    form_id: 'f',
    form_name: 'Form',
    form_page: 'https://a.example',
    form_sent_at: 1,
    ip: '192.0.2.1',
    referer: '',
  };
  const _embedded = { leads: [{ name: 'Sale' }], contacts: [{ name: 'Ivan' }] };
  await unsorted.addUnsortedForm([{ source_uid: 'k', source_name: 'Sales', metadata, _embedded }] as never);

  const [item] = (await unsorted.getUnsorted())._embedded.unsorted;
  const uid = item?.uid ?? '';
  expect(item?.source_uid).toBe('k');
  expect((await unsorted.acceptUnsortedByUid(uid, { user_id: 9002 })).uid).toBe(uid);
  await expect(unsorted.acceptUnsortedByUid(uid, { user_id: 9003 })).rejects.toThrow();
});

test('@shevernitskiy/amo: hooks', async () => {
  const { webhook } = amo();
  await webhook.addWebhook({ destination: 'https://a.example/h', settings: ['add_lead'] } as never);

  expect((await webhook.getWebhooks())._embedded.webhooks).toMatchObject([
    { destination: 'https://a.example/h', disabled: false },
  ]);
  await webhook.deleteWebhook({ destination: 'https://a.example/h' } as never);
  expect(double.state.hooks).toEqual([]);
});

test('amocrm-js: with a long-lived token; the list is a page, and an empty one has no body', async () => {
  const { clientId: client_id, clientSecret: client_secret, redirectUri: redirect_uri } = double.oauth.app;
  const bearer = double.oauth.longLived;
  const client = new Client({ domain: HOST, auth: { client_id, client_secret, redirect_uri, bearer } });

  const account = await client.request.get('/api/v4/account');
  const nobody = await client.request.get('/api/v4/contacts');
  const made = await client.request.post('/api/v4/contacts', [{ name: 'Ivan' }]);
  const contacts = await client.request.get('/api/v4/contacts', { filter: { id: [1002] } });

  expect(account.data).toMatchObject({ subdomain: 'demo' });
  expect([nobody.response.statusCode, made.response.statusCode]).toEqual([204, 200]);
  expect(contacts.data).toMatchObject({ _page: 1, _embedded: { contacts: [{ id: 1002, name: 'Ivan' }] } });
  const refused = client.request.post('/api/v4/contacts', [{ name: 'Olga', responsible_user_id: 1 }]);
  vi.spyOn(console, 'error').mockReturnValue();
  await expect(refused).rejects.toThrow('API_RESPONSE_ERROR');
});

test('@shevernitskiy/amo: a code becomes a pair', async () => {
  const { clientId: client_id, clientSecret: client_secret, redirectUri: redirect_uri } = double.oauth.app;
  const auth = {
    client_id,
    client_secret,
    redirect_uri,
    code: double.oauth.consent(),
    grant_type: 'authorization_code',
  };
  const client = new Amo(HOST, auth as never, { request_delay: 0 });

  expect(await client.account.getAccount()).toMatchObject({ subdomain: 'demo' });
});
