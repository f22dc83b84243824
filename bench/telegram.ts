export const SECRET_HEADER = 'x-telegram-bot-api-secret-token';

export interface TextUpdate {
  readonly chatId: number;
  readonly id: number;
  readonly text: string;
  /** Epoch milliseconds. Telegram sends whole seconds. */
  readonly at: number;
}

/** An update as Telegram posts it: a client's text in their private chat with the bot. */
export function textUpdate({ chatId, id, text, at }: TextUpdate) {
  const person = { id: chatId, first_name: 'Client', last_name: String(chatId), username: `client_${chatId}` };
  return {
    update_id: 500_000_000 + id,
    message: {
      message_id: id,
      from: { ...person, is_bot: false, language_code: 'en' },
      chat: { ...person, type: 'private' },
      date: Math.floor(at / 1000),
      text,
    },
  };
}
