/** What is said of each messenger where one is chosen, in English. The rest is in its guide. */
export const messengers = {
  'messengers.telegram': 'Telegram bot',
  'messengers.telegram-needs': 'Telegram on your phone. Takes two minutes.',
  'messengers.wapi': 'WhatsApp Business',
  'messengers.wapi-needs': 'A Meta app and a phone number that is in no WhatsApp app. Takes half an hour.',
  'messengers.whatsapp': 'WhatsApp by QR code',
  'messengers.whatsapp-needs':
    'Your phone with WhatsApp, and a bridge (Evolution API) that you run. WhatsApp does not allow it officially.',
  'messengers.instagram': 'Instagram',
  'messengers.instagram-needs': 'A professional Instagram account and a Meta app.',
  'messengers.facebook': 'Facebook Messenger',
  'messengers.facebook-needs': 'A Facebook page that you manage and a Meta app.',
  'messengers.maxbot': 'MAX bot',
  'messengers.maxbot-needs': 'A Russian company or sole trader, and a bot that MAX has approved.',
  'messengers.vk': 'VK community',
  'messengers.vk-needs': 'A VK community that you manage. Takes five minutes.',
  'messengers.avito': 'Avito',
  'messengers.avito-needs': 'An Avito profile with a paid plan that includes the API.',
  'messengers.viber': 'Viber bot',
  'messengers.viber-needs': 'A Viber bot, which a partner of Viber makes for a monthly fee.',
};
