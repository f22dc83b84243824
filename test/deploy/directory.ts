import { deepEqual, equal } from 'node:assert/strict';
import type { Report } from './report.ts';
import type { Connected } from './spine.ts';

/** What a CRM keeps in Konvert, and who may do what in the channel. */
export async function playDirectory({ call, channelId }: Connected, report: Report): Promise<void> {
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
    });
    equal((await done('PATCH', '/v1/settings', { saveMessagesToTimeline: true })).saveMessagesToTimeline, true);
    deepEqual(await rolesNow(), userRoles);
  });
  await report.check('a role goes and comes with its user', async () => {
    await done('DELETE', '/v3/users/17');
    deepEqual(await rolesNow(), userRoles.slice(1));
    await done('POST', '/v3/users', users);
    deepEqual(await rolesNow(), userRoles);
    deepEqual(await done('PATCH', '/v3/users/bulk_delete', ['17', 'nobody', '18']), ['nobody']);
  });
}
