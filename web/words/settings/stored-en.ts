/** What is stored of people, and its end, in English. Loaded with that screen. */
export const stored = {
  'stored.person': 'One person',
  'stored.person-hint':
    'For a client who asks what you know of them, or asks to be forgotten. One id is enough: with it go their other ids, and those in other messengers that their contact names.',
  'stored.messenger': 'Messenger',
  'stored.id': 'Their id or phone',
  'stored.id-hint':
    'As the messenger has it. A chat leads here with it: open the deals beside the chat, and then “Export or erase this client…”.',
  'stored.id-missing': 'Write the id or the phone.',
  'stored.nobody': 'Nothing is stored of such a person.',
  'stored.export': 'Export what is known',
  'stored.exporting': '{count, plural, one {# message} other {# messages}} so far…',
  'stored.exported':
    'The file is saved: {count, plural, one {# message} other {# messages}}, and everything else that is known.',
  'stored.files': '{count, plural, one {# file} other {# files}} of the chats',
  'stored.erase': 'Erase this person…',
  'stored.erase-title': 'Erase this person?',
  'stored.goes':
    'Goes, in all channels and under all ids: messages and what you answered, files and their previews, drafts, what waits to leave, the contact with its deals, and why who was responsible.',
  'stored.stays':
    'Stays: the log goes by its age and holds no texts, backups within 35 days, and what the client and your CRM have themselves.',
  'stored.for-good': 'It cannot be undone. If they write again, they are a new client.',
  'stored.type-again': 'Type the id again',
  'stored.typed-other': 'That is another id.',
  'stored.erase-do': 'Erase for good',
  'stored.begun': 'It is being erased.',
  'stored.ended': 'Everything is erased.',
  'stored.erasures': 'Erased',
  'stored.erasures-hint': 'Of the last 90 days. It names nobody, because nothing is known of them any more.',
  'stored.none': 'Nobody has been erased.',
  'stored.pending': 'Being erased…',
  'stored.done': 'Erased on {time}',
  'stored.chats': '{count, plural, one {# chat} other {# chats}}',
  'stored.messages': '{count, plural, one {# message} other {# messages}}',
  'stored.files-erased': '{count, plural, one {# file} other {# files}}',
  'stored.contacts': '{count, plural, one {# contact} other {# contacts}}',
  'stored.deals': '{count, plural, one {# deal} other {# deals}}',
  'stored.deliveries': '{count, plural, one {# delivery} other {# deliveries}}',
  'stored.retention': 'How long messages are kept',
  'stored.retention-hint':
    'What is older goes by itself, once a day, with its files. Never: what waits for an answer, however old it is. A chat in which nothing is left goes whole.',
  'stored.keep': 'Keep',
  'stored.for-ever': 'for ever',
  'stored.days':
    '{count, plural, =365 {a year (365 days)} =1095 {three years (1,095 days)} =1825 {five years (1,825 days)} other {# days}}',
  'stored.other': 'another number of days',
  'stored.days-typed': 'Days',
  'stored.days-wrong': 'A whole number from 1 to {most, number}.',
  'stored.shorter': 'Erase what is older than {days, plural, one {# day} other {# days}}?',
  'stored.shorter-means':
    'Messages older than {days, plural, one {# day} other {# days}} that wait for nothing will be erased, with their files. Nobody can get them back.',
  'stored.shorter-do': 'Erase and save',
} as const;
