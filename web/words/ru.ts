import type { en } from './en.ts';

/** What the page says in Russian. */
export const ru = {
  // time
  'time.today': 'Сегодня',
  'time.yesterday': 'вчера',

  // kit
  'kit.close': 'Закрыть',
  'kit.undo': 'Отменить',
  'kit.copy': 'Копировать',
  'kit.copied': 'Скопировано',
  'kit.retry': 'Повторить',

  // shell
  'shell.chats': 'Чаты',
  'shell.menu': 'Меню',
  'shell.back': 'Назад к чатам',
  'shell.no-chat': 'Выберите чат слева',
  'shell.connecting': 'Соединяемся…',
  'shell.connecting-since': 'Соединяемся… на экране то, что было в {time}',
  'shell.waiting':
    '{count, plural, one {# клиент ждёт} few {# клиента ждут} many {# клиентов ждут} other {# клиента ждут}}',
  'shell.sound-off': 'Звук выключен, пока вы не нажмёте сюда',
  'shell.language': 'Язык',
  'shell.theme': 'Оформление',
  'shell.theme-system': 'Как в системе',
  'shell.theme-light': 'Светлое',
  'shell.theme-dark': 'Тёмное',
  'shell.sound': 'Звук',
  'shell.shortcuts': 'Горячие клавиши',
  'shell.sign-out': 'Выйти',

  // list
  'list.all': 'Все',
  'list.unanswered': 'Неотвеченные',
  'list.waits': 'ждёт {duration}',
  'list.draft': 'Черновик:',
  'list.hidden': '{count, plural, one {# новый} few {# новых} many {# новых} other {# нового}}',
  'list.nobody': 'Никто не ждёт ✓',
  'list.no-chats': 'Чатов пока нет',
  'list.no-chats-more': 'Когда клиент напишет, чат появится здесь.',
  'list.failed': 'Не удалось загрузить чаты',
  'list.failed-more': 'Проверьте соединение и повторите. Написанное сохранено.',
  'list.loading': 'Чаты загружаются',
  'list.open':
    '{count, plural, one {# сообщение без ответа} few {# сообщения без ответа} many {# сообщений без ответа} other {# сообщения без ответа}}',
  'list.lost': 'уже не в списке',
  'list.no-reply-needed': 'Не требует ответа ({count})',
  'list.open-chat': 'Открыть',
  'list.open-in': 'Открыть в {channel}',

  // search
  'search.label': 'Поиск',
  'search.clear': 'Очистить поиск',
  'search.searching': 'Ищем…',
  'search.nothing': 'По запросу «{text}» ничего не нашлось',
  'search.failed': 'Поиск не удался. Повторите чуть позже.',

  // data
  'data.no-reply-needed': 'Ответ не нужен: {name}',
} satisfies Record<keyof typeof en, string>;
