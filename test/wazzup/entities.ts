import type { Call } from './row.ts';

/** Entities of the story in these rows, each with what a CRM has to push of it. */
export const OLGA = { id: '17', name: 'Olga' };
export const IVAN = { id: '18', name: 'Ivan' };
export const ANNA = {
  id: 'c-1',
  responsibleUserId: '17',
  name: 'Anna',
  contactData: [{ chatType: 'telegram', chatId: '501' }],
};
export const DOORS = {
  id: 'd-1',
  responsibleUserId: '17',
  name: 'Doors',
  uri: 'https://crm.example/d/1',
  contacts: ['c-1'],
  closed: false,
};
export const SALES = { id: '1', name: 'Sales', stages: [{ id: '10', name: 'New' }] };

/** As a read shows ANNA. */
export const ANNA_READ = { ...ANNA, contactData: [{ ...ANNA.contactData[0], username: null, phone: null }] };

type Kind = 'users' | 'contacts' | 'deals' | 'pipelines';

/** Pushes entities. */
export function push(kind: Kind, ...entities: readonly unknown[]): Call {
  return { ask: `POST /v3/${kind}`, body: entities };
}

/** As many entities with ids of their own, which sort as they stand. */
export function many<T extends object>(count: number, entity: T, from = 0): T[] {
  return Array.from({ length: count }, (_, index) => ({ ...entity, id: `n${String(from + index).padStart(4, '0')}` }));
}

export type GivenRole = 'seller' | 'seller with switch' | 'manager' | 'auditor';

/** The roles in a channel, and what becomes of its new clients. */
export function settings(
  roles: Readonly<Record<string, GivenRole>>,
  newClients: object = { mode: 'first-reply' },
  channel = '{bot}',
): Call {
  const userRoles = Object.entries(roles).map(([userId, role]) => ({
    userId,
    role: role === 'seller with switch' ? 'seller' : role,
    allowGetNewClients: role === 'seller with switch',
  }));
  return { ask: `PUT /v1/settings/channels/${channel}`, body: { newClients, userRoles } };
}
