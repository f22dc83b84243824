/** What the page says in English. Messages are ICU: https://unicode-org.github.io/icu/userguide/format_parse/messages/ */
export const en = {
  // time
  'time.today': 'Today',
  'time.yesterday': 'yesterday',

  // kit
  'kit.close': 'Close',
  'kit.undo': 'Undo',
  'kit.copy': 'Copy',
  'kit.copied': 'Copied',
  'kit.retry': 'Try again',

  // shell
  'shell.chats': 'Chats',
  'shell.menu': 'Menu',
  'shell.back': 'Back to the chats',
  'shell.no-chat': 'Choose a chat on the left',
  'shell.connecting': 'Connecting…',
  'shell.connecting-since': 'Connecting… what you see is from {time}',
  'shell.waiting': '{count, plural, one {# client is waiting} other {# clients are waiting}}',
  'shell.sound-off': 'Sound is off until you click',
  'shell.language': 'Language',
  'shell.theme': 'Appearance',
  'shell.theme-system': 'As the system',
  'shell.theme-light': 'Light',
  'shell.theme-dark': 'Dark',
  'shell.sound': 'Sound',
  'shell.shortcuts': 'Keyboard shortcuts',
  'shell.sign-out': 'Sign out',

  // list
  'list.all': 'All',
  'list.unanswered': 'Unanswered',
  'list.waits': 'waits {duration}',
  'list.draft': 'Draft:',
  'list.hidden': '{count, number} new',
  'list.nobody': 'Nobody is waiting ✓',
  'list.no-chats': 'No chats yet',
  'list.no-chats-more': 'When a client writes, the chat appears here.',
  'list.failed': 'The chats could not be loaded',
  'list.failed-more': 'Check the connection and try again. What you have written is kept.',
  'list.loading': 'Loading the chats',
  'list.open': '{count, plural, one {# message without an answer} other {# messages without an answer}}',
  'list.lost': 'no longer in the list',
  'list.no-reply-needed': 'No reply needed ({count})',
  'list.open-chat': 'Open',
  'list.open-in': 'Open in {channel}',

  // search
  'search.label': 'Search',
  'search.clear': 'Clear the search',
  'search.searching': 'Searching…',
  'search.nothing': 'Nothing was found for “{text}”',
  'search.failed': 'The search failed. Try again in a moment.',

  // data
  'data.no-reply-needed': 'No reply needed: {name}',
} as const;
