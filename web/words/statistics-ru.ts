import { ready } from './ready-ru.ts';

/** How long clients waited, in Russian. Loaded with that screen. */
export const statistics = {
  ...ready,

  'statistics.period': 'Период',
  'statistics.last-days':
    '{count, plural, =365 {Последний год (365 дней)} one {Последний # день} few {Последние # дня} other {Последние # дней}}',
  'statistics.channel': 'Канал',
  'statistics.all-channels': 'Все каналы',
  'statistics.working': 'Только рабочее время',
  'statistics.working-hint':
    'Считаются минуты, в которые канал открыт по рабочим часам. Без рабочих часов он открыт всегда.',
  'statistics.dates': '{from} – {to}, время зоны {zone}.',
  'statistics.counted': '{count, plural, one {# ожидание} few {# ожидания} other {# ожиданий}}.',
  'statistics.about': 'Их очень много, поэтому время указано с точностью около 3 %.',
  'statistics.waiting': 'Ждут сейчас',
  'statistics.longest': 'Дольше всех ждут',
  'statistics.p50': 'Половине ответили за',
  'statistics.p90': '9 из 10 ответили за',
  'statistics.before': 'до этого: {time}',
  'statistics.by-day': 'По дням',
  'statistics.day': 'День',
  'statistics.answered': 'С ответом',
  'statistics.no-reply-needed': 'Ответ не нужен',
  'statistics.others': 'Ждут или закрыты автоответом',
  'statistics.days-says':
    '{count, plural, one {# ожидание; больше всего за {day} — {most, number}.} few {# ожидания; больше всего за {day} — {most, number}.} other {# ожиданий; больше всего за {day} — {most, number}.}}',
  'statistics.by-hour': 'Когда пишут клиенты',
  'statistics.hour': 'Час',
  'statistics.heat-says':
    'Чаще всего начинают ждать: {day}, с {hour} — {count, plural, one {# ожидание} few {# ожидания} other {# ожиданий}}.',
  'statistics.by-user': 'По людям',
  'statistics.by-user-hint':
    'Ответ считается за тем, кто его написал, кто бы ни был ответственным. «Упущено» — клиенты, которых передали дальше, потому что никто не ответил вовремя.',
  'statistics.user': 'Кто',
  'statistics.new-clients': 'Новые клиенты',
  'statistics.let-go': 'Упущено',
  'statistics.received': 'Получено от других',
  'statistics.crm': 'CRM',
  'statistics.phone': 'С телефона',
  'statistics.nobody': 'Никто',
  'statistics.former': 'Бывший пользователь {id}',
  'statistics.nothing': 'За этот период никто не ждал.',
  'statistics.chart-of': '{title}: график',
  'statistics.table-of': '{title}: таблица',
  'statistics.as-table': 'Таблицей',
  'statistics.csv': 'Сохранить как CSV',
} as const;
