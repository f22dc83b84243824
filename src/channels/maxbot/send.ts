import type { Acknowledged, Changed, Outbound, Outgoing, OutgoingFile, Sent } from '#channels/outbound';
import type { Refused } from '#channels/result-of';
import type { Credentials } from '#channels/terms';
import { type Clock, systemClock } from '#clock';
import type { CallMax, MaxAnswer } from './client.ts';
import { meaningOf, refusalOf } from './errors.ts';
import { format } from './format.ts';
import { isMessageId, toCallbackId } from './ids.ts';
import { toKeyboard } from './keyboard.ts';
import { refuses } from './refuses.ts';
import { sentSchema } from './schema.ts';
import { createUploads, type Placed } from './uploaded.ts';
import { type Upload, type UploadType, waysOf } from './uploads.ts';

type Body = Readonly<Record<string, unknown>>;
type NoAnswer = Exclude<MaxAnswer, { kind: 'ok' }>;

/**
 * 30 requests a second for all, two messages a second to one dialog: https://dev.max.ru/docs-api,
 * https://dev.max.ru/docs-api/methods/POST/messages
 */
const PACE = { perSecond: 30, chatMs: 500, chatBurst: 2 };

/** Messages without buttons, "less than 7 days ago": https://dev.max.ru/docs-api/methods/PUT/messages */
const EDIT_HOURS = 7 * 24;

/** Sends, edits and deletes what the team writes. A quoted message that is gone is left out. */
export function createOutbound(call: CallMax, upload: Upload, clock: Clock = systemClock): Outbound {
  const uploads = createUploads(upload, clock.now);

  async function send(credentials: Credentials, message: Outgoing, signal: AbortSignal): Promise<Sent> {
    const { content } = message;
    if (content.type === 'template') return toNo(NO_TEMPLATES);
    if (content.type === 'file') return sendFile(credentials, message, content.file, signal);
    const { text, buttons } = content;
    const body = { ...format(text), ...(buttons && { attachments: [toKeyboard(buttons)] }) };
    return toSent(await post(credentials, message, body, signal));
  }

  /** Nothing was sent where the quoted message was not found. */
  async function post(credentials: Credentials, message: Outgoing, body: Body, signal: AbortSignal) {
    const [{ chatId }] = message.to;
    const link = linkTo(message.quotes);
    const query = { user_id: chatId };
    const postWith = (json: Body) => call(credentials, { method: 'POST', path: 'messages', query, json }, signal);
    const answer = await postWith({ ...body, ...(link && { link }) });
    return link && isQuoteGone(answer) ? postWith(body) : answer;
  }

  /** MAX takes any file as a file, also one that it cannot show as what it is. */
  async function sendFile(
    credentials: Credentials,
    message: Outgoing,
    file: OutgoingFile,
    signal: AbortSignal,
  ): Promise<Sent> {
    let sent: Sent = { kind: 'unreachable', reason: 'No way to send the file' };
    for (const as of waysOf(file)) {
      const key = `${message.key} ${as}`;
      if (uploads.isRefused(credentials, key)) continue;
      sent = await sendAs(credentials, message, file, as, key, signal);
      if (sent.kind !== 'refused' || sent.refusal.reason !== 'WRONG_CONTENT') return sent;
      if (as !== 'file') uploads.refuse(credentials, key);
    }
    return sent;
  }

  async function sendAs(
    credentials: Credentials,
    message: Outgoing,
    file: OutgoingFile,
    as: UploadType,
    key: string,
    signal: AbortSignal,
  ): Promise<Sent> {
    const placed = await uploads.place(credentials, key, file, as, signal);
    if (placed.kind !== 'placed') return toNo(placed);
    const answer = await post(credentials, message, { attachments: [placed.attachment] }, signal);
    if (isNotReady(answer)) return notReady(placed, clock.now());
    const sent = toSent(answer);
    if (sent.kind === 'sent') uploads.forget(credentials, key);
    return sent;
  }

  return {
    refuses,
    reaches: (chatId) => /^[1-9]\d{0,15}$/.test(chatId),
    pace: PACE,
    editHours: EDIT_HOURS,
    editsFiles: true,

    send,

    // Attachments that are not named stay, so buttons do.
    async edit(credentials, message, providerId, signal) {
      const { content, key } = message;
      if (content.type === 'template') return toNo(NO_TEMPLATES);
      const change = (json: Body) =>
        call(credentials, { method: 'PUT', path: 'messages', query: { message_id: providerId }, json }, signal);
      if (!isMessageId(providerId)) return toNo(NO_MESSAGE);
      if (content.type === 'text') return toChanged(await change({ ...format(content.text), attachments: null }));
      const [as = 'file'] = waysOf(content.file);
      const placed = await uploads.place(credentials, `${key} ${as}`, content.file, as, signal);
      if (placed.kind !== 'placed') return toNo(placed);
      const answer = await change({ text: '', attachments: [placed.attachment] });
      return isNotReady(answer) ? notReady(placed, clock.now()) : toChanged(answer);
    },

    async remove(credentials, _message, providerId, signal) {
      if (!isMessageId(providerId)) return toNo(NO_MESSAGE);
      const query = { message_id: providerId };
      const changed = toChanged(await call(credentials, { method: 'DELETE', path: 'messages', query }, signal));
      const isGone = changed.kind === 'refused' && changed.refusal.reason === 'MESSAGES_NOT_FOUND';
      // A repeated request has nothing to do.
      return isGone ? { kind: 'done' } : changed;
    },

    async acknowledge(credentials, providerId, signal) {
      const callbackId = toCallbackId(providerId);
      if (callbackId === undefined) return { kind: 'refused' };
      const query = { callback_id: callbackId };
      const answerWith = (json: Body) => call(credentials, { method: 'POST', path: 'answers', query, json }, signal);
      const answer = await answerWith({});
      // By the description an answer may be empty; it is told that one has to say something.
      return toAcknowledged(answer.kind === 'refused' ? await answerWith({ notification: '✓' }) : answer);
    },
  };
}

const NO_TEMPLATES: Refused = { kind: 'refused', code: 'TEMPLATE', description: 'No templates here' };

/** What was sent is no message that could be changed. */
const NO_MESSAGE: Refused = { kind: 'refused', code: 'message.not.found', description: 'There is no such message' };

function linkTo(quotes: string | undefined): Body | undefined {
  return quotes !== undefined && isMessageId(quotes) ? { type: 'reply', mid: quotes } : undefined;
}

/** Whether the answer says that the message to quote is not there. */
function isQuoteGone(answer: MaxAnswer): boolean {
  if (answer.kind !== 'refused') return false;
  return (
    meaningOf(answer)?.reason === 'MESSAGES_NOT_FOUND' || /\b(?:link|reply|replied|quote)/i.test(answer.description)
  );
}

function isNotReady(answer: MaxAnswer): boolean {
  return answer.kind === 'refused' && meaningOf(answer)?.kind === 'notReady';
}

/** As long again as it has been there: 1 s, 2 s, 4 s and so on, up to a minute. */
function notReady({ uploadedAt }: Placed, now: number): Extract<Sent, { kind: 'notReady' }> {
  const seconds = Math.ceil((now - uploadedAt) / 1000);
  return { kind: 'notReady', retryAfterSeconds: Math.min(Math.max(seconds, 1), 60) };
}

function toSent(answer: MaxAnswer): Sent {
  if (answer.kind !== 'ok') return toNo(answer);
  const read = sentSchema.safeParse(answer.result);
  if (!read.success) return { kind: 'unreachable', reason: 'an unreadable answer to a message' };
  return { kind: 'sent', providerId: read.data.message.body.mid };
}

function toChanged(answer: MaxAnswer): Changed {
  return answer.kind === 'ok' ? { kind: 'done' } : toNo(answer);
}

function toAcknowledged(answer: MaxAnswer): Acknowledged {
  if (answer.kind === 'throttled') return { ...answer, scope: 'channel' };
  return { kind: answer.kind === 'ok' ? 'done' : answer.kind };
}

function toNo(answer: NoAnswer): Exclude<Sent, { kind: 'sent' }> {
  // MAX does not say whether this dialog or the bot as a whole was too fast.
  if (answer.kind === 'throttled') return { ...answer, scope: 'channel' };
  if (answer.kind === 'unreachable') return answer;
  const refusal = refusalOf(answer);
  switch (meaningOf(answer)?.kind) {
    case 'unauthorized':
      return { kind: 'unauthorized', refusal };
    case 'notReady':
      return { kind: 'notReady', retryAfterSeconds: 1 };
    case 'unreachable':
      return { kind: 'unreachable', reason: answer.code };
    default:
      return { kind: 'refused', refusal };
  }
}
