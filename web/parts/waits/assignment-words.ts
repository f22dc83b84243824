import type { Assignment } from '../../models.ts';
import { type Key, t } from '../../words/words.ts';

const RULES: Readonly<Record<Assignment['rule'], Key>> = {
  'round-robin': 'why.round-robin',
  'first-reply': 'why.first-reply',
  unsorted: 'why.unsorted',
  waiting: 'why.waiting',
  'handed-over': 'why.handed-over',
  returned: 'why.returned',
};

/** The record of an assignment in sentences: the rule, the turn, and who was passed over. */
export function explain(record: Assignment, nameOf: (userId: string) => string): readonly string[] {
  const { rule, place, passedOver, userId, from, waitedMinutes = 0 } = record;
  const names = { name: userId === null ? '' : nameOf(userId), from: from === undefined ? '' : nameOf(from) };
  return [
    t(userId === null ? 'why.pooled' : RULES[rule], { ...names, minutes: waitedMinutes }),
    // The order of returns is another one than the rotation.
    ...(place === null || rule === 'returned' ? [] : [t('why.place', { place })]),
    ...passedOver.map((one) => t('why.passed-over', { name: nameOf(one.userId), reason: reasonWords(one.reason) })),
  ];
}

const REASONS: Readonly<Record<string, Key>> = {
  SWITCHED_OFF: 'why.switch-off',
  MAY_NOT_WRITE: 'why.may-not-write',
  HAD_THIS_CLIENT: 'why.had-client',
  AWAY: 'why.away',
  OUT_OF_HOURS: 'why.out-of-hours',
};

function reasonWords(reason: string): string {
  const key = REASONS[reason];
  return key === undefined ? reason : t(key);
}
