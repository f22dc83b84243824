/** What is stored of people, and its end, in Russian. Loaded with that screen. */
export const stored = {
  'stored.person': 'Один человек',
  'stored.person-hint':
    'Если клиент спросил, что вы о нём знаете, или попросил удалить его данные. Достаточно одного ID: вместе с ним найдутся другие ID этого человека и его адреса в других мессенджерах, если они есть в контакте.',
  'stored.messenger': 'Мессенджер',
  'stored.id': 'ID или телефон клиента',
  'stored.id-hint':
    'Как в самом мессенджере. Его подставит чат: откройте сделки рядом с чатом и нажмите «Выгрузить или удалить клиента…».',
  'stored.id-missing': 'Укажите ID или телефон.',
  'stored.nobody': 'О таком человеке ничего не хранится.',
  'stored.export': 'Выгрузить всё, что известно',
  'stored.exporting':
    'Получено: {count, plural, one {# сообщение} few {# сообщения} many {# сообщений} other {# сообщения}}…',
  'stored.exported':
    'Файл сохранён: {count, plural, one {# сообщение} few {# сообщения} many {# сообщений} other {# сообщения}} и всё остальное, что известно.',
  'stored.files': 'В чатах {count, plural, one {# файл} few {# файла} many {# файлов} other {# файла}}',
  'stored.erase': 'Удалить человека…',
  'stored.erase-title': 'Удалить человека?',
  'stored.goes':
    'Удалится во всех каналах и под всеми ID: сообщения и ваши ответы, файлы и их превью, черновики, то, что ждёт отправки, контакт и его сделки, история ответственных.',
  'stored.stays':
    'Останется: журнал, в котором нет текстов, уйдёт по сроку, резервные копии — за 35 дней; то, что есть у самого клиента и в вашей CRM, остаётся у них.',
  'stored.for-good': 'Отменить это нельзя. Если человек напишет снова, он будет новым клиентом.',
  'stored.type-again': 'Введите ID ещё раз',
  'stored.typed-other': 'Это другой ID.',
  'stored.erase-do': 'Удалить навсегда',
  'stored.begun': 'Удаляем.',
  'stored.ended': 'Всё удалено.',
  'stored.erasures': 'Удалённые',
  'stored.erasures-hint': 'За последние 90 дней. Имён здесь нет: об этих людях больше ничего не известно.',
  'stored.none': 'Никого не удаляли.',
  'stored.pending': 'Удаляется…',
  'stored.done': 'Удалено {time}',
  'stored.chats': '{count, plural, one {# чат} few {# чата} many {# чатов} other {# чата}}',
  'stored.messages': '{count, plural, one {# сообщение} few {# сообщения} many {# сообщений} other {# сообщения}}',
  'stored.files-erased': '{count, plural, one {# файл} few {# файла} many {# файлов} other {# файла}}',
  'stored.contacts': '{count, plural, one {# контакт} few {# контакта} many {# контактов} other {# контакта}}',
  'stored.deals': '{count, plural, one {# сделка} few {# сделки} many {# сделок} other {# сделки}}',
  'stored.deliveries': '{count, plural, one {# отправка} few {# отправки} many {# отправок} other {# отправки}}',
  'stored.retention': 'Сколько хранить сообщения',
  'stored.retention-hint':
    'Что старше, удаляется само раз в день, вместе с файлами. Никогда не удаляется то, что ждёт ответа, сколько бы ему ни было. Чат, в котором ничего не осталось, уходит целиком.',
  'stored.keep': 'Хранить',
  'stored.for-ever': 'всегда',
  'stored.days':
    '{count, plural, =365 {год (365 дней)} =1095 {три года (1095 дней)} =1825 {пять лет (1825 дней)} one {# день} few {# дня} many {# дней} other {# дня}}',
  'stored.other': 'другое число дней',
  'stored.days-typed': 'Дней',
  'stored.days-wrong': 'Целое число от 1 до {most, number}.',
  'stored.shorter': 'Удалить то, что старше {days, plural, one {# дня} other {# дней}}?',
  'stored.shorter-means':
    'Сообщения старше {days, plural, one {# дня} other {# дней}}, которые ничего не ждут, будут удалены вместе с файлами. Вернуть их нельзя.',
  'stored.shorter-do': 'Удалить и сохранить',
} as const;
