import { ready } from './ready-en.ts';

/** How long clients waited, in English. Loaded with that screen. */
export const statistics = {
  ...ready,

  'statistics.period': 'Period',
  'statistics.last-days': '{count, plural, =365 {The last year (365 days)} other {The last # days}}',
  'statistics.channel': 'Channel',
  'statistics.all-channels': 'All channels',
  'statistics.working': 'Working time only',
  'statistics.working-hint':
    'Times count the minutes in which the channel is open by its working hours. Without working hours it is always open.',
  'statistics.dates': '{from} – {to}, times of {zone}.',
  'statistics.counted': '{count, plural, one {# wait} other {# waits}}.',
  'statistics.about': 'There are very many, so the times are right to about 3 %.',
  'statistics.waiting': 'Waiting now',
  'statistics.longest': 'Longest wait now',
  'statistics.p50': 'Half answered within',
  'statistics.p90': '9 of 10 answered within',
  'statistics.before': 'the days before: {time}',
  'statistics.by-day': 'By day',
  'statistics.day': 'Day',
  'statistics.answered': 'Answered',
  'statistics.no-reply-needed': 'No reply needed',
  'statistics.others': 'Waiting, or closed by an automatic text',
  'statistics.days-says':
    '{count, plural, one {# wait, on {day}.} other {# waits, the most on {day}: {most, number}.}}',
  'statistics.by-hour': 'When clients write',
  'statistics.hour': 'Hour',
  'statistics.heat-says': 'Most begin to wait on {day} from {hour}: {count, plural, one {# wait} other {# waits}}.',
  'statistics.by-user': 'By person',
  'statistics.by-user-hint':
    'An answer is theirs who wrote it, whoever was responsible. “Let go” are clients who were returned because nobody answered in time.',
  'statistics.user': 'Who',
  'statistics.new-clients': 'New clients',
  'statistics.let-go': 'Let go',
  'statistics.received': 'Got from others',
  'statistics.crm': 'The CRM',
  'statistics.phone': 'From a phone',
  'statistics.nobody': 'Nobody',
  'statistics.former': 'Former user {id}',
  'statistics.nothing': 'Nobody has waited in this period.',
  'statistics.chart-of': '{title}, as a chart',
  'statistics.table-of': '{title}, as a table',
  'statistics.as-table': 'As a table',
  'statistics.csv': 'Save as CSV',
} as const;
