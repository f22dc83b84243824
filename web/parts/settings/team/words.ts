import type { Member } from '../../../settings-models/team.ts';
import { type Key, t } from '../../../words/words.ts';
import { statusWords, untilWords } from '../../away/words.ts';

const WHY = {
  user: 'team.why-user',
  head: 'team.why-head',
  crm: 'team.why-crm',
  konvert: 'team.why-konvert',
  schedule: 'team.why-schedule',
} as const satisfies Readonly<Record<NonNullable<Member['by']>, Key>>;

/** Whether somebody may receive a client at all: new ones, or those who are handed over to them. */
export function mayHaveClients({ duty }: Pick<Member, 'duty'>): boolean {
  return duty === 'receives' || duty === 'answers';
}

/** Whether somebody is on, until when and why: "Away until 15:00: said so themselves". Of who has no clients it means nothing. */
export function memberWords(member: Member, now: number): string {
  const { duty } = member;
  if (!mayHaveClients(member)) return t(duty === 'watches' ? 'team.watches' : 'team.no-role');
  return duty === 'answers' ? t('team.answers', { status: statusOf(member, now) }) : statusOf(member, now);
}

function statusOf(member: Member, now: number): string {
  const { status, until, by } = member;
  const isOnUntil = status === 'on' && until !== undefined;
  const words = isOnUntil ? t('team.on-until', { time: untilWords(until, now) }) : statusWords(member, now);
  return by === undefined ? words : `${words}: ${t(WHY[by])}`;
}
