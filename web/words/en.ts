import { chatEn } from './chat-en.ts';

/** What the page says in English. Messages are ICU: https://unicode-org.github.io/icu/userguide/format_parse/messages/ */
export const en = {
  ...chatEn,

  // time
  'time.today': 'Today',
  'time.yesterday': 'Yesterday',

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
  'shell.connecting-since': 'Connecting… what you see is from {time}',
  'shell.new-version': 'A new version is there.',
  'shell.reload': 'Reload',
  'shell.waiting': '{count, plural, one {# message waits for an answer} other {# messages wait for an answer}}',
  'shell.sound-off': 'Sound is off until you click',
  'shell.language': 'Language',
  'shell.theme': 'Appearance',
  'shell.theme-system': 'Auto',
  'shell.theme-light': 'Light',
  'shell.theme-dark': 'Dark',
  'shell.sound': 'Sound',
  'shell.shortcuts': 'Keyboard shortcuts',
  'shell.notifications': 'Sound and notifications',
  'shell.push': 'Notifications',
  'shell.push-denied': 'blocked by the browser',
  'shell.push-failed': 'Notifications could not be changed. Try again in a moment.',
  'shell.windows': 'Windows',
  'shell.phone': 'On my phone',
  'shell.phone-how': 'Point the camera of your phone at the code. It opens your chats once, within ten minutes.',
  'shell.phone-code': 'Code with the link to your chats',
  'shell.copy-link': 'Copy the link',
  'shell.no-link': 'No link could be made. Try again in a moment.',
  'shell.own-window': 'Own window',
  'shell.session': 'Session',
  'shell.sign-out': 'Sign out',

  // login
  'login.signing-in': 'Opening your chats…',
  'login.expired': 'This link has been used or is too old',
  'login.open-again': 'Open the chats again from your CRM.',
  'login.ask-again': 'Open the chats from your CRM, or by a fresh link.',
  'login.drafts-kept': 'What you have written and not sent is kept.',
  'login.title': 'Sign in to Konvert',
  'login.failed': 'The chats could not be opened',
  'login.key': 'API key of the account',
  'login.key-help': 'It is sent once and kept nowhere.',
  'login.key-refused': 'The key was not taken: {why}',
  'login.open': 'Open',

  // people
  'people.title': 'Links to the chats',
  'people.how': 'Each link opens the chats of one person once, within ten minutes.',
  'people.nobody': 'No users yet: your CRM has to push them first.',
  'people.link': 'Make a link',
  'people.link-of': 'Make a link for {name}',

  // demo
  'demo.open': 'Demo: write as a client',
  'demo.title': 'Demo: a client’s phone',
  'demo.what': 'What you write here arrives in the inbox.',
  'demo.who': 'Client',
  'demo.where': 'Messenger',
  'demo.empty': '{name} has not written here yet.',
  'demo.write': 'Write as {name}',
  'demo.send': 'Send as {name}',
  'demo.failed': 'The demo messenger did not take it. Is Konvert still running?',

  // keys
  'keys.next': 'Next chat',
  'keys.previous': 'Previous chat',
  'keys.next-unanswered': 'Next chat without an answer',
  'keys.search': 'Search',
  'keys.envelope': 'No reply needed',
  'keys.quote': 'Quote the last message',
  'keys.next-pane': 'Next part of the page',
  'keys.previous-pane': 'Previous part of the page',
  'keys.shortcuts': 'These shortcuts',

  // list
  'list.all': 'All',
  'list.unanswered': 'Unanswered',
  'list.waits': 'waits {duration}',
  'list.by-team': 'sent by the team:',
  'list.by-refused': 'not sent:',
  'list.draft': 'Draft:',
  'list.hidden': '{count, number} new',
  'list.nobody': 'Nobody is waiting ✓',
  'list.no-chats': 'No chats yet',
  'list.no-chats-more': 'When a client writes, the chat appears here.',
  'list.no-chats-demo': 'Press “Demo: write as a client” below, and write something.',
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
  'push.failed': 'Notifications could not be turned on',
  'push.waiting': '{count, plural, one {# client is waiting} other {# clients are waiting}}',
  'push.many': 'More than {count, number} clients are waiting',
  'push.something': 'Something is new in your chats',
  'push.answered': 'Everything is answered',
  'data.no-answer': 'Konvert does not answer. Try again in a moment.',
  'data.upload-failed': 'The file could not be uploaded',
  'data.no-reply-needed': 'No reply needed: {name}',
} as const;
