import { fieldsOf, isObject, listOf, stringOf, wholeOf } from '#channels/fields';
import type { Acknowledged, Changed, Outbound, Outgoing, Sent } from '#channels/outbound';
import type { Credentials } from '#channels/terms';
import { type CallVk, type Parameters, toNo, type VkAnswer } from './client.ts';
import { meaningOf, refusalOf } from './errors.ts';
import { isUserId, pressOf, toCmid, toProviderId } from './ids.ts';
import { toKeyboard } from './keyboard.ts';
import { PACE, refuses } from './limits.ts';
import { randomIdOf } from './random-id.ts';
import { createUpload } from './upload.ts';

type NoAnswer = Exclude<VkAnswer, { kind: 'ok' }>;

/** What is said, or why it cannot be. */
type Prepared = { readonly kind: 'ready'; readonly parameters: Parameters } | NoAnswer;

interface ToOne {
  readonly conversation_message_id: unknown;
  readonly error: unknown;
}

/** Both end a day after the message was sent: https://dev.vk.com/ru/method/messages.edit, .../messages.delete */
const CHANGE_HOURS = 24;

/** The quoted message cannot be quoted: it is gone, or not of this chat. */
const NO_QUOTE: readonly string[] = ['100', '921', '969'];

/** Sends as a community. */
export function createOutbound(call: CallVk, fetch: typeof globalThis.fetch, apiUrl?: string): Outbound {
  const upload = createUpload(call, fetch, apiUrl);

  async function prepare(
    credentials: Credentials,
    { to: [{ chatId }], content }: Outgoing,
    signal: AbortSignal,
  ): Promise<Prepared> {
    switch (content.type) {
      case 'text': {
        const { text, buttons } = content;
        const keyboard = buttons && { keyboard: JSON.stringify(toKeyboard(buttons)) };
        return { kind: 'ready', parameters: { message: text, ...keyboard } };
      }
      case 'file': {
        const uploaded = await upload(credentials, chatId, content.file, signal);
        if (uploaded.kind !== 'uploaded') return uploaded;
        return { kind: 'ready', parameters: { attachment: uploaded.attachment } };
      }
      case 'template':
        return { kind: 'refused', code: '100', description: 'VK has no templates' };
      default:
        return content satisfies never;
    }
  }

  return {
    refuses,
    reaches: isUserId,
    pace: PACE,

    async send(credentials, message, signal) {
      const prepared = await prepare(credentials, message, signal);
      if (prepared.kind !== 'ready') return toUnsent(prepared);
      const said: Parameters = {
        // Only in this form the answer tells the number of the message in its chat.
        peer_ids: message.to[0].chatId,
        random_id: randomIdOf(message.key),
        // A link in the text would take the place of a file: https://github.com/python273/vk_api/issues/329
        dont_parse_links: 1,
        ...prepared.parameters,
      };
      const forward = forwardOf(message);
      if (forward === undefined) return toSent(await call(credentials, 'messages.send', said, signal));
      const sent = toSent(await call(credentials, 'messages.send', { ...said, forward }, signal));
      const isWithoutQuote = sent.kind === 'refused' && NO_QUOTE.includes(sent.refusal.code);
      return isWithoutQuote ? toSent(await call(credentials, 'messages.send', said, signal)) : sent;
    },

    async edit(credentials, message, providerId, signal) {
      const cmid = toCmid(providerId);
      if (cmid === undefined) return { kind: 'refused', refusal: NO_MESSAGE };
      const prepared = await prepare(credentials, message, signal);
      if (prepared.kind !== 'ready') return toUnchanged(prepared);
      const changed: Parameters = {
        peer_id: message.to[0].chatId,
        cmid,
        dont_parse_links: 1,
        // Without it the quote would go.
        keep_forward_messages: 1,
        ...prepared.parameters,
      };
      return toChanged(await call(credentials, 'messages.edit', changed, signal));
    },
    editHours: CHANGE_HOURS,
    editsFiles: true,

    async remove(credentials, { to: [{ chatId }] }, providerId, signal) {
      const cmid = toCmid(providerId);
      if (cmid === undefined) return { kind: 'refused', refusal: NO_MESSAGE };
      const parameters = { peer_id: chatId, cmids: cmid, delete_for_all: 1 };
      const answer = await call(credentials, 'messages.delete', parameters, signal);
      return toChanged(answer.kind === 'ok' ? deletionOf(answer.result) : answer);
    },
    removeHours: CHANGE_HOURS,

    /** A button that writes into the chat waits for nothing. */
    async acknowledge(credentials, providerId, signal) {
      const press = pressOf(providerId);
      if (!press) return { kind: 'done' };
      const { userId, eventId } = press;
      const parameters = { event_id: eventId, user_id: userId, peer_id: userId };
      return toAcknowledged(await call(credentials, 'messages.sendMessageEventAnswer', parameters, signal));
    },
  };
}

const NO_MESSAGE = { reason: 'MESSAGES_NOT_FOUND', code: '100', description: 'There is no such message' };

/** VK quotes by passing on, within the same chat: https://dev.vk.com/ru/method/messages.send */
function forwardOf({ to: [{ chatId }], quotes }: Outgoing): string | undefined {
  const cmid = quotes === undefined ? undefined : toCmid(quotes);
  if (cmid === undefined) return undefined;
  return JSON.stringify({ peer_id: Number(chatId), conversation_message_ids: [cmid], is_reply: 1 });
}

/** The answer has a row for each person that it was sent to. One of them may have an error of its own. */
function toSent(answer: VkAnswer): Sent {
  if (answer.kind !== 'ok') return toUnsent(answer);
  const [first] = listOf(answer.result);
  const { conversation_message_id, error } = fieldsOf<ToOne>(first);
  if (isObject(error)) {
    const { code, description } = fieldsOf<{ code: unknown; description: unknown }>(error);
    const no = toNo({ code: String(wholeOf(code) ?? 0), description: stringOf(description) });
    return no.kind === 'ok' ? UNREADABLE : toUnsent(no);
  }
  const providerId = toProviderId(conversation_message_id);
  return providerId === undefined ? UNREADABLE : { kind: 'sent', providerId };
}

const UNREADABLE: Sent = { kind: 'unreachable', reason: 'an unreadable answer to a message' };

/** VK answers with 1 or 0 for each message. A message that is no longer there is done. */
function deletionOf(result: unknown): VkAnswer {
  const [first] = Array.isArray(result) ? result : Object.values(isObject(result) ? result : {});
  const { error } = fieldsOf<{ error: unknown }>(first);
  const { code, description } = fieldsOf<{ code: unknown; description: unknown }>(error);
  const refused = wholeOf(code);
  if (refused === undefined) return { kind: 'ok', result };
  return toNo({ code: String(refused), description: stringOf(description) });
}

function toChanged(answer: VkAnswer): Changed {
  return answer.kind === 'ok' ? { kind: 'done' } : toUnchanged(answer);
}

function toUnchanged(answer: NoAnswer): Exclude<Changed, { kind: 'done' }> {
  return toUnsent(answer);
}

function toAcknowledged(answer: VkAnswer): Acknowledged {
  if (answer.kind === 'throttled') return { ...answer, scope: 'channel' };
  return { kind: answer.kind === 'ok' ? 'done' : answer.kind };
}

function toUnsent(answer: NoAnswer): Exclude<Sent, { kind: 'sent' }> {
  switch (answer.kind) {
    case 'unreachable':
      return answer;
    case 'throttled': {
      const { code, retryAfterSeconds } = answer;
      const isPerson = code !== undefined && meaningOf(code)?.scope === 'person';
      return { kind: 'throttled', retryAfterSeconds, scope: isPerson ? 'chat' : 'channel' };
    }
    case 'refused': {
      const { code, description } = answer;
      const isUnauthorized = meaningOf(code)?.kind === 'unauthorized';
      return { kind: isUnauthorized ? 'unauthorized' : 'refused', refusal: refusalOf({ code, description }) };
    }
    default:
      return answer satisfies never;
  }
}
