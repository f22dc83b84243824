import { deepEqual, equal } from 'node:assert/strict';
import type { Report } from './report.ts';
import type { Connected } from './spine.ts';

/** Tries ids in paths, which the two kinds of gateway decode differently. */
export async function playIds({ call }: Connected, report: Report): Promise<void> {
  await report.check('an id of a CRM may hold any character, and a slash may follow it', async () => {
    const id = 'a/b %25 я';
    const path = `/v3/users/${encodeURIComponent(id)}`;
    equal((await call('POST', '/v3/users', [{ id, name: 'Anna' }])).status, 200);
    equal((await call('GET', path)).body.id, id);
    equal((await call('GET', `${path}/`)).body.id, id);
    equal((await call('DELETE', path)).status, 200);
    deepEqual((await call('PATCH', '/v3/users/bulk_delete', [id])).body, [id]);
  });
}

/** Tries what a CRM pushes, and the roles in the channel. The client has a chat. */
export async function playDirectory({ call, channelId }: Connected, client: number, report: Report): Promise<void> {
  const done = async (method: string, path: string, body?: unknown) => {
    const answer = await call(method, path, body);
    equal(answer.status, 200, `${method} ${path}: ${JSON.stringify(answer.body)}`);
    return answer.body;
  };
  const users = [
    { id: '17', name: 'Anna' },
    { id: '18', name: 'Boris' },
  ];
  const userRoles = users.map(({ id }) => ({ userId: id, role: 'seller', allowGetNewClients: true }));
  const newClients = { mode: 'round-robin', pipelineId: '1' };
  const rolesNow = async () => (await done('GET', '/v1/settings')).channels[channelId].userRoles;

  await report.check('users and pipelines are pushed and read', async () => {
    await done('POST', '/v3/users', users);
    deepEqual(await done('GET', '/v3/users'), users);
    equal((await done('GET', '/v3/users/17')).name, 'Anna');
    await done('POST', '/v3/pipelines', [{ id: 1, name: 'Sales' }]);
    deepEqual(await done('GET', '/v3/pipelines'), [{ id: '1', name: 'Sales' }]);
  });
  await report.check('settings are stored', async () => {
    deepEqual(await done('PUT', `/v1/settings/channels/${channelId}`, { newClients, userRoles }), {
      newClients,
      userRoles,
      version: 1,
    });
    equal((await done('PATCH', '/v1/settings', { saveMessagesToTimeline: true })).saveMessagesToTimeline, true);
    deepEqual(await rolesNow(), userRoles);
  });
  await report.check('a contact and its deals bring the chat to their users', async () => {
    const contact = { id: 'c1', responsibleUserId: '17', name: 'Client' };
    const contactData = [{ chatType: 'telegram', chatId: client }];
    const deal = { id: 'd1', responsibleUserId: '18', name: 'Sale', contacts: ['c1'], closed: false };
    const chat = () => done('GET', `/v1/chats/${channelId}/telegram/${client}`);
    await done('POST', '/v3/contacts', [{ ...contact, contactData }]);
    await done('POST', '/v3/deals', [deal]);
    equal((await done('GET', '/v3/contacts/c1')).name, 'Client');
    equal((await done('GET', '/v3/contacts')).count, 1);
    deepEqual(await done('GET', '/v3/deals/d1'), { ...deal, uri: '' });
    equal((await chat()).responsibleUserId, '17');
    await done('POST', '/v3/deals', [{ ...deal, closed: true }]);
    deepEqual(await done('PATCH', '/v3/deals/bulk_delete', ['d1']), []);
    await done('DELETE', '/v3/contacts/c1');
    equal((await chat()).responsibleUserId, null);
  });
  await report.check('a deal with more addresses than a transaction holds is stored', async () => {
    const many = Array.from({ length: 3 }, (_, index) => ({
      id: `many-${index}`,
      responsibleUserId: '17',
      name: 'Client',
      contactData: Array.from({ length: 33 }, (__, place) => ({ chatType: 'vk', chatId: `${index}-${place}` })),
    }));
    many[0]?.contactData.push({ chatType: 'telegram', chatId: String(client) });
    const contacts = many.map(({ id }) => id);
    await done('POST', '/v3/contacts', many);
    await done('POST', '/v3/deals', [{ id: 'd2', responsibleUserId: '18', name: 'Sale', contacts, closed: false }]);
    equal((await done('GET', '/v3/deals/d2')).contacts.length, contacts.length);
  });
  await report.check('a role goes with its user, and comes back with them', async () => {
    await done('DELETE', '/v3/users/17');
    deepEqual(await rolesNow(), userRoles.slice(1));
    await done('POST', '/v3/users', users);
    deepEqual(await rolesNow(), userRoles);
    deepEqual(await done('PATCH', '/v3/users/bulk_delete', ['17', 'nobody', '18']), ['nobody']);
  });
}
