import { beforeAll, beforeEach, describe, expect, test } from 'vitest';
import type { Hours, Interval } from '#domain/schedule';
import { openNow } from '../../web/core/open-days.ts';
import { OFFERED_RULE } from '../../web/core/waiting-rule.ts';
import type { Assignment } from '../../web/models.ts';
import { openWords, weekWords } from '../../web/parts/settings/hours/words.ts';
import { memberWords } from '../../web/parts/settings/team/words.ts';
import { ruleWords, wouldWords } from '../../web/parts/settings/waiting/words.ts';
import { explain } from '../../web/parts/waits/assignment-words.ts';
import type { Member } from '../../web/settings-models/team.ts';
import { en } from '../../web/words/settings/en.ts';
import { ru } from '../../web/words/settings/ru.ts';
import { team as teamEn } from '../../web/words/settings/team-en.ts';
import { team as teamRu } from '../../web/words/settings/team-ru.ts';
import { waits as waitsEn } from '../../web/words/waits-en.ts';
import { waits as waitsRu } from '../../web/words/waits-ru.ts';
import { speak, speakMore } from '../../web/words/words.ts';

const DAY = [['09:00', '18:00']] as const;
const OFFICE: Hours = {
  zone: 'Europe/Moscow',
  week: { mon: DAY, tue: DAY, wed: DAY, thu: DAY, fri: DAY },
  exceptions: {},
};
/** Friday, 4 December 2026, 12:00 in Moscow. */
const NOON = Date.parse('2026-12-04T09:00:00Z');

beforeAll(async () => {
  await speakMore('settings', async (language) => (language === 'ru' ? ru : en));
  await speakMore('team', async (language) => (language === 'ru' ? teamRu : teamEn));
  await speakMore('waits', async (language) => (language === 'ru' ? waitsRu : waitsEn));
});

describe('in English', () => {
  beforeEach(() => speak('en'));

  test('a rule is read back in a sentence', () => {
    expect(ruleWords(OFFERED_RULE, OFFICE)).toBe(
      'Mon–Fri 09:00–18:00, Moscow Time: after 15 min to the next, at most 3 times, then to all; heads after 30 min; after 2 returns in a row the user is set away.',
    );
    expect(ruleWords({ ...OFFERED_RULE, returnAfterMinutes: null, outsideHours: 'hold' })).toBe(
      'Around the clock: heads after 30 min; who is new while it is closed is held until it opens.',
    );
    expect(ruleWords(undefined, OFFICE)).toBe('Clients stay where they are, however long they wait.');
  });

  test('so are hours, special days, and when they open', () => {
    const wed: readonly Interval[] = [
      ['09:00', '13:00'],
      ['21:00', '02:00'],
    ];
    const week = { mon: DAY, wed, sat: DAY, sun: DAY };
    const hours: Hours = { ...OFFICE, week, exceptions: { '2026-12-05': [] } };
    expect(weekWords(hours)).toBe(
      'Mon 09:00–18:00, Wed 09:00–13:00 and 21:00–02:00, Sat–Sun 09:00–18:00, 1 special day, Moscow Time',
    );
    expect(openWords(openNow(OFFICE, NOON))).toBe('Open now, until Fri 4 Dec, 18:00');
    expect(openWords(openNow(hours, NOON))).toBe('Closed now, opens Sun 6 Dec, 09:00');
  });

  test('and what it would have done', () => {
    const would = { days: 7, waits: 412, wouldWarn: 30, wouldReturn: 23, wouldPool: 1, wouldTell: 0 };
    expect(wouldWords(would)).toEqual([
      '23 of 412 waits of the last 7 days would have gone to somebody else.',
      '1 client would have come to all.',
    ]);
    expect(wouldWords({ ...would, waits: 1, wouldReturn: 1, wouldPool: 0 })).toEqual([
      '1 of 1 wait of the last 7 days would have gone to somebody else.',
    ]);
    expect(wouldWords({ ...would, waits: 0 })).toEqual([
      'Nobody waited in the last 7 days, so there is nothing to count.',
    ]);
  });

  test.each([
    ['on', {}, 'On'],
    ['on', { by: 'schedule', until: NOON }, 'On until 12:00: by their working hours'],
    ['away', { by: 'user', until: NOON }, 'Away until 12:00: said so themselves'],
    ['away', { by: 'konvert' }, 'Away: set away by Konvert: clients were not answered'],
    ['on', { duty: 'answers' }, 'On. Receives no new clients'],
    ['on', { duty: 'watches' }, 'Quality control: watches, and receives no clients'],
    ['away', { by: 'crm', duty: 'watches' }, 'Quality control: watches, and receives no clients'],
    ['on', { duty: 'none' }, 'Has no role in a channel, and receives no clients'],
  ] as const)('of who is %s it is told why and until when', (status, more, words) => {
    const local = 'until' in more ? { ...more, until: new Date(2026, 11, 4, 12).getTime() } : more;
    const member: Member = { id: 'ivan', name: 'Ivan', duty: 'receives', status, ...local };
    expect(memberWords(member, new Date(2026, 11, 4, 9).getTime())).toBe(words);
  });

  test('a return is explained, and who was passed over', () => {
    const record = { rule: 'returned', place: 2, userId: 'maria', from: 'ivan', waitedMinutes: 15 };
    const passedOver = [{ userId: 'olga', reason: 'AWAY' }];
    expect(explain({ ...record, passedOver } as unknown as Assignment, (id) => id)).toEqual([
      'maria received the client, whom ivan had not answered in 15 min.',
      'Passed over: olga (was away).',
    ]);
    expect(explain({ ...record, userId: null, passedOver: [] } as unknown as Assignment, (id) => id)).toEqual([
      'ivan had not answered in 15 min, so all who receive new clients have the client.',
    ]);
  });
});

describe('in Russian', () => {
  beforeEach(() => speak('ru'));

  test('a rule is read back in a sentence', () => {
    expect(ruleWords(OFFERED_RULE, OFFICE)).toBe(
      'пн–пт 09:00–18:00, Москва: через 15 мин следующему, не больше 3 раз, потом всем; руководители узнают через 30 мин; после 2 передач подряд сотрудник отмечается отсутствующим.',
    );
    expect(openWords(openNow(OFFICE, NOON))).toBe('Сейчас открыто, до пт, 4 дек., 18:00');
  });

  test('and what it would have done', () => {
    expect(wouldWords({ days: 7, waits: 412, wouldWarn: 30, wouldReturn: 23, wouldPool: 2, wouldTell: 1 })).toEqual([
      'Из 412 ожиданий за последние 7 дней другому сотруднику ушло бы 23.',
      'Ко всем попали бы 2 клиента.',
      'Руководители узнали бы о 1 клиенте.',
    ]);
    expect(wouldWords({ days: 7, waits: 21, wouldWarn: 1, wouldReturn: 1, wouldPool: 0, wouldTell: 0 })).toEqual([
      'Из 21 ожидания за последние 7 дней другому сотруднику ушло бы 1.',
    ]);
    const few = { days: 7, waits: 3, wouldWarn: 0, wouldReturn: 0, wouldPool: 0, wouldTell: 0 };
    expect(wouldWords({ ...few, warnings: ['ANSWERED_BY_PHONE'] })).toEqual([
      'Из 3 ожиданий за последние 7 дней другому сотруднику ушло бы 0.',
      'Больше трети последних ответов здесь пишут с телефона. Кто отвечает только так, показался бы отсутствующим, поэтому Konvert здесь никого не отмечает.',
    ]);
  });
});
