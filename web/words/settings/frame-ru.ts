/** The frame of the settings, in Russian. */
export const frame = {
  'settings.title': 'Настройки',
  'settings.setting-up': 'Настройка',
  'settings.running': 'Работа',
  'settings.back': 'Назад в меню',
  'settings.loading': 'Загрузка…',
  'settings.stale': 'Данные могли устареть: {why}',
  'settings.cancel': 'Отмена',
  'start.title': 'Начало',
  'people.title': 'Сотрудники',
  'people.how': 'Каждая ссылка открывает чаты одного человека один раз, в течение десяти минут.',
  'people.nobody': 'Пользователей пока нет: их передаёт ваша CRM.',
  'people.link': 'Создать ссылку',
  'people.link-of': 'Создать ссылку: {name}',
  'options.title': 'Общие настройки',
  'keys.title': 'Ключи и устройства',
};
