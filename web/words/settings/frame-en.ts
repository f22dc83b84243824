/** The frame of the settings, in English. */
export const frame = {
  'settings.title': 'Settings',
  'settings.setting-up': 'Setting up',
  'settings.running': 'Running it',
  'settings.back': 'Back to the menu',
  'settings.loading': 'Loading…',
  'settings.stale': 'What you see may be old: {why}',
  'settings.cancel': 'Cancel',
  'start.title': 'Start',
  'people.title': 'People',
  'people.how': 'Each link opens the chats of one person once, within ten minutes.',
  'people.nobody': 'No users yet: your CRM has to push them first.',
  'people.link': 'Make a link',
  'people.link-of': 'Make a link for {name}',
  'options.title': 'Options',
  'keys.title': 'Keys and devices',
};
