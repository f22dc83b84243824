/** A text of a client, as MAX sent it in February 2026, with other names. */
export const TEXT = {
  timestamp: 1770679787821,
  message: {
    recipient: { chat_id: 145046427, chat_type: 'dialog', user_id: 229229229 },
    timestamp: 1770679787821,
    body: { mid: 'mid.0000000008a53b9b019c44bd612d33e0', seq: 116043270574650340, text: 'Ещё в продаже?' },
    sender: {
      user_id: 10001,
      first_name: 'Dana',
      last_name: 'Kim',
      is_bot: false,
      last_activity_time: 1770679783000,
      name: 'Dana Kim',
    },
  },
  user_locale: 'ru',
  update_type: 'message_created',
};

type Fields = Readonly<Record<string, unknown>>;

/** The text with other fields of its message. */
export function messageWith(fields: Fields): Fields {
  return { ...TEXT, message: { ...TEXT.message, ...fields } };
}

/** The text with another body. */
export function bodyWith(body: Fields): Fields {
  return messageWith({ body: { ...TEXT.message.body, ...body } });
}

/** A message with one attachment and no text. */
export function withAttachment(attachment: Fields): Fields {
  return bodyWith({ text: '', attachments: [attachment] });
}

/** A notice about the dialog. */
export function notice(update_type: string, more: Fields = {}): Fields {
  const { sender: user } = TEXT.message;
  return { chat_id: 145046427, user, timestamp: 1770679790000, user_locale: 'ru', update_type, ...more };
}

/** A pressed button, below the message of the bot that it stands in. */
export const PRESS = {
  callback: {
    timestamp: 1770679803383,
    callback_id: 'f9LHodD0cOJZOniECmtvwY8SptcuW_9QbNqRyNSQ5VH8nUtIQyScJBMaiaOrNLKI',
    user: TEXT.message.sender,
    payload: 'confirm-9',
  },
  message: {
    recipient: { chat_id: 145046427, chat_type: 'dialog', user_id: 10001 },
    timestamp: 1770671779146,
    body: {
      mid: 'mid.0000000008a53b9b019c44432d4a3a70',
      seq: 116042745718127220,
      text: 'Оформляем?',
      attachments: [
        {
          callback_id: 'f9LHodD0cOK60l00EgYGGlKfXneQiTsM6PZhvm7lXk8X350aSp',
          payload: {
            buttons: [
              [
                { payload: 'confirm-9', text: 'Да', intent: 'default', type: 'callback' },
                { payload: 'cancel-9', text: 'Нет', intent: 'default', type: 'callback' },
              ],
            ],
          },
          type: 'inline_keyboard',
        },
      ],
    },
    sender: { user_id: 229229229, first_name: 'Konvert', username: 'konvert_bot', is_bot: true, name: 'Konvert' },
  },
  timestamp: 1770679803383,
  user_locale: 'ru',
  update_type: 'message_callback',
};

/** The client deleted a message. Nothing but ids is told. */
export const REMOVAL = {
  message_id: 'mid.0000000008a53b9b019c44bd612d33e0',
  chat_id: 145046427,
  user_id: 10001,
  timestamp: 1770679800000,
  update_type: 'message_removed',
};

/** The bot's own message, come back. */
export const ECHO = { timestamp: 1770671779146, message: PRESS.message, update_type: 'message_created' };
