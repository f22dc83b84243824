/** What stands in the place of something that is not there yet, or is old, in Russian. Loaded with the settings, and with statistics. */
export const ready = {
  'ready.loading': 'Загрузка…',
  'ready.stale': 'Данные могли устареть: {why}',
} as const;
