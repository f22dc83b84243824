import type { notices as en } from './notices-en.ts';

/** What notices say, and what is chosen for them, in Russian. */
export const notices: Readonly<Record<keyof typeof en, string>> = {
  'notices.waiting': '{count, plural, one {# клиент ждёт} few {# клиента ждут} other {# клиентов ждут}}',
  'notices.many': 'Ждут больше {count, number} клиентов',
  'notices.leaving':
    '{count, plural, one {# клиент уйдёт от вас через минуту} few {# клиента уйдут от вас через минуту} other {# клиентов уйдут от вас через минуту}}',
  'notices.late':
    '{count, plural, one {# клиент ждёт слишком долго} few {# клиента ждут слишком долго} other {# клиентов ждут слишком долго}}',
  'notices.set-away': 'Konvert отметил, что вас нет на месте: клиенты ушли другим',
  'notices.others-set-away':
    '{count, plural, one {Konvert отметил, что # сотрудника нет на месте: он не отвечал} few {Konvert отметил, что # сотрудников нет на месте: они не отвечали} other {Konvert отметил, что # сотрудников нет на месте: они не отвечали}}',
  'notices.nobody': 'Никто не ждёт',
  'notices.unknown': 'Клиенты ждут',
  'notices.title': 'Уведомления на этом устройстве',
  'notices.what': 'Сообщать',
  'notices.all': 'Обо всём, что считает мой счётчик',
  'notices.mine': 'Только о том, на что отвечать мне',
  'notices.mine-means': 'О клиентах, которые ждут слишком долго, руководителям сообщается всё равно.',
  'notices.none': 'Ни о чём',
  'notices.outside': 'И вне моего рабочего времени',
  'notices.names': 'Показывать, кто написал и что',
  'notices.names-means': 'Это прочтёт любой, кто видит экран. Хранится только на этом устройстве.',
  'notices.failed': 'Не удалось сохранить. Повторите чуть позже.',
};
