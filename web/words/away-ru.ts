/** How somebody says that they receive no clients for a while, in Russian. Loaded with the status of the page, and with the team. */
export const away = {
  'away.on': 'На месте',
  'away.away': 'Нет на месте',
  'away.until': 'Нет на месте до {time}',
  'away.go': 'Не получать новых клиентов',
  'away.quarter': 'Отойти на 15 минут',
  'away.hour': 'Отойти на час',
  'away.tomorrow': 'Отойти до завтра, {time}',
  'away.other': 'Отойти до…',
  'away.other-title': 'До какого времени?',
  'away.at': 'Дата и время',
  'away.behind': 'Выберите время, которое ещё не наступило.',
  'away.do': 'Отойти до этого времени',
  'away.back': 'Снова получать клиентов',
} as const;
