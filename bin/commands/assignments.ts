import { Option } from 'commander';
import { eachAtOnce } from '#at-once';
import { type components, dataOf, type KonvertClient, KonvertError } from '../../clients/typescript/index.ts';
import { gathered, moreNote } from '../terminal/lists.ts';
import { onOneLine } from '../terminal/table.ts';
import { timeOf } from '../terminal/times.ts';
import { limitOf, limitOption, type Noun } from '../terminal/verb.ts';
import { channelCalled, channelsOf, namesOf, userCalled, usersOf } from './find.ts';
import { type ChatPath, chatCalled, keyOf } from './find-chat.ts';

type Assignment = components['schemas']['Assignment'];
type Names = ReturnType<typeof namesOf>;

interface ListOptions {
  readonly channel?: string;
  readonly user?: string;
  readonly rule?: Assignment['rule'];
  readonly chat?: string;
  readonly limit?: number;
}

const AT_ONCE = 6;

const RULES: Readonly<Record<Assignment['rule'], string>> = {
  'round-robin': 'was next in turn',
  'first-reply': 'replied first',
  unsorted: 'took the client from the unsorted',
  waiting: 'came first after the client had waited',
  'handed-over': 'got the client from a colleague or the head',
  returned: 'was next for returns',
};

const REASONS: Readonly<Record<string, string>> = {
  SWITCHED_OFF: 'gets no new clients',
  MAY_NOT_WRITE: 'may not write',
  HAD_THIS_CLIENT: 'had this client before',
  AWAY: 'is away',
  OUT_OF_HOURS: 'is out of hours',
};

/** The commands of assignments. */
export function addAssignments({ verb }: Noun): void {
  verb<ListOptions>(
    'list',
    'Who got which client, and why; the newest first',
    'assignments list --user Anna --rule round-robin',
    async ({ api, options }) => {
      const konvert = await api();
      const [users, channels] = [await usersOf(konvert), await channelsOf(konvert)];
      const { channel, user, rule, chat } = options;
      const path =
        chat === undefined ? undefined : await chatCalled(konvert, chat, channel === undefined ? {} : { channel });
      const asked = {
        ...(channel !== undefined && { channelId: channelCalled(channel, channels).channelId }),
        ...(path && { channelId: path.channelId, chatType: path.chatType, chatId: path.chatId }),
        ...(user !== undefined && { userId: userCalled(user, users).id }),
        ...(rule !== undefined && { rule }),
      };
      const found = await gathered<Assignment>(limitOf(options), async (cursor) => {
        const page = await dataOf(konvert.GET('/v1/assignments', { params: { query: { ...asked, ...cursor } } }));
        return { items: page.assignments, nextCursor: page.nextCursor };
      });
      if (options.json) return { json: found.items, text: '', notes: moreNote(found) };
      if (found.items.length === 0) return { json: [], text: 'Nobody was given a client.' };
      const clients = await clientsOf(konvert, found.items);
      const lines = found.items.map((one) =>
        sentenceOf(one, clients.get(keyOf(one)) ?? one.chatId, namesOf(users, channels)),
      );
      return { json: found.items, text: lines.join('\n'), notes: moreNote(found) };
    },
  )
    .option('--channel <channel>', 'of that channel')
    .option('--user <user>', 'to that user')
    .addOption(new Option('--rule <rule>', 'by that rule').choices(Object.keys(RULES)))
    .option('--chat <client>', 'of that client')
    .addOption(limitOption());
}

/** What people call the clients, by the keys of their chats. */
async function clientsOf(konvert: KonvertClient, all: readonly ChatPath[]): Promise<Map<string, string>> {
  const names = new Map<string, string>();
  const different = [...new Map(all.map((one) => [keyOf(one), one])).values()];
  await eachAtOnce(different, AT_ONCE, async ({ channelId, chatType, chatId }) => {
    const params = { path: { channelId, chatType, chatId } };
    try {
      const chat = await dataOf(konvert.GET('/v1/chats/{channelId}/{chatType}/{chatId}', { params }));
      names.set(keyOf(chat), chat.name);
    } catch (error) {
      // A chat may be gone; its id is shown then.
      if (!(error instanceof KonvertError && error.status === 404)) throw error;
    }
  });
  return names;
}

function sentenceOf(one: Assignment, client: string, names: Names): string {
  const { at, channelId, place, passedOver } = one;
  const turn = place === null ? '' : ` (place ${place})`;
  const others = passedOver.map((other) => `; ${names.user(other.userId)} ${REASONS[other.reason] ?? other.reason}`);
  const whither = `${client} in ${names.channel(channelId)} went ${placeOf(one, names)}`;
  return onOneLine(`${timeOf(at)}  ${whither}${turn}${others.join('')}.`);
}

/** Where the client went, and why. */
function placeOf({ userId, rule, from, waitedMinutes }: Assignment, names: Names): string {
  const lost = from === undefined ? '' : `: ${names.user(from)} had not answered in ${waitedMinutes} min`;
  return userId === null ? `to the pool${lost}` : `to ${names.user(userId)}, who ${RULES[rule]}${lost}`;
}
