import { Option } from 'commander';
import { type components, dataOf } from '../../clients/typescript/index.ts';
import { tableOf } from '../terminal/table.ts';
import { agoOf } from '../terminal/times.ts';
import type { Noun } from '../terminal/verb.ts';
import { channelCalled, channelsOf, namesOf, userCalled, usersOf } from './find.ts';

type Row = components['schemas']['StatisticsRow'];
type Names = ReturnType<typeof namesOf>;

interface Options {
  readonly from?: string;
  readonly to?: string;
  readonly by?: (typeof GROUPS)[number];
  readonly channel?: string;
  readonly user?: string;
  readonly zone?: string;
  readonly csv?: boolean;
}

const GROUPS = ['day', 'hour', 'weekday', 'weekday-hour', 'user', 'channel'] as const;
const WEEKDAYS = ['', 'Mon', 'Tue', 'Wed', 'Thu', 'Fri', 'Sat', 'Sun'];
const HEADS = ['', 'waits', 'answered', 'no reply needed', 'automatic', 'open', 'half within', '9 of 10 within'];
const HOURS = ['in hours', '9 of 10 in hours'];
const OF_USERS = ['new clients', 'let go', 'received'];

/** Adds the command that tells how long clients waited. */
export function addStatistics({ verb }: Pick<Noun, 'verb'>): void {
  verb<Options>(
    'statistics',
    'How long clients waited for answers, and who answered',
    'statistics --by user --from 2026-11-01 --to 2026-11-30',
    async ({ api, options, terminal }) => {
      const konvert = await api();
      const [users, channels] = [await usersOf(konvert), await channelsOf(konvert)];
      const { from, to, by, channel, user, zone } = options;
      const query = {
        ...(from !== undefined && { from }),
        ...(to !== undefined && { to }),
        ...(by !== undefined && { groupBy: by }),
        ...(channel !== undefined && { channelId: channelCalled(channel, channels).channelId }),
        ...(user !== undefined && { userId: userCalled(user, users).id }),
        ...(zone !== undefined && { zone }),
      };
      if (options.csv) {
        const params = { query: { ...query, format: 'csv' as const } };
        const text = await dataOf(konvert.GET('/v1/statistics', { params, parseAs: 'text' }));
        return { json: { csv: text }, text: String(text).trimEnd() };
      }
      const told = await dataOf(konvert.GET('/v1/statistics', { params: { query } }));
      const rows = told.rows.map((row) => cellsOf(row, by, namesOf(users, channels)));
      const columns = [...HEADS, ...HOURS, ...(by === 'user' ? OF_USERS : [])].map((head) => ({ head }));
      const days = `${told.from} to ${told.to}, ${told.zone}`;
      const now =
        told.now &&
        `Now ${told.now.waiting} wait${told.now.since ? `, the first for ${agoOf(told.now.since, Date.now())}` : ''}.`;
      const text = [days, '', tableOf(columns, rows, terminal.width), ...(now ? ['', now] : [])].join('\n');
      return { json: told, text, notes: told.exact ? [] : ['Times are within 2.5 percent, because there are many.'] };
    },
  )
    .option('--from <day>', 'the first day, like 2026-11-24; a week ago unless it is given')
    .option('--to <day>', 'the last day; today unless it is given')
    .addOption(new Option('--by <what>', 'a row for each').choices(GROUPS))
    .option('--channel <channel>', 'of that channel')
    .option('--user <user>', 'what that user did')
    .option('--zone <zone>', 'days of that zone, like Europe/Moscow; the account’s unless it is given')
    .option('--csv', 'as a table for a spreadsheet');
}

function cellsOf(row: Row, by: Options['by'], names: Names): string[] {
  const { waits, answered, noReplyNeeded, auto, open, replyTime, inHours, newClients, letGo, received } = row;
  const counts = [waits, answered, noReplyNeeded, auto, open].map(String);
  const times = [replyTime.p50, replyTime.p90, inHours.p50, inHours.p90].map(lengthOf);
  return [nameOf(row, names), ...counts, ...times, ...(by === 'user' ? [newClients, letGo, received].map(String) : [])];
}

function nameOf({ key, kind }: Row, names: Names): string {
  switch (kind) {
    case 'user':
      return names.user(key);
    case 'channel':
      return names.channel(key);
    case 'crm':
      return 'the CRM';
    case 'phone':
      return 'on a phone';
    case 'nobody':
      return 'nobody yet';
    case 'weekday':
      return WEEKDAYS[Number(key)] ?? key;
    case 'weekday-hour':
      return `${WEEKDAYS[Number(key[0])] ?? ''} ${key.slice(2)}:00`;
    case 'hour':
      return `${key}:00`;
    default:
      return key;
  }
}

/** So long, in the two largest units. */
function lengthOf(seconds: number | null): string {
  if (seconds === null) return '';
  const [hours, minutes] = [Math.floor(seconds / 3600), Math.floor((seconds % 3600) / 60)];
  if (hours > 0) return `${hours} h ${minutes} min`;
  return minutes > 0 ? `${minutes} min ${seconds % 60} s` : `${seconds} s`;
}
