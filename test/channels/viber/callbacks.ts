/** Bodies of Viber's callbacks: https://developers.viber.com/docs/api/rest-bot-api/#callbacks */

export const OLENA = 'Zm9vYmFyMDE=';
/** Epoch milliseconds. */
export const TIME = 1_791_806_401_777;
/** A token within 2^53, so that `JSON.stringify` of a test keeps its digits. */
export const TOKEN = 5_912_000_000_123;

/** A message of Olena's. */
export function said(message: object, more: object = {}) {
  return callback('message', {
    sender: {
      id: OLENA,
      name: 'Олена',
      avatar: 'https://dl.example/a.jpg',
      language: 'uk',
      country: 'UA',
      api_version: 10,
    },
    message,
    silent: false,
    ...more,
  });
}

export function callback(event: string, more: object = {}) {
  return { event, timestamp: TIME, chat_hostname: 'SN-CHAT-01_', message_token: TOKEN, ...more };
}

/** The same as text, with a token of 64 bits. */
export function textWith(token: string, body: object): string {
  return JSON.stringify(body).replace(`"message_token":${TOKEN}`, `"message_token":${token}`);
}
