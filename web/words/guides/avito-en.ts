/** Connecting an Avito profile, in English. The messenger's own words stand between two stars. */
export const words = {
  'avito.not-public':
    'Avito only calls public https addresses, and this page was opened at {origin}. Whoever runs Konvert has to give it one (KONVERT_PUBLIC_URL) first.',
  'avito.plan': 'Have a plan with the API',
  'avito.plan-open': 'In the account of your company open **Авито Pro**.',
  'avito.plan-level':
    'For goods and jobs the messenger’s API is in the level **Максимальный**, for services in **Расширенный** and **Максимальный**.',
  'avito.plan-company':
    'Sign in as the company itself: an employee’s keys do not open the chats of the company’s listings.',
  'avito.plan-note': 'Konvert costs nothing at Avito beside that plan.',
  'avito.plan-link': 'Open Авито Pro',
  'avito.keys': 'Paste the two keys',
  'avito.keys-open': 'In **Авито Pro** open **Настройки → Интеграции → API**.',
  'avito.keys-make': 'If there are no keys yet, make them.',
  'avito.keys-copy': 'Copy **Client ID** and **Client secret**.',
  'avito.keys-note':
    'Whoever has them can write as your company. Konvert keeps them encrypted and shows them to nobody.',
  'avito.keys-link': 'Open the keys',
  'avito.client-id': 'Client ID',
  'avito.client-secret': 'Client secret',
  'avito.key-malformed': 'This is no key: a key has letters, digits, lines and low lines, and no spaces.',
  'avito.keys-refused':
    'Avito does not take these keys. Copy both once more: if they were made anew, only the newest work.',
  'avito.account': 'Which profile it is',
  'avito.account-open': 'Open **Настройки профиля** at Avito.',
  'avito.account-copy': 'Copy the **Номер профиля**.',
  'avito.user-id': 'Number of the profile',
  'avito.user-id-hint': 'Digits only, without spaces.',
  'avito.user-id-malformed': 'The number of a profile has digits only.',
  'avito.user-id-refused':
    'These keys are those of another profile. Sign in as the one that you want to connect, and copy its keys.',
  'avito.secret':
    'It is a part of the address that Avito calls, because Avito proves nothing otherwise. Renew it if somebody may have seen the address.',
  'avito.blocked': 'Avito takes the keys no more, or the plan has ended. Look into **Авито Pro**.',
  'avito.webhook-refused':
    'The keys are right, but Avito did not take Konvert’s address. It has to be a public https address that answers within two seconds. Ask whoever runs your Konvert.',
  'avito.plan-refused':
    'The keys are right, but the plan of the profile does not hold the messenger’s API. Choose a higher level in **Авито Pro**.',
};
