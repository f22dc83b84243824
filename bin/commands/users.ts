import { randomUUID } from 'node:crypto';
import { dataOf } from '../../clients/typescript/index.ts';
import { type Column, tableOf } from '../terminal/table.ts';
import type { Noun } from '../terminal/verb.ts';
import { usersOf } from './find.ts';

const COLUMNS: readonly Column[] = [{ head: 'NAME', shrinks: true }, { head: 'ID' }];

/** The commands of users. */
export function addUsers({ verb }: Noun): void {
  verb('list', 'Everybody who works there', 'users list', async ({ api, terminal }) => {
    const users = await usersOf(await api());
    if (users.length === 0) return { json: [], text: 'There is nobody yet. Next: users add "Anna"' };
    return {
      json: users,
      text: tableOf(
        COLUMNS,
        users.map(({ name, id }) => [name, id]),
        terminal.width,
      ),
    };
  });

  verb<{ id?: string; phone?: string }>(
    'add <name>',
    'Add somebody. They have no role until a channel gives them one: settings roles set',
    'users add "Anna Petrova" --id 17',
    async ({ api, options }, name = '') => {
      const konvert = await api();
      const user = { id: options.id ?? randomUUID().slice(0, 8), name, ...(options.phone && { phone: options.phone }) };
      await dataOf(konvert.POST('/v3/users', { body: [user] }));
      return { json: user, text: `${name} is there, as ${user.id}.`, notes: ['Next: settings roles set'] };
    },
  )
    .option('--id <id>', 'the id that the CRM has for them; without it one is made up')
    .option('--phone <phone>', 'their own phone');
}
