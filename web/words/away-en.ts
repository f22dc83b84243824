/** How somebody says that they receive no clients for a while, in English. Loaded with the status of the page, and with the team. */
export const away = {
  'away.on': 'On',
  'away.away': 'Away',
  'away.until': 'Away until {time}',
  'away.go': 'Receive no new clients',
  'away.quarter': 'Away for 15 minutes',
  'away.hour': 'Away for an hour',
  'away.tomorrow': 'Away until tomorrow, {time}',
  'away.other': 'Away until…',
  'away.other-title': 'Away until when?',
  'away.at': 'Date and time',
  'away.behind': 'Choose a time that is still to come.',
  'away.do': 'Be away until then',
  'away.back': 'Receive clients again',
} as const;
