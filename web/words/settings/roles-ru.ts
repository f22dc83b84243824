/** The roles of the settings, in Russian. */
export const roles = {
  'roles.title': 'Кому что достаётся',
};
