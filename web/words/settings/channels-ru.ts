/** The channels of the settings, in Russian. */
export const channels = {
  'channels.title': 'Каналы',
};
