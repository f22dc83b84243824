import type { words as en } from './telegram-en.ts';

/** Connecting a Telegram bot, in Russian. Telegram's own words stand between two stars. */
export const words = {
  'telegram.bot': 'Создайте бота',
  'telegram.bot-open':
    'Откройте чат с **@BotFather** — это бот Telegram, который создаёт ботов, — и нажмите **Start** («Запустить»).',
  'telegram.bot-new': 'Отправьте **/newbot**.',
  'telegram.bot-name':
    'Он спросит имя, которое увидят клиенты, и username, который должен заканчиваться на **bot**: your_company_bot.',
  'telegram.bot-note': 'Бот уже есть? Переходите к следующему шагу.',
  'telegram.bot-link': 'Открыть @BotFather',
  'telegram.token': 'Вставьте токен бота',
  'telegram.token-find': 'В ответе BotFather скопируйте строку под «**Use this token to access the HTTP API**».',
  'telegram.token-again': 'Ответ не сохранился? Отправьте **/mybots**, выберите бота и нажмите **API Token**.',
  'telegram.token-note':
    'С этим токеном можно писать от имени вашего бота. Konvert хранит его зашифрованным и никому не показывает.',
  'telegram.bot-token': 'Токен бота',
  'telegram.bot-token-hint': 'Цифры, двоеточие и 35 букв: 7000000001:AAH…',
  'telegram.bot-token-malformed':
    'Это не токен. Токен — это цифры, двоеточие и буквы без пробелов: скопируйте строку целиком.',
  'telegram.bot-token-refused':
    'Telegram не знает такого токена. Скопируйте его ещё раз: BotFather, /mybots, ваш бот, «API Token». Если токен перевыпускали, работает только последний.',
  'telegram.webhook-refused':
    'Токен верный, но Telegram не принял адрес Konvert. Ему нужен публичный https-адрес на порту 443, 80, 88 или 8443. Обратитесь к тому, кто обслуживает ваш Konvert.',
  'telegram.secret':
    'По нему Konvert узнаёт, что сообщение действительно прислал Telegram. Смените секрет, если его мог увидеть посторонний.',
  'telegram.blocked': 'Telegram заблокировал бота. Напишите в @BotSupport с аккаунта, который его создал.',
  'telegram.unavailable':
    'Ни один подключённый аккаунт Telegram не разрешает боту отвечать. Владелец аккаунта открывает **Настройки → Telegram для бизнеса → Чат-боты** и разрешает **ответы на сообщения**. Чаты с самим ботом при этом работают.',
} satisfies Record<keyof typeof en, string>;
