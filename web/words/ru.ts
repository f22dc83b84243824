import { chatRu } from './chat-ru.ts';
import type { en } from './en.ts';

/** What the page says in Russian. */
export const ru = {
  ...chatRu,

  // time
  'time.today': 'Сегодня',
  'time.yesterday': 'Вчера',

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
  'shell.new-version': 'Вышла новая версия.',
  'shell.reload': 'Обновить',
  'shell.waiting':
    '{count, plural, one {# сообщение ждёт ответа} few {# сообщения ждут ответа} many {# сообщений ждут ответа} other {# сообщения ждут ответа}}',
  'shell.sound-off': 'Звук выключен до первого нажатия',
  'shell.language': 'Язык',
  'shell.theme': 'Оформление',
  'shell.theme-system': 'Авто',
  'shell.theme-light': 'День',
  'shell.theme-dark': 'Ночь',
  'shell.sound': 'Звук',
  'shell.statistics': 'Статистика',
  'shell.shortcuts': 'Горячие клавиши',
  'shell.notifications': 'Звук и уведомления',
  'shell.push': 'Уведомления',
  'shell.push-choice': 'О чём сообщать…',
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

  // login
  'login.signing-in': 'Открываем ваши чаты…',
  'login.expired': 'Ссылка уже использована или устарела',
  'login.open-again': 'Откройте чаты из CRM ещё раз.',
  'login.ask-again': 'Откройте чаты из CRM или по новой ссылке.',
  'login.drafts-kept': 'Всё, что вы написали и не отправили, сохранено.',
  'login.title': 'Вход в Konvert',
  'login.ended': 'Сеанс завершён: им долго не пользовались или его API-ключ отозван.',
  'login.failed': 'Не удалось открыть страницу',
  'login.key': 'API-ключ аккаунта',
  'login.key-help': 'Он передаётся один раз и нигде не хранится.',
  'login.key-refused': 'Ключ не принят: {why}',
  'login.open': 'Открыть',

  // demo
  'demo.open': 'Демо: написать за клиента',
  'demo.title': 'Демо: телефон клиента',
  'demo.what': 'Всё, что вы напишете здесь, придёт во входящие.',
  'demo.who': 'Клиент',
  'demo.where': 'Мессенджер',
  'demo.in-turn': 'Второй бот Telegram: новые клиенты по очереди',
  'demo.by-qr': 'WhatsApp по QR-коду',
  'demo.attach': 'Отправить файл от клиента: {name}',
  'demo.empty': '{name}: сообщений здесь ещё нет.',
  'demo.write': 'Сообщение от клиента: {name}',
  'demo.send': 'Отправить от клиента: {name}',
  'demo.failed': 'Демо-мессенджер не принял сообщение. Konvert ещё запущен?',
  'demo.refuse': 'Не принять следующий ответ',
  'demo.refused': 'Следующий ответ не будет принят. Ответьте во входящих, посмотрите на ошибку и отправьте ещё раз.',

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
  'list.by-team': 'от команды:',
  'list.by-refused': 'не отправлено:',
  'list.draft': 'Черновик:',
  'list.hidden': '{count, plural, one {# новый} few {# новых} many {# новых} other {# нового}}',
  'list.nobody': 'Никто не ждёт ✓',
  'list.no-chats': 'Чатов пока нет',
  'list.no-chats-more': 'Когда клиент напишет, чат появится здесь.',
  'list.no-role': 'У вас пока нет роли в Konvert',
  'list.no-role-more': 'Роли раздаёт администратор: настройки Konvert, «Роли и распределение».',
  'list.no-chats-card': 'Чатов этого клиента нет',
  'list.no-chats-card-more': 'Клиент ещё не писал, или чат ведёт кто-то другой.',
  'list.no-chats-demo': 'Нажмите «Демо: написать за клиента» внизу и напишите что-нибудь.',
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
  'push.failed': 'Не удалось включить уведомления',
  'data.no-answer': 'Konvert не отвечает. Повторите чуть позже.',
  'data.upload-failed': 'Файл не удалось загрузить',
  'data.no-reply-needed': 'Ответ не нужен: {name}',
} satisfies Record<keyof typeof en, string>;
