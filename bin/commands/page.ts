import { dataOf } from '../../clients/typescript/index.ts';
import { WrongWordsError } from '../terminal/errors.ts';
import type { Noun } from '../terminal/verb.ts';
import { userCalled, usersOf } from './find.ts';

/** The command that makes links to the page. */
export function addPage({ verb }: Pick<Noun, 'verb'>): void {
  verb<{ as?: string; settings?: boolean }>(
    'page',
    'A link that opens the page once, within 10 minutes',
    'page --as olga',
    async ({ api, options: { as, settings } }) => {
      if ((as === undefined) === !settings) {
        throw new WrongWordsError('Whose page? Say --as <user>, or --settings for that of the settings');
      }
      const konvert = await api();
      const user = as === undefined ? undefined : userCalled(as, await usersOf(konvert));
      const body = user ? { userId: user.id } : { settings: true as const };
      const { url } = await dataOf(konvert.POST('/v1/page-links', { body }));
      return { json: { url }, text: url, notes: ['It opens once, within 10 minutes.'] };
    },
  )
    .option('--as <user>', 'the chats of that user')
    .option('--settings', 'the settings of the account');
}
