/** The roles of the settings, in English. */
export const roles = {
  'roles.title': 'Who gets what',
};
