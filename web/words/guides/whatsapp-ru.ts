import type { words as en } from './whatsapp-en.ts';

/** Connecting WhatsApp through a bridge that shows a QR code, in Russian. The messenger's own words stand between two stars. */
export const words = {
  'whatsapp.risk': 'Знайте, на что идёте',
  'whatsapp.risk-terms':
    'WhatsApp запрещает программам пользоваться телефоном. Номер могут заблокировать в любой момент, навсегда и без предупреждения. Берите номер, без которого сможете обойтись.',
  'whatsapp.risk-lost':
    'Такой мост теряет сообщения: часть до него не доходит, а то, что он забыл, пока Konvert был недоступен, находится раз в час или никогда. Konvert отвечает за сообщение с той минуты, когда получил его, и не раньше.',
  'whatsapp.risk-run':
    'Мост вы держите сами: это Evolution API версии 2.3.7. Тот, кто его держит, может читать все сообщения и писать от вашего имени.',
  'whatsapp.risk-note': 'В WhatsApp Business (Cloud API) ничего этого нет. Если можете, подключите его.',
  'whatsapp.bridge': 'Укажите, где мост',
  'whatsapp.bridge-run': 'Запустите **Evolution API** с PostgreSQL и задайте ему ключ: **AUTHENTICATION_API_KEY**.',
  'whatsapp.bridge-save':
    'Не выключайте **DATABASE_SAVE_DATA_NEW_MESSAGE**: там Konvert ищет то, что потерялось по дороге.',
  'whatsapp.bridge-address': 'Мост должен видеть Konvert, а Konvert — мост.',
  'whatsapp.bridge-link': 'Как его установить',
  'whatsapp.server': 'Адрес моста',
  'whatsapp.server-hint': 'С https:// и без пути после него: https://bridge.example.com',
  'whatsapp.server-malformed': 'Это не адрес: он начинается с https://, и в нём нет вопросительного знака.',
  'whatsapp.server-refused': 'По этому адресу Konvert не обращается. Нужен публичный адрес с https.',
  'whatsapp.key': 'Ключ моста',
  'whatsapp.key-hint': 'Значение AUTHENTICATION_API_KEY или ключ самого инстанса, если он уже есть.',
  'whatsapp.key-malformed': 'Это не ключ: в нём не меньше 8 знаков и нет пробелов.',
  'whatsapp.key-refused': 'Мост не принимает этот ключ. Скопируйте его ещё раз.',
  'whatsapp.instance': 'Имя инстанса',
  'whatsapp.instance-hint': 'Для каждого телефона своё. Если такого ещё нет, Konvert создаст его.',
  'whatsapp.instance-malformed': 'Только латинские буквы, цифры, точки, дефисы и подчёркивания, не больше 100.',
  'whatsapp.instance-refused':
    'Такого инстанса нет, а этим ключом его не создать. Проверьте имя или возьмите ключ всего моста.',
  'whatsapp.private':
    'Мост находится в закрытой сети. Konvert обращается туда, только если это разрешил тот, кто его обслуживает.',
  'whatsapp.phone': 'Привяжите телефон',
  'whatsapp.phone-open': 'Откройте WhatsApp на телефоне: **Настройки → Связанные устройства**.',
  'whatsapp.phone-link': 'Нажмите **Привязка устройства**.',
  'whatsapp.phone-scan': 'Наведите камеру на код. Он меняется каждые 20–60 секунд.',
  'whatsapp.phone-note': 'Открывайте WhatsApp на телефоне хотя бы раз в две недели, иначе привязка закончится.',
  'whatsapp.blocked': 'WhatsApp заблокировал номер. Откройте WhatsApp на телефоне: там написано, надолго ли.',
  'whatsapp.unavailable': 'Телефон или мост не отвечает. Проверьте оба и привяжите телефон ещё раз.',
} satisfies Record<keyof typeof en, string>;
