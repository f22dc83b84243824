import type { ChatId, Message } from '../../web/models.ts';

/** A 4 by 3 picture of two colours that needs no server. */
export const PICTURE = `data:image/svg+xml,${encodeURIComponent('<svg xmlns="http://www.w3.org/2000/svg" width="640" height="480"><rect width="640" height="480" fill="#7fa6c9"/><circle cx="430" cy="150" r="70" fill="#f4d58d"/><path d="M0 480 220 220 380 400 480 300 640 480Z" fill="#4b6b57"/></svg>')}`;
const TALL = `data:image/svg+xml,${encodeURIComponent('<svg xmlns="http://www.w3.org/2000/svg" width="360" height="780"><rect width="360" height="780" fill="#e9edf5"/><rect x="24" y="40" width="312" height="120" rx="16" fill="#9db4e8"/></svg>')}`;

type Said = Partial<Message> & Pick<Message, 'type'>;

/** Messages of every kind, a minute apart, the newest at `newest`. */
export function messagesOfAllKinds(chat: ChatId, newest: number): readonly Message[] {
  const all: readonly (readonly ['client' | 'anna' | 'ivan' | 'system', Said])[] = [
    [
      'client',
      {
        type: 'text',
        text: 'Здравствуйте! Подскажите, диван «Осло» есть в наличии? Видела на https://shop.example/oslo?color=grey, и вот номер: +7 900 123-45-67',
      },
    ],
    [
      'anna',
      {
        type: 'text',
        text: 'Добрый день! Да, есть. Куда доставить?',
        status: 'read',
        quotedMessage: {
          messageId: 'm0',
          type: 'text',
          text: 'Здравствуйте! Подскажите, диван «Осло» есть в наличии?',
          authorName: 'Мария',
        },
      },
    ],
    [
      'client',
      { type: 'image', text: 'Вот такой', contentUri: PICTURE, media: { mimeType: 'image/jpeg', size: 182_000 } },
    ],
    ['client', { type: 'image', contentUri: TALL, media: { mimeType: 'image/png' } }],
    ['client', { type: 'image', albumId: 'a1', contentUri: PICTURE }],
    ['client', { type: 'image', albumId: 'a1', contentUri: PICTURE }],
    ['client', { type: 'image', albumId: 'a1', contentUri: PICTURE, text: 'Комната с трёх сторон' }],
    [
      'client',
      {
        type: 'audio',
        kind: 'voice',
        contentUri: 'data:audio/wav;base64,UklGRiQAAABXQVZFZm10IBAAAAABAAEAQB8AAEAfAAABAAgAZGF0YQAAAAA=',
        media: { durationSeconds: 17, mimeType: 'audio/wav' },
      },
    ],
    [
      'client',
      { type: 'video', contentUri: 'data:video/mp4;base64,', media: { durationSeconds: 9 }, text: 'Видео подъезда' },
    ],
    ['client', { type: 'video', kind: 'video_note' }],
    [
      'client',
      {
        type: 'document',
        contentUri: 'https://files.example/a',
        media: { name: 'План квартиры, второй этаж, окончательный.pdf', size: 1_430_000, mimeType: 'application/pdf' },
      },
    ],
    ['client', { type: 'image', kind: 'sticker', media: { emoji: '😍', mimeType: 'application/x-tgsticker' } }],
    [
      'client',
      {
        type: 'geo',
        kind: 'venue',
        location: { latitude: 59.93428, longitude: 30.3351, title: 'Дом', address: 'Невский проспект, 28' },
      },
    ],
    ['client', { type: 'vcard', vcards: [{ name: 'Пётр Сергеевич', phone: '+7 900 765-43-21' }] }],
    [
      'anna',
      {
        type: 'text',
        kind: 'poll',
        text: 'Когда привезти?',
        poll: { question: 'Когда привезти?', options: ['Утром', 'Днём', 'Вечером'] },
        status: 'delivered',
      },
    ],
    ['client', { type: 'text', kind: 'button', text: 'Вечером' }],
    ['client', { type: 'missing_call' }],
    ['client', { type: 'unknown', kind: 'story' }],
    ['client', { type: 'text', text: 'Перешлю ответ дизайнера: берите серый.', forwarded: { from: 'Дизайнер Оля' } }],
    [
      'client',
      {
        type: 'text',
        text: 'Адрес: Невский, 28, кв. 5',
        isEdited: true,
        oldInfo: { oldText: 'Адрес: Невский, 26, кв. 5' },
      },
    ],
    ['client', { type: 'text', text: 'Это я зря написала', isDeleted: true }],
    [
      'anna',
      {
        type: 'text',
        text: 'Записала 👍 Завтра до 18:00 привезём, подъём на этаж бесплатный.',
        status: 'delivered',
        reactions: ['❤️', '👍'],
      },
    ],
    [
      'system',
      {
        type: 'system',
        authorName: 'Анна',
        noReplyNeeded: { userId: 'anna', reason: 'Ответили по телефону', withdrawnAt: null },
      },
    ],
    ['system', { type: 'system', kind: 'blocked', text: 'The client blocked the bot' }],
    [
      'ivan',
      {
        type: 'wapi_template',
        text: 'Ваш заказ №4512 собран.',
        template: { name: 'order_ready', language: 'ru' },
        status: 'sent',
        buttons: [[{ text: 'Спасибо' }, { text: 'Отследить', url: 'https://shop.example/t' }]],
      },
    ],
    ['ivan', { type: 'text', text: 'We are away now and will answer tomorrow.', by: 'automatic', status: 'sent' }],
    [
      'ivan',
      {
        type: 'text',
        text: 'Проверяю ваш заказ',
        status: 'error',
        error: { error: 'BLOCKED', description: 'Forbidden: bot was blocked by the user' },
      },
    ],
    ['client', { type: 'text', text: 'مرحبا، هل يمكنني الدفع عند الاستلام؟ 100 USD' }],
    ['client', { type: 'text', text: 'И ещё: можно ли оплатить картой при получении?' }],
    ['client', { type: 'text', text: 'Ау?' }],
  ];
  return all.map(([who, said], index) => ({
    messageId: `m${index}`,
    ...chat,
    dateTime: new Date(newest - (all.length - 1 - index) * 50_000).toISOString(),
    isEcho: who !== 'client',
    ...(who === 'client' && { contact: { name: 'Мария' }, status: 'inbound' }),
    ...(who === 'anna' && { authorId: 'anna', authorName: 'Анна' }),
    ...(who === 'ivan' && { authorId: 'ivan', authorName: 'Иван' }),
    ...said,
  }));
}
