/** Connecting a Viber bot, in English. The messenger's own words stand between two stars. */
export const words = {
  'viber.not-public':
    'Viber only calls public https addresses, and this page was opened at {origin}. Whoever runs Konvert has to give it one (KONVERT_PUBLIC_URL) first.',
  'viber.bot': 'Have a bot',
  'viber.bot-contract':
    'Since 5 February 2024 Viber makes bots under a contract only: with Viber itself or with one of its partners.',
  'viber.bot-old': 'A bot from before that day goes on, and can be connected.',
  'viber.bot-note':
    'Viber’s partners charge a monthly fee, and for conversations that your company begins. What a client begins is free for 24 hours. Ask the partner.',
  'viber.bot-link': 'What Viber says of bots',
  'viber.token': 'Paste the token of the bot',
  'viber.token-open':
    'In Viber on the phone of the bot’s administrator open **More → Settings → Bots**, choose the bot and press **Edit Info**.',
  'viber.token-copy': 'Copy **Your app key**.',
  'viber.token-note':
    'Whoever has it can write as your bot. Konvert keeps it encrypted and shows it to nobody. Viber calls one address for a bot: another program that uses it hears no more.',
  'viber.auth-token': 'Token of the bot',
  'viber.auth-token-hint': 'Three groups of letters and digits: 445da6az1s345z78-dazcczb2542zv51a-e0vc5fva17480im9',
  'viber.auth-token-malformed': 'This is no token: it has letters, digits and lines, without spaces.',
  'viber.auth-token-refused': 'Viber does not know this token, or has blocked the bot. Copy it once more.',
  'viber.sender': 'Who writes',
  'viber.sender-choose': 'Choose the name that clients see above your replies.',
  'viber.sender-name': 'Name of the sender',
  'viber.sender-name-hint': 'At most 28 characters: the name of your company.',
  'viber.sender-name-malformed': 'The name needs 1 to 28 characters, without spaces at its ends.',
  'viber.blocked': 'Viber has blocked or suspended the bot. Write to whoever you have the contract with.',
  'viber.webhook-refused':
    'The token is right, but Viber could not reach Konvert at its address. It has to be a public https address with a valid certificate. Ask whoever runs your Konvert.',
};
