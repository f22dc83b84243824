import { randomUUID } from 'node:crypto';
import { dataOf } from '../../clients/typescript/index.ts';
import { WrongWordsError } from '../terminal/errors.ts';
import { type Column, onOneLine, tableOf } from '../terminal/table.ts';
import { agreed, type Noun, yesOption } from '../terminal/verb.ts';
import { userCalled, usersOf } from './find.ts';

const COLUMNS: readonly Column[] = [{ head: 'NAME', shrinks: true }, { head: 'ID' }];

/** The commands of users. */
export function addUsers({ verb }: Noun): void {
  verb('list', 'Everybody who works there', 'users list', async ({ api, terminal }) => {
    const users = await usersOf(await api());
    if (users.length === 0) return { json: [], text: 'There is nobody yet. Next: users add "Anna"' };
    const rows = users.map(({ name, id }) => [name, id]);
    return { json: users, text: tableOf(COLUMNS, rows, terminal.width) };
  });

  verb<{ id?: string; phone?: string }>(
    'add <name>',
    'Add somebody. A CRM that pushes its users keeps the list itself',
    'users add "Anna Petrova" --id 17',
    async ({ api, options: { id = randomUUID().slice(0, 8), phone } }, name = '') => {
      const konvert = await api();
      const same = (await usersOf(konvert)).find((user) => user.id === id);
      if (same)
        throw new WrongWordsError(`${onOneLine(same.name)} has the id ${id} already. Another name: users rename`);
      const user = { id, name, ...(phone !== undefined && { phone }) };
      await dataOf(konvert.POST('/v3/users', { body: [user] }));
      const next = 'They see no chats before a channel gives them a role: settings roles set';
      return { json: user, text: `${onOneLine(name)} is there, with the id ${id}.`, notes: [next] };
    },
  )
    .option('--id <id>', 'the id that the CRM has for them; without it one is made up')
    .option('--phone <phone>', 'their own phone');

  verb(
    'rename <user> <name>',
    'Give somebody another name',
    'users rename 17 "Anna Ivanova"',
    async ({ api }, given = '', name = '') => {
      const konvert = await api();
      const { id, name: former } = userCalled(given, await usersOf(konvert));
      // What is pushed takes the place of what was there, the phone included.
      const { phone } = await dataOf(konvert.GET('/v3/users/{id}', { params: { path: { id } } }));
      const user = { id, name, ...(phone !== null && { phone }) };
      await dataOf(konvert.POST('/v3/users', { body: [user] }));
      return { json: user, text: `${onOneLine(former)} is ${onOneLine(name)} now.` };
    },
  );

  verb<{ yes?: boolean }>(
    'delete <user>',
    'Take somebody out of the team. Their roles rest until they are added again',
    'users delete "Anna Petrova"',
    async (run, given = '') => {
      const konvert = await run.api();
      const { id, name } = userCalled(given, await usersOf(konvert));
      await agreed(run, `${onOneLine(name)} (${id}) will see no chats any more. Go on?`);
      await dataOf(konvert.DELETE('/v3/users/{id}', { params: { path: { id } } }));
      return { json: { id }, text: `${onOneLine(name)} is gone.` };
    },
  ).addOption(yesOption());
}
