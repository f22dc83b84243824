import { chatTypesOf, TRANSPORTS } from '#domain/chat-types';
import { type components, dataOf, type KonvertClient } from '../../clients/typescript/index.ts';
import { WrongWordsError } from '../terminal/errors.ts';
import { didYouMean } from '../terminal/similar.ts';
import { onOneLine } from '../terminal/table.ts';
import { agreedByTyping, type Noun, yesOption } from '../terminal/verb.ts';
import { followErasure } from './erasures.ts';
import { exportInto } from './export-person.ts';

type PersonPath = Pick<components['schemas']['Chat'], 'chatType' | 'chatId'>;

const CHAT_TYPES = [...new Set(TRANSPORTS.flatMap(chatTypesOf))];

/** The commands of people: what is known of one, and an end of it. */
export function addPeople({ verb }: Noun): void {
  verb<{ to: string }>(
    'export <chatType> <chatId>',
    'Write everything that is known of a person into a folder, with their files',
    'people export telegram 100200300 --to ./anna',
    async (run, chatType = '', chatId = '') => {
      const konvert = await run.api();
      return exportInto(run, konvert, personAt(chatType, chatId), run.options.to);
    },
  ).requiredOption('--to <folder>', 'a folder that is not there yet, or is empty');

  verb<{ yes?: boolean; wait: boolean }>(
    'erase <chatType> <chatId>',
    'Erase everything that Konvert knows of a person, in all channels, for good',
    'people erase telegram 100200300',
    async (run, chatType = '', chatId = '') => {
      const konvert = await run.api();
      const path = personAt(chatType, chatId);
      const { wait, json } = run.options;
      const named = run.options.yes ? '' : await namedAs(konvert, path);
      const question = [
        `Everything that Konvert knows of ${onOneLine(`${chatType} ${chatId}`)}${named} goes, in all channels: messages,`,
        'files, what waits to leave, contact, deals, drafts. It cannot be undone. Logs go by their age, backups within',
        '35 days, and a connected CRM keeps what it has.',
      ].join('\n');
      await agreedByTyping(run, question, chatId);
      const { erasureId } = await dataOf(konvert.DELETE('/v1/people/{chatType}/{chatId}', { params: { path } }));
      const told = await followErasure(run, konvert, erasureId, { wait, lookAgain: 'erasures show' });
      return json || !wait ? told : { ...told, text: `Nothing is known of them any more.\n${told.text}` };
    },
  )
    .addOption(yesOption())
    .option('--no-wait', 'do not wait until it is done');
}

/** The person of that address. Throws a `WrongWordsError` if there is no such messenger. */
function personAt(chatType: string, chatId: string): PersonPath {
  if (!CHAT_TYPES.includes(chatType)) {
    const help = didYouMean(chatType, CHAT_TYPES);
    throw new WrongWordsError(`There is no messenger ${chatType}, but ${CHAT_TYPES.join(', ')}. ${help}`.trim());
  }
  return { chatType, chatId } as PersonPath;
}

/** What they are called in their chats, to be read before it is too late: ` (Anna Demo, 2 chats)`. */
async function namedAs(konvert: KonvertClient, { chatType, chatId }: PersonPath): Promise<string> {
  const { chats } = await dataOf(konvert.GET('/v1/chats', { params: { query: { find: chatId, limit: 100 } } }));
  const own = chats.filter((chat) => chat.chatType === chatType && chat.chatId === chatId);
  const [first] = own;
  return first ? ` (${onOneLine(first.name)}, ${own.length === 1 ? '1 chat' : `${own.length} chats`})` : '';
}
