/** What is said of each messenger where one is chosen, in Russian. The rest is in its guide. */
export const messengers = {
  'messengers.telegram': 'Telegram-бот',
  'messengers.telegram-needs': 'Нужен Telegram на телефоне. Займёт две минуты.',
  'messengers.wapi': 'WhatsApp Business',
  'messengers.wapi-needs': 'Нужны приложение Meta и номер, которого нет ни в одном WhatsApp. Займёт полчаса.',
  'messengers.whatsapp': 'WhatsApp по QR-коду',
  'messengers.whatsapp-needs':
    'Нужны телефон с WhatsApp и собственный мост (Evolution API). Официально WhatsApp этого не разрешает.',
  'messengers.instagram': 'Instagram',
  'messengers.instagram-needs': 'Нужны профессиональный аккаунт Instagram и приложение Meta.',
  'messengers.facebook': 'Facebook Messenger',
  'messengers.facebook-needs': 'Нужны страница Facebook, которой вы управляете, и приложение Meta.',
  'messengers.maxbot': 'Бот в MAX',
  'messengers.maxbot-needs': 'Нужны российское юрлицо или ИП и бот, прошедший модерацию MAX.',
  'messengers.vk': 'Сообщество ВКонтакте',
  'messengers.vk-needs': 'Нужно сообщество, которым вы управляете. Займёт пять минут.',
  'messengers.avito': 'Авито',
  'messengers.avito-needs': 'Нужен профиль Авито с платным тарифом, в который входит API.',
  'messengers.viber': 'Бот в Viber',
  'messengers.viber-needs': 'Нужен бот Viber: его за абонентскую плату создаёт партнёр Viber.',
};
