import * as z from 'zod/mini';
import { answerJson, type PlainAnswer } from '#local/server/gateway';
import { DEMO_CLIENTS } from './clients.ts';
import type { MessengerState } from './messenger-state.ts';

const setWebhookSchema = z.object({ url: z.string(), secret_token: z._default(z.string(), '') });
const sendMessageSchema = z.object({ chat_id: z.union([z.number(), z.string()]), text: z.string() });
const pressSchema = z.object({ callback_query_id: z.string().check(z.minLength(1)) });

/**
 * Answers a call of the bot as Telegram does, for the methods that Konvert needs:
 * https://core.telegram.org/bots/api#making-requests
 */
export async function callBotMethod(
  state: MessengerState,
  botToken: string,
  method: string,
  parameters: unknown,
): Promise<PlainAnswer> {
  switch (method) {
    case 'getMe':
      return yes({ id: Number(botToken.split(':')[0]), is_bot: true, first_name: 'Demo bot', username: 'demo_bot' });
    case 'setWebhook': {
      const read = setWebhookSchema.safeParse(parameters);
      if (!read.success) return no(400, 'Bad Request: url is missing');
      await state.setWebhook({ url: read.data.url, secret: read.data.secret_token });
      return yes(true);
    }
    case 'deleteWebhook':
      await state.setWebhook(undefined);
      return yes(true);
    case 'answerCallbackQuery':
      return pressSchema.safeParse(parameters).success ? yes(true) : no(400, 'Bad Request: QUERY_ID_INVALID');
    case 'sendMessage':
      return sendMessage(state, parameters);
    default:
      return no(404, 'Not Found');
  }
}

/** The answer to a call with a token that is not the bot's. */
export function refuseToken(): PlainAnswer {
  return no(401, 'Unauthorized');
}

async function sendMessage(state: MessengerState, parameters: unknown): Promise<PlainAnswer> {
  const read = sendMessageSchema.safeParse(parameters);
  if (!read.success) return no(400, 'Bad Request: message text is empty');
  const client = Object.values(DEMO_CLIENTS).find(({ id }) => String(id) === String(read.data.chat_id));
  if (!client) return no(400, 'Bad Request: chat not found');
  const { message_id, date, text } = await state.addMessage('bot', client.id, read.data.text);
  return yes({ message_id, date, chat: { id: client.id, type: 'private' }, text });
}

function yes(result: unknown): PlainAnswer {
  return answerJson(200, { ok: true, result });
}

function no(code: number, description: string): PlainAnswer {
  return answerJson(code, { ok: false, error_code: code, description });
}
