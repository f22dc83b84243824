import { Argument, Option } from 'commander';
import { type components, dataOf, type KonvertClient } from '../../clients/typescript/index.ts';
import { WrongWordsError } from '../terminal/errors.ts';
import { momentOf } from '../terminal/moments.ts';
import { namedOne } from '../terminal/names.ts';
import { type Column, onOneLine, tableOf } from '../terminal/table.ts';
import { timeOf } from '../terminal/times.ts';
import type { Noun } from '../terminal/verb.ts';
import { channelsOf, namesOf } from './find.ts';
import { scheduleCalled, schedulesOf } from './find-schedule.ts';

type Member = components['schemas']['TeamMember'];
type Status = Member['status'];

interface StatusOptions {
  readonly until?: string;
  readonly reason?: string;
  readonly giveBack?: boolean;
}

const COLUMNS: readonly Column[] = [
  { head: 'NAME', shrinks: true },
  { head: 'STATUS' },
  { head: 'UNTIL' },
  { head: 'BY' },
  { head: 'REASON', shrinks: true },
  { head: 'SCHEDULE', shrinks: true },
  { head: 'CHANNELS', shrinks: true },
  { head: 'ID' },
];

const BY: Readonly<Record<NonNullable<Member['by']>, string>> = {
  user: 'their own word',
  head: 'the head',
  crm: 'the CRM',
  konvert: 'Konvert',
  schedule: 'the schedule',
};

/** The commands of the team: who is on, and by which hours. */
export function addTeam({ verb }: Pick<Noun, 'verb'>): void {
  verb('list', 'Who is on or away, why, and until when', 'team list', async ({ api, terminal }) => {
    const konvert = await api();
    const team = await teamOf(konvert);
    if (team.length === 0) return { json: [], text: 'There is nobody yet. Next: users add "Anna"' };
    const names = namesOf([], await channelsOf(konvert));
    const rows = team.map((one) => [
      one.name,
      // Who only watches receives nobody, whatever the status is.
      one.duty === 'watches' ? 'watches' : one.status,
      timeOf(one.until),
      one.by === undefined ? '-' : BY[one.by],
      one.reason ?? '-',
      one.schedule ?? '-',
      one.channels.map(names.channel).join(', ') || '-',
      one.userId,
    ]);
    return { json: team, text: tableOf(COLUMNS, rows, terminal.width) };
  });

  verb<StatusOptions>(
    'status <user>',
    'Say that somebody is on, or away: who is away gets no new clients, and keeps their own',
    'team status Anna away --until "2026-12-01 09:00" --give-back',
    async ({ api, options }, given = '', status = '') => {
      const { until, reason, giveBack } = options;
      if (giveBack && status === 'on') throw new WrongWordsError('Only who goes away gives clients back');
      const konvert = await api();
      const { userId } = memberCalled(given, await teamOf(konvert));
      const body = {
        status: status as Status,
        ...(until !== undefined && { until }),
        ...(reason !== undefined && { reason }),
        ...(giveBack && { return: true }),
      };
      const now = await dataOf(konvert.PUT('/v1/users/{userId}/status', { params: { path: { userId } }, body }));
      const notes = giveBack
        ? ['The new clients who wait for a first answer go to the next in 30 seconds, unless somebody replies before.']
        : [];
      return { json: now, text: statusWords(now), notes };
    },
  )
    .addArgument(new Argument('<status>', 'what they are').choices(['on', 'away']))
    .addOption(
      new Option(
        '--until <time>',
        'like "2026-12-01 09:00"; without it to the next shift, or to another word',
      ).argParser(momentOf),
    )
    .option('--reason <text>', 'what the team reads beside it')
    .option('--give-back', 'their new clients who wait for a first answer go to the next in 30 s');

  verb<{ none?: boolean }>(
    'schedule <user> [schedule]',
    'Give somebody a schedule: while it is closed they are away',
    'team schedule Anna office',
    async ({ api, options }, given = '', name?: string) => {
      if ((name === undefined) !== (options.none === true)) throw new WrongWordsError('Say a schedule, or --none');
      const konvert = await api();
      const { userId } = memberCalled(given, await teamOf(konvert));
      const schedule = name === undefined ? null : scheduleCalled(name, await schedulesOf(konvert)).name;
      const params = { path: { userId } };
      const now = await dataOf(konvert.PUT('/v1/users/{userId}/schedule', { params, body: { schedule } }));
      return { json: now, text: statusWords(now) };
    },
  ).option('--none', 'they have no hours any more');
}

async function teamOf(konvert: KonvertClient): Promise<Member[]> {
  return (await dataOf(konvert.GET('/v1/users'))).users;
}

function memberCalled(given: string, team: readonly Member[]): Member {
  return namedOne('user', given, team, ({ userId, name }) => ({ id: userId, names: [name] }));
}

/** What is in force, in one sentence. */
function statusWords({ name, status, until, by, schedule }: Member): string {
  const ends = until === undefined ? '' : ` until ${timeOf(until)}`;
  const why = by === undefined ? '' : `, by ${BY[by]}`;
  const hours = schedule === undefined ? 'no hours of their own' : `the hours of ${schedule}`;
  return onOneLine(`${name} is ${status}${ends}${why}, and has ${hours}.`);
}
