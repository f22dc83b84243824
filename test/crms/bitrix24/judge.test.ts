import { B24OAuth, type TypeCallParams } from '@bitrix24/b24jssdk';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { createVirtualClock } from '#test/doubles/virtual-clock';
import { type Bitrix24Double, createBitrix24Double } from '../doubles/bitrix24/index.ts';

// Bitrix24's own client is the judge of the double: it has to understand each answer that the connector relies on.

let double: Bitrix24Double;
let b24: B24OAuth;

beforeEach(async () => {
  // The judge reads its own clock: a token of this hour is good for it.
  double = createBitrix24Double(createVirtualClock(Date.now()));
  await double.listen();
  const { accessToken, refreshToken } = double.oauth.install('1');
  b24 = new B24OAuth(
    {
      applicationToken: double.state.app.token,
      userId: 1,
      memberId: double.state.memberId,
      accessToken,
      refreshToken,
      expires: Math.floor(Date.now() / 1000) + 3600,
      expiresIn: 3600,
      scope: 'crm,user,placement',
      domain: double.state.host,
      clientEndpoint: `${double.baseUrl}/rest`,
      serverEndpoint: `${double.baseUrl}/rest/`,
      status: 'L',
    } as ConstructorParameters<typeof B24OAuth>[0],
    { clientId: double.state.app.code, clientSecret: double.state.app.secret },
  );
});

afterEach(async () => {
  b24.destroy();
  await double.stop();
});

async function call(method: string, params: object = {}): Promise<unknown> {
  const answer = await b24.actions.v2.call.make({ method, params: params as TypeCallParams });
  expect(answer.getErrorMessages()).toEqual([]);
  return answer.getData()?.result;
}

async function batch(calls: Record<string, { method: string; params?: TypeCallParams }>, isHaltOnError: boolean) {
  return b24.actions.v2.batch.make({ calls, options: { isHaltOnError, returnAjaxResult: false } });
}

test('makes a contact and its deal in one batch, with what the first command answered', async () => {
  const fields = { title: 'Sale', contactIds: ['$result[contact][item][id]'] };
  const made = await batch(
    {
      contact: { method: 'crm.item.add', params: { entityTypeId: 3, fields: { name: 'Ivan', originId: 'k1' } } },
      deal: { method: 'crm.item.add', params: { entityTypeId: 2, fields } },
    },
    true,
  );

  expect(made.isSuccess).toBe(true);
  const { contact, deal } = made.getData() as unknown as Record<
    'contact' | 'deal',
    { item: { id: number; contactIds: number[] } }
  >;
  expect(deal.item.contactIds).toEqual([contact.item.id]);
  const filter = { '=originId': 'k1' };
  expect(await call('crm.item.list', { entityTypeId: 3, filter, select: ['id'] })).toEqual({
    items: [{ id: contact.item.id }],
  });
});

test('a batch that halts at its first error says which command it was', async () => {
  const made = await batch(
    {
      contact: { method: 'crm.item.add', params: { entityTypeId: 3, fields: { assignedById: 999 } } },
      deal: { method: 'crm.item.add', params: { entityTypeId: 2, fields: {} } },
    },
    true,
  );
  expect(made.isSuccess).toBe(false);
  expect(made.getErrorMessages().join()).toContain('Ответственный');
  expect(double.state.items.size).toBe(0);
});

test('reads the lists that the connector reads', async () => {
  expect(await call('user.get', { FILTER: { USER_TYPE: 'employee' } })).toMatchObject([{ ID: '1', ACTIVE: true }]);
  expect(await call('crm.category.list', { entityTypeId: 2 })).toMatchObject({
    categories: [{ id: 0, isDefault: 'Y' }],
  });
  expect(await call('crm.status.list', { filter: { ENTITY_ID: 'DEAL_STAGE' } })).toHaveLength(4);
  expect(await call('crm.duplicate.findbycomm', { type: 'PHONE', values: ['+7'], entity_type: 'CONTACT' })).toEqual([]);
  expect(await call('app.info')).toMatchObject({ CODE: double.state.app.code, STATUS: 'L' });
});

test('binds hooks and places', async () => {
  const handler = 'https://konvert.example/h';
  expect(await call('event.bind', { event: 'onCrmDealUpdate', handler })).toBe(true);
  expect(await call('event.get')).toMatchObject([{ event: 'ONCRMDEALUPDATE', handler }]);
  expect(await call('event.unbind', { event: 'ONCRMDEALUPDATE', handler })).toEqual({ count: 1 });
  expect(await call('placement.bind', { PLACEMENT: 'CRM_DEAL_DETAIL_TAB', HANDLER: handler })).toBe(true);
  expect(await call('placement.get')).toMatchObject([{ placement: 'CRM_DEAL_DETAIL_TAB', handler }]);
});

test('renews a pair that has expired, and goes on with the new one', async () => {
  const before = b24.auth.getAuthData();
  double.oauth.expire();

  expect(await call('profile')).toMatchObject({ ID: '1', ADMIN: true });

  const after = b24.auth.getAuthData();
  expect(after && before && after.refresh_token !== before.refresh_token).toBe(true);
  const used = double.calls.filter(({ name }) => name === 'oauth.token');
  expect(used).toHaveLength(1);
});

test('tells a refusal by its code', async () => {
  const asked = b24.actions.v2.call.make({ method: 'crm.item.get', params: { entityTypeId: 2, id: 999 } });
  await expect(asked).rejects.toMatchObject({ code: 'NOT_FOUND', status: 400 });
});
