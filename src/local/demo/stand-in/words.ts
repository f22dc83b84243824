const en = {
  title: 'Demo CRM',
  about: 'It stands in for amoCRM on this machine, so that you see what Konvert does in a CRM.',
  start: 'Connect a company',
  startWhat: 'Makes a company with a bot of its own, and connects Konvert to this CRM, as the settings do.',
  connect: 'Connect a demo company',
  connecting: 'Connecting…',
  play: 'Try it',
  writes: 'A client writes',
  text: 'What the client writes',
  first: 'Good day! Is the red one in stock?',
  send: 'Send',
  sent: 'Sent.',
  open: 'Open the inbox of',
  or: 'or',
  settings: 'the settings',
  deals: 'Deals',
  noDeals: 'No deal yet. Let a client write.',
  contacts: 'Contacts',
  noContacts: 'No contact yet.',
  responsible: 'Responsible',
  stage: 'Stage',
  timeline: 'Timeline',
  contact: 'contact',
  deal: 'deal',
  changed: 'Changed. Konvert is told.',
};

/** The words of the page. */
export type StandInWords = typeof en;

const ru: StandInWords = {
  title: 'Демо-CRM',
  about: 'Она заменяет amoCRM на этой машине и показывает, что Konvert делает в CRM.',
  start: 'Подключите компанию',
  startWhat: 'Создаст компанию с собственным ботом и подключит Konvert к этой CRM, как это делают настройки.',
  connect: 'Подключить демо-компанию',
  connecting: 'Подключаем…',
  play: 'Попробуйте',
  writes: 'Клиент пишет',
  text: 'Что пишет клиент',
  first: 'Здравствуйте! Красный есть в наличии?',
  send: 'Отправить',
  sent: 'Отправлено.',
  open: 'Откройте чаты сотрудника:',
  or: 'или',
  settings: 'настройки',
  deals: 'Сделки',
  noDeals: 'Сделок пока нет. Пусть напишет клиент.',
  contacts: 'Контакты',
  noContacts: 'Контактов пока нет.',
  responsible: 'Ответственный',
  stage: 'Этап',
  timeline: 'Лента',
  contact: 'контакт',
  deal: 'сделка',
  changed: 'Изменено. Konvert уведомлён.',
};

/** The words for a browser, by the languages that it names first. */
export function wordsFor(acceptLanguage = ''): { readonly lang: 'en' | 'ru'; readonly say: StandInWords } {
  return /^ru\b/i.test(acceptLanguage.trim()) ? { lang: 'ru', say: ru } : { lang: 'en', say: en };
}
