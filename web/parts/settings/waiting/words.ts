import type { Hours } from '../../../../src/domain/schedule.ts';
import { type Clause, clausesOf } from '../../../core/waiting-rule.ts';
import type { Waiting, WouldReturn } from '../../../settings-models/waiting.ts';
import { t } from '../../../words/words.ts';
import { weekWords } from '../hours/words.ts';

/**
 * A rule in a sentence: "Mon–Fri 09:00–18:00, Moscow Time: after 15 min to the next, at most 3 times, then to all; heads
 * after 30 min". Without hours it holds at any time.
 */
export function ruleWords(rule: Waiting | undefined, hours?: Hours): string {
  const clauses = rule ? clausesOf(rule) : [];
  if (clauses.length === 0) return t('rule.off');
  return t('rule.sentence', {
    hours: hours ? weekWords(hours) : t('hours.always'),
    what: clauses.map(clauseWords).join('; '),
  });
}

/** What a rule would have done: "23 of 412 waits of the last 7 days would have gone to somebody else…". */
export function wouldWords({
  days,
  waits,
  wouldReturn,
  wouldPool,
  wouldTell,
  warnings = [],
}: WouldReturn): readonly string[] {
  if (waits === 0) return [t('rule.would-none', { days })];
  return [
    t('rule.would-return', { count: wouldReturn, waits, days }),
    ...(wouldPool > 0 ? [t('rule.would-pool', { count: wouldPool })] : []),
    ...(wouldTell > 0 ? [t('rule.would-tell', { count: wouldTell })] : []),
    ...(warnings.includes('ANSWERED_BY_PHONE') ? [t('rule.tried-by-phone')] : []),
  ];
}

function clauseWords(clause: Clause): string {
  switch (clause.does) {
    case 'return':
      return t('rule.return', { minutes: clause.minutes, times: clause.times, then: t(`rule.then-${clause.then}`) });
    case 'tell':
      return t('rule.tell', { minutes: clause.minutes });
    case 'away':
      return t('rule.away', { times: clause.times });
    case 'hold':
      return t('rule.hold');
    default:
      return clause satisfies never;
  }
}
