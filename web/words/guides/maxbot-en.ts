/** Connecting a MAX bot, in English. The messenger's own words stand between two stars. */
export const words = {
  'maxbot.bot': 'Your bot',
  'maxbot.bot-open': 'Open **MAX для партнёров** (business.max.ru) and sign in as your company.',
  'maxbot.bot-new': 'Under **Чат-боты** create a bot: a name, a picture, what it is for.',
  'maxbot.bot-wait': 'Wait until MAX has approved it. That takes up to two working days.',
  'maxbot.bot-note':
    'MAX gives bots to Russian companies, sole traders and the self-employed only. A bot cannot write first: your clients start it.',
  'maxbot.bot-link': 'Open MAX for partners',
  'maxbot.token': 'Its token',
  'maxbot.token-find': 'Choose the bot under **Чат-боты**, then **⋮** and **Настройки**.',
  'maxbot.token-copy': 'Copy the token with the button beside it.',
  'maxbot.token-note':
    'Whoever has the token can write as your bot. Konvert stores it encrypted and never shows it again. Another program that uses the same bot goes on getting its messages.',
  'maxbot.bot-token': 'Bot token',
  'maxbot.bot-token-hint': 'About 80 letters and digits, without spaces.',
  'maxbot.bot-token-malformed': 'That does not look like a token of MAX.',
  'maxbot.bot-token-refused':
    'MAX refuses this token. Copy it once more, all of it; it may have been replaced by a new one.',
  'maxbot.secret': 'MAX proves with it that a message is from MAX. Renew it if somebody else may know it.',
  'maxbot.webhook-refused':
    'MAX cannot call this deployment: it needs a public https address with a certificate that everybody trusts.',
};
