/** The channels of the settings, in English. */
export const channels = {
  'channels.title': 'Channels',
};
