import type * as z from 'zod/mini';
import type { allSettings } from '#api/settings-routes';
import type { userList } from '#api/user-routes';
import { type Demo, show } from './demo-calls.ts';

const DOES = {
  manager: 'is the head, sees and writes everything',
  seller: 'sells, sees and writes to clients of their own',
  auditor: 'is quality control, sees everything and writes nothing',
} as const;

/** Prints the people of the demo company, with what each may see and do. */
export async function people({ user: _, ...demo }: Demo): Promise<void> {
  const users = await show<z.infer<typeof userList>>(demo, { method: 'GET', path: '/v3/users' });
  const { channels } = await show<z.infer<typeof allSettings>>(demo, { method: 'GET', path: '/v1/settings' });
  console.log('');
  for (const { id, name } of users) {
    const given = channels[demo.channelId]?.userRoles.find(({ userId }) => userId === id);
    const does = given
      ? `${DOES[given.role]}${given.allowGetNewClients ? ', receives new clients' : ''}`
      : 'has no role';
    console.log(`${name} ${does}. Try: npm run konvert -- demo list --as ${id}`);
  }
}
