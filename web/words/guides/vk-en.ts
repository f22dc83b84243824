/** Connecting a VK community, in English. VK's own words stand between two stars. */
export const words = {
  'vk.community': 'Let the community take messages',
  'vk.community-open': 'Open your community at vk.com and press **Управление**.',
  'vk.community-messages': 'Open **Сообщения** and switch **Сообщения сообщества** on.',
  'vk.community-bots':
    'For buttons below messages: there, open **Настройки для бота** and switch **Возможности ботов** on.',
  'vk.community-copy':
    'Open **Работа с API**. The number of the community stands in the address of that page: vk.com/club**210001**.',
  'vk.community-note': 'You have to be an administrator of the community. It costs nothing.',
  'vk.community-link': 'Open your communities',
  'vk.group-id': 'Number of the community',
  'vk.group-id-hint': 'Digits only. An address such as vk.com/club210001 may be pasted whole.',
  'vk.group-id-malformed': 'The number has digits only. It stands behind “club” or “public” in the address.',
  'vk.group-id-refused': 'The key is of another community. Paste the number of the community that you made the key in.',
  'vk.token': 'Make a key for Konvert',
  'vk.token-open': 'In **Работа с API** open **Ключи доступа** and press **Создать ключ**.',
  'vk.token-rights':
    'Tick **Управление сообществом**, **Сообщения сообщества**, **Фотографии сообщества** and **Документы сообщества**. VK asks for a code from your phone.',
  'vk.token-copy': 'Copy the key. It begins with vk1.',
  'vk.token-note': 'Konvert adds its own server in **Callback API** and leaves the servers of others alone.',
  'vk.access-token': 'Key of the community',
  'vk.access-token-malformed': 'This is no key: it begins with vk1. and has no spaces.',
  'vk.access-token-refused':
    'VK does not take this key, or it lacks a right. Make a new one with all four rights: Управление сообществом, Сообщения, Фотографии, Документы.',
  'vk.confirmation': 'Code of the page',
  'vk.confirmation-hint':
    'Only if you add the server at VK by hand: **Работа с API → Callback API → Строка, которую должен вернуть сервер**. Leave it empty, and Konvert does all of that.',
  'vk.confirmation-malformed': 'The code has letters and digits only, such as a1b2c3d4.',
  'vk.secret':
    'VK tells the secret key in everything that it sends, so that Konvert knows that it is VK. Renew it if somebody may have seen it.',
  'vk.blocked': 'VK has shut the community out. Its page says why, and how to object.',
  'vk.unavailable':
    'The community cannot reply at the moment. See **Управление → Сообщения**: messages have to be switched on.',
  'vk.too-many-servers':
    'The community has ten servers already, and VK allows no more. Delete one at **Управление → Работа с API → Callback API**.',
  'vk.not-confirmed':
    'The key is right, but VK could not reach Konvert at its address. It has to be a public https address with a valid certificate. Ask whoever runs your Konvert.',
};
