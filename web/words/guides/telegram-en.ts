/** Connecting a Telegram bot, in English. Telegram's own words stand between two stars. */
export const words = {
  'telegram.bot': 'Make a bot',
  'telegram.bot-open': 'Open the chat with **@BotFather**, Telegram’s own bot for making bots, and press **Start**.',
  'telegram.bot-new': 'Send **/newbot**.',
  'telegram.bot-name':
    'It asks for a name, which your clients see, and for a username, which has to end in **bot**: your_company_bot.',
  'telegram.bot-note': 'You have a bot already? Go on to the next step.',
  'telegram.bot-link': 'Open @BotFather',
  'telegram.token': 'Paste the token of the bot',
  'telegram.token-find': 'Copy the line below “**Use this token to access the HTTP API**” from BotFather’s answer.',
  'telegram.token-again': 'You no longer have it? Send **/mybots**, choose the bot and press **API Token**.',
  'telegram.token-note':
    'Whoever has the token can write as your bot. Konvert keeps it encrypted and shows it to nobody.',
  'telegram.bot-token': 'Token of the bot',
  'telegram.bot-token-hint': 'Numbers, a colon and 35 letters: 7000000001:AAH…',
  'telegram.bot-token-malformed':
    'This is no token. A token is numbers, a colon and letters, without spaces: copy the whole line.',
  'telegram.bot-token-refused':
    'Telegram does not know this token. Copy it once more: BotFather, /mybots, your bot, “API Token”. If it was revoked, only the newest one works.',
  'telegram.webhook-refused':
    'The token is right, but Telegram did not take Konvert’s address. It calls public https addresses only, on port 443, 80, 88 or 8443. Ask whoever runs your Konvert.',
  'telegram.secret': 'Telegram proves by it that a message comes from there. Renew it if somebody may have seen it.',
  'telegram.blocked': 'Telegram has blocked the bot. Write to @BotSupport from the account that made it.',
  'telegram.unavailable':
    'No connected Telegram account lets the bot reply. Its owner opens **Settings → Telegram Business → Chatbots** and allows **Reply to messages**. Chats with the bot itself work all the same.',
};
