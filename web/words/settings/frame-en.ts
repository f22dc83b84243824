/** The frame of the settings, in English. */
export const frame = {
  'settings.title': 'Settings',
  'settings.loading': 'Loading…',
  'start.title': 'Start',
  'people.title': 'People',
  'people.how': 'Each link opens the chats of one person once, within ten minutes.',
  'people.nobody': 'No users yet: your CRM has to push them first.',
  'people.link': 'Make a link',
  'people.link-of': 'Make a link for {name}',
  'options.title': 'Options',
  'keys.title': 'Keys and devices',
};
