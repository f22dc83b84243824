/** What stands in the place of something that is not there yet, or is old, in English. Loaded with the settings, and with statistics. */
export const ready = {
  'ready.loading': 'Loading…',
  'ready.stale': 'What you see may be old: {why}',
} as const;
