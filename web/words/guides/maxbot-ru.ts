import type { words as en } from './maxbot-en.ts';

/** Connecting a MAX bot, in Russian. The messenger's own words stand between two stars. */
export const words = {
  'maxbot.bot': 'Ваш бот',
  'maxbot.bot-open': 'Откройте **MAX для партнёров** (business.max.ru) и войдите от имени компании.',
  'maxbot.bot-new': 'В разделе **Чат-боты** создайте бота: укажите имя, картинку и назначение.',
  'maxbot.bot-wait': 'Дождитесь, пока MAX его одобрит. Это занимает до двух рабочих дней.',
  'maxbot.bot-note':
    'MAX даёт ботов только российским компаниям, ИП и самозанятым. Бот не может написать первым: клиенты сами его запускают.',
  'maxbot.bot-link': 'Открыть MAX для партнёров',
  'maxbot.token': 'Его токен',
  'maxbot.token-find': 'В разделе **Чат-боты** выберите бота, затем **⋮** и **Настройки**.',
  'maxbot.token-copy': 'Скопируйте токен кнопкой рядом с ним.',
  'maxbot.token-note':
    'У кого есть токен, тот может писать от имени бота. Konvert хранит его зашифрованным и больше не показывает. Другая программа с тем же ботом по-прежнему получает его сообщения.',
  'maxbot.bot-token': 'Токен бота',
  'maxbot.bot-token-hint': 'Около 80 букв и цифр без пробелов.',
  'maxbot.bot-token-malformed': 'Это не похоже на токен MAX.',
  'maxbot.bot-token-refused':
    'MAX не принимает этот токен. Скопируйте его ещё раз целиком; возможно, его заменили новым.',
  'maxbot.secret':
    'По этому секрету Konvert узнаёт, что сообщение пришло от MAX. Смените его, если его мог увидеть посторонний.',
  'maxbot.webhook-refused':
    'MAX не смог обратиться к Konvert по его адресу. Нужен публичный https-адрес с действующим сертификатом. Обратитесь к тому, кто обслуживает ваш Konvert.',
} satisfies Record<keyof typeof en, string>;
