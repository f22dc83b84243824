import type { World } from '#test/world';

/** Connects the world's account to the CRM of a `CrmModel`, whoever gave that to the world. */
export function connectModel(world: World) {
  const portal = { accountId: '1', host: 'crm.example', name: 'CRM', connectedAs: 'A', isAdmin: true };
  const given = { crm: 'amocrm' as const, app: {}, baseUrl: 'https://konvert.example', portal };
  return world.store.crms.connect(world.account.accountId, { ...given, tokens: { accessToken: 'token' } }, 'key-1');
}
