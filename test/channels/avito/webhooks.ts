/** Bodies of Avito's webhooks: https://developers.avito.ru/api-catalog/messenger/documentation#operation/postWebhookV3 */

/** The account of the channel, and a person. */
export const ACCOUNT = 88001;
export const DANA = 99002;
export const CHAT = 'u2i-abc~1';
export const LISTING = 4_100_200_300;
/** Unix seconds. */
export const TIME = 1_791_806_400;

/** A message of Dana's. */
export function said(type: string, content: unknown, more: object = {}) {
  return envelope({ type, content, ...more });
}

/** The same of somebody of the company. */
export function echoed(type: string, content: unknown, more: object = {}) {
  return envelope({ type, content, author_id: ACCOUNT, ...more });
}

export function envelope(more: object) {
  return {
    id: 'b7d0-made-up',
    version: 'v3.0.0',
    timestamp: TIME + 1,
    payload: {
      type: 'message',
      value: {
        id: 'f00d1001',
        chat_id: CHAT,
        chat_type: 'u2i',
        user_id: ACCOUNT,
        author_id: DANA,
        item_id: LISTING,
        created: TIME,
        published_at: '2026-10-12T12:00:00Z',
        read: null,
        ...more,
      },
    },
  };
}
