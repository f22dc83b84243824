/**
 * What all examples tell of. "Doors & More" sells doors. Anna writes to it in Telegram and in WhatsApp, on 30 November
 * 2026. Ivan, a seller, answers her; Olga, the head, sees everything.
 */

/** Where Konvert answers. */
export const KONVERT = 'https://konvert.example';

/** The account of the company, and its API keys. */
export const ACCOUNT_ID = '2b7f3c1a-5d84-4c0e-8e39-1f6a7d2b9c50';
export const FIRST_KEY_ID = 'f151eb1a-5f7a-4b45-8ab2-203a3b608cac';
export const SECOND_KEY_ID = '443b5e4a-624c-408b-977e-677d22a394d1';

/** The users as the CRM knows them. */
export const OLGA = { id: '4', name: 'Olga Petrova', phone: '79001110004' } as const;
export const IVAN = { id: '17', name: 'Ivan Sokolov', phone: '79001110017' } as const;

/** A Telegram bot, a number of WhatsApp, and a phone with WhatsApp. */
export const TELEGRAM_CHANNEL = '5f0c2a0e-7b7d-4a55-9a53-0c8a1f6d2b11';
export const WHATSAPP_CHANNEL = '8c1e6d42-3b5f-4e0a-9d27-6f1b0a94c3e5';
export const WHATSAPP_PHONE = 'b7d1f0c9-52e4-4a86-8f3b-0e6a9d1c7f24';

/** Anna's chats. */
export const TELEGRAM_CHAT = { channelId: TELEGRAM_CHANNEL, chatType: 'telegram', chatId: '501234567' } as const;
export const WHATSAPP_CHAT = { channelId: WHATSAPP_CHANNEL, chatType: 'whatsapp', chatId: '79001112233' } as const;

/** Anna as a contact of the CRM. */
export const ANNA = {
  id: 'contact-5',
  responsibleUserId: IVAN.id,
  name: 'Anna Smirnova',
  contactData: [
    { chatType: 'telegram', chatId: TELEGRAM_CHAT.chatId, username: 'anna_smirnova', phone: null },
    { chatType: 'whatsapp', chatId: WHATSAPP_CHAT.chatId, username: null, phone: null },
  ],
  uri: 'https://crm.example/contacts/5',
} as const;

/** The same as the CRM pushes her: what is not known is left out. */
export const PUSHED_ANNA = {
  ...ANNA,
  contactData: [
    { chatType: 'telegram', chatId: TELEGRAM_CHAT.chatId, username: 'anna_smirnova' },
    { chatType: 'whatsapp', chatId: WHATSAPP_CHAT.chatId },
  ],
} as const;

/** What Anna buys, and where the sale stands in the CRM. */
export const DEAL = {
  id: 'deal-9',
  responsibleUserId: IVAN.id,
  name: 'Oak door with fitting',
  contacts: [ANNA.id],
  closed: false,
  uri: 'https://crm.example/deals/9',
} as const;
export const PIPELINE = {
  id: '1',
  name: 'Doors',
  stages: [
    { id: '10', name: 'New' },
    { id: '20', name: 'Measured' },
    { id: '30', name: 'Ordered' },
  ],
} as const;

/** The messages in the order of the day: their ids hold their times. */
export const PHOTO_ID = '01a22b93-6e20-4e10-8e81-9200f4534132';
export const ORDER_ID = '01a22b9d-c78a-4e10-8e81-9200348e61a2';
export const LATE_ID = '01a22ba5-8f38-4e10-8e81-92001352851a';
export const QUESTION_ID = '01a22bbc-7220-4a4e-ad1b-fd061ff27be8';
export const REPLY_ID = '01a22bbd-6630-4a4e-ad1b-fd06a80d074e';
export const PRICE_ID = '01a22bc1-a628-4a4e-ad1b-fd06b33f12ad';

/** What was said. */
export const QUESTION = 'Good morning! Do you have the oak door in white?';
export const REPLY = 'Good morning, Anna! Yes, in white and in grey.';
export const PRICE = 'How much is it with fitting?';

/** When Anna asked for the price, which nobody has answered yet. */
export const PRICE_AT = '2026-11-30T09:20:41.000Z';

/** What the page of a user in Anna's chats of Telegram and WhatsApp has shown. */
export const SEEN_IN_TELEGRAM =
  'cXJkUGhiRkRZeThRN1JLNi5bIjE3OTYwMzAxMDAwMDAjODg0MSIsIjE3OTYwMzAxMDAwMDAjODg0MSIsIjE3OTYwMzA0NDEwMDAjODg0MyIsMTc5NjAzMDUxMDAwMCxbXV0';
export const SEEN_IN_WHATSAPP =
  'cTVsNFBJTWltZE12ekJzWi5bIjE3OTYwMjc0MTIwMDAjd2FtaWQuMSIsIjE3OTYwMjc0MTIwMDAjd2FtaWQuMSIsIjE3OTYwMjgwOTAyNTAjcmVwbHktMiIsMTc5NjAzMDUxMDAwMCxbXV0';

/** The template of WhatsApp that says that an order is ready. */
export const TEMPLATE_GUID = 'eee5e8e8-314b-8be7-8ab1-61b63212c37d';

/** Anna's photo, and the price list that Ivan sends. */
export const PHOTO_URI = `${KONVERT}/files/Zr8jEQCIIAyWwAUv4O3zAq1c9Bk/doorway.jpg`;
export const PRICE_LIST_URI = `${KONVERT}/files/mN3vXw7Lq0sT5bYh2KdGfR8pEaU/price-list.pdf`;

/** Anna's messages, as a history and an event tell them. */
export const PHOTO_MESSAGE = {
  messageId: PHOTO_ID,
  ...WHATSAPP_CHAT,
  dateTime: '2026-11-30T08:30:12.000Z',
  type: 'image',
  isEcho: false,
  contact: { name: 'Anna' },
  text: 'This is the doorway',
  contentUri: PHOTO_URI,
  media: { name: 'doorway.jpg', mimeType: 'image/jpeg', size: 248113 },
  status: 'inbound',
};
export const PRICE_MESSAGE = {
  messageId: PRICE_ID,
  ...TELEGRAM_CHAT,
  dateTime: PRICE_AT,
  type: 'text',
  isEcho: false,
  contact: { name: 'Anna', username: 'anna_smirnova' },
  text: PRICE,
  status: 'inbound',
};
