/** What notices say, and what is chosen for them, in English. Loaded by the worker, and with what turns notices on. */
export const notices = {
  'notices.waiting': '{count, plural, one {# client is waiting} other {# clients are waiting}}',
  'notices.many': 'More than {count, number} clients are waiting',
  'notices.leaving': '{count, plural, one {# client leaves you in a minute} other {# clients leave you in a minute}}',
  'notices.late': '{count, plural, one {# client has waited too long} other {# clients have waited too long}}',
  'notices.set-away': 'You are set away: clients went to others',
  'notices.others-set-away':
    '{count, plural, one {Konvert has set # colleague away, who answered nobody} other {Konvert has set # colleagues away, who answered nobody}}',
  'notices.nobody': 'Nobody is waiting',
  'notices.unknown': 'Clients are waiting',
  'notices.title': 'Notifications on this device',
  'notices.what': 'Tell me of',
  'notices.all': 'All that my counter counts',
  'notices.mine': 'Only what is mine to answer',
  'notices.mine-means': 'Heads are still told of clients who wait too long.',
  'notices.none': 'Nothing',
  'notices.outside': 'Outside my working hours, too',
  'notices.names': 'Show who wrote, and what',
  'notices.names-means': 'Whoever sees this screen can read it. This is kept on this device only.',
  'notices.failed': 'Not saved. Try again in a moment.',
} as const;
