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
  'shell.connecting-since': 'Соединяемся… на экране то, что было в {time}',
  'shell.waiting':
    '{count, plural, one {# сообщение ждёт ответа} few {# сообщения ждут ответа} many {# сообщений ждут ответа} other {# сообщения ждут ответа}}',
  'shell.sound-off': 'Звук выключен, пока вы не нажмёте сюда',
  'shell.language': 'Язык',
  'shell.theme': 'Оформление',
  'shell.theme-system': 'Авто',
  'shell.theme-light': 'День',
  'shell.theme-dark': 'Ночь',
  'shell.sound': 'Звук',
  'shell.shortcuts': 'Горячие клавиши',
  'shell.notifications': 'Звук и уведомления',
  'shell.push': 'Уведомления',
  'shell.push-denied': 'запрещены в браузере',
  'shell.push-failed': 'Не удалось изменить уведомления. Повторите чуть позже.',
  'shell.windows': 'Окна',
  'shell.phone': 'На телефоне',
  'shell.phone-how': 'Наведите камеру телефона на код. Он откроет ваши чаты один раз, в течение десяти минут.',
  'shell.phone-code': 'Код со ссылкой на ваши чаты',
  'shell.copy-link': 'Скопировать ссылку',
  'shell.no-link': 'Не удалось создать ссылку. Повторите чуть позже.',
  'shell.own-window': 'Отдельное окно',
  'shell.session': 'Вход',
  'shell.sign-out': 'Выйти',

  // keys
  'keys.next': 'Следующий чат',
  'keys.previous': 'Предыдущий чат',
  'keys.next-unanswered': 'Следующий чат без ответа',
  'keys.search': 'Поиск',
  'keys.envelope': 'Не требует ответа',
  'keys.quote': 'Процитировать последнее сообщение',
  'keys.next-pane': 'Следующая часть страницы',
  'keys.previous-pane': 'Предыдущая часть страницы',
  'keys.shortcuts': 'Этот список',

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
