import type { AssignmentRecord } from '../../../settings-models/running.ts';
import { type Key, t } from '../../../words/words.ts';
import type { Names } from './names.ts';

type Rule = AssignmentRecord['rule'];

/** The rules by which clients get somebody, as they can be chosen. */
export const RULES = [
  'round-robin',
  'waiting',
  'first-reply',
  'handed-over',
  'returned',
] as const satisfies readonly Rule[];

/** A rule as a choice. */
export function ruleName(rule: Rule): string {
  return t(`assignments.rule-${rule}`);
}

/** A record in one sentence: "Anna → Maria: place 17 in the rotation of Sales; passed over: Ivan, receives no new clients". */
export function sentenceOf(record: AssignmentRecord, names: Names): string {
  const { name, chatType, chatId, channelId, userId, rule, place, passedOver, from, waitedMinutes } = record;
  const said = t('assignments.line', {
    client: names.clientOf(name, chatType, chatId),
    user: userId === null ? t('assignments.pool') : names.userOf(userId),
    why: t(whyOf(rule, place), {
      place: place ?? 0,
      channel: names.channelOf(channelId),
      from: from === undefined ? '' : names.userOf(from),
      minutes: waitedMinutes ?? 0,
    }),
  });
  if (passedOver.length === 0) return said;
  const list = passedOver
    .map((one) => t('assignments.passed-who', { name: names.userOf(one.userId), reason: passedWords(one.reason) }))
    .join('; ');
  return `${said}; ${t(passedOver.length === 1 ? 'assignments.passed-one' : 'assignments.passed', { list })}`;
}

function whyOf(rule: Rule, place: number | null): Key {
  if (place !== null && (rule === 'round-robin' || rule === 'waiting')) return `assignments.turn-${rule}`;
  return `assignments.by-${rule}`;
}

const REASONS: Readonly<Record<string, Key>> = {
  SWITCHED_OFF: 'assignments.switched-off',
  MAY_NOT_WRITE: 'assignments.may-not-write',
  HAD_THIS_CLIENT: 'assignments.had-client',
  AWAY: 'assignments.away',
  OUT_OF_HOURS: 'assignments.out-of-hours',
};

function passedWords(reason: string): string {
  const key = REASONS[reason];
  return key === undefined ? reason : t(key);
}
