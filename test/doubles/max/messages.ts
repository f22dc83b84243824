import type { Answer } from '#test/doubles/http';
import { no, PAYLOAD, yes } from './answers.ts';

/** A message that was taken. */
export interface MaxTaken {
  readonly mid: string;
  readonly userId: number;
  text: string;
  format?: string;
  attachments: readonly Record<string, unknown>[];
  link?: { readonly type: string; readonly mid: string };
  readonly at: number;
}

export type Body = Readonly<Record<string, unknown>>;

const DAY = 24 * 3_600_000;

/** A MAX that pauses nobody has no limit of two messages a second to one dialog. */
export interface MaxMessagesOptions {
  readonly now: () => number;
  readonly botId: number;
  readonly refuses: (attachments: readonly Record<string, unknown>[]) => Answer | undefined;
  readonly hasPace: boolean;
}

/** The rules of messages: https://dev.max.ru/docs-api/methods/POST/messages */
export function createMaxMessages({ now, botId, refuses, hasPace }: MaxMessagesOptions) {
  const taken: MaxTaken[] = [];
  /** People who have started the bot. */
  const started = new Set<number>();
  /** People who have stopped it. */
  const stopped = new Set<number>();
  /** Messages of clients, which can be quoted. */
  const theirs = new Set<string>();
  let seq = 0;

  /** An id as MAX makes it: the chat, the time and a number. */
  function midOf(userId: number): string {
    seq += 1;
    const hex = (value: number, digits: number) => value.toString(16).padStart(digits, '0');
    return `mid.${hex(chatOf(userId), 16)}${hex(now(), 12)}${hex(seq % 65_536, 4)}`;
  }

  function post(query: URLSearchParams, body: Body): Answer {
    const userId = Number(query.get('user_id') ?? Number.NaN);
    if (query.has('chat_id') || !Number.isSafeInteger(userId)) return PAYLOAD('user_id or chat_id');
    if (!started.has(userId)) return no(404, 'dialog.not.found', 'error.dialog.notfound');
    if (stopped.has(userId)) return no(403, 'chat.denied', 'Key: error.dialog.suspended');
    const wrong = refusesBody(body);
    if (wrong) return wrong;
    const recent = taken.filter((one) => one.userId === userId && one.at > now() - 1000);
    if (hasPace && recent.length >= 2) return no(429, 'too.many.requests', 'Too many requests');
    const message: MaxTaken = { mid: midOf(userId), userId, at: now(), ...contentOf(body) };
    taken.push(message);
    return yes({ message: shown(message) });
  }

  function put(query: URLSearchParams, body: Body): Answer {
    const message = taken.find(({ mid }) => mid === query.get('message_id'));
    const hasButtons = message?.attachments.some(({ type }) => type === 'inline_keyboard');
    if (!message || (!hasButtons && message.at < now() - 7 * DAY)) return PAYLOAD('Key: error.edit.invalid.message');
    const wrong = refusesBody(body);
    if (wrong) return wrong;
    const { attachments, ...content } = contentOf(body);
    // "In case `attachments` field is `null`, the current message attachments won’t be changed."
    Object.assign(message, content, body.attachments == null ? {} : { attachments });
    return yes({ success: true });
  }

  function remove(query: URLSearchParams): Answer {
    const at = taken.findIndex(({ mid }) => mid === query.get('message_id'));
    if (at < 0) return no(404, 'not.found', 'Message not found');
    taken.splice(at, 1);
    return yes({ success: true });
  }

  function refusesBody({ text, attachments, link, format }: Body): Answer | undefined {
    const files = (attachments ?? []) as Record<string, unknown>[];
    if (text != null && typeof text !== 'string') return PAYLOAD('text');
    if (typeof text === 'string' && text.length > 4000) return PAYLOAD('text: size must be between 0 and 4000');
    if (!text && files.length === 0) return PAYLOAD('text or attachments');
    if (format != null && format !== 'html' && format !== 'markdown') return PAYLOAD('format');
    if (link != null) {
      const { type, mid } = link as { type: string; mid: string };
      if (type !== 'reply' && type !== 'forward') return PAYLOAD('link.type');
      if (!theirs.has(mid) && !taken.some((one) => one.mid === mid))
        return no(404, 'not.found', 'Message to reply not found');
    }
    return refuses(files);
  }

  /** A message as MAX tells it. */
  function shown({ mid, userId, text, attachments, at }: MaxTaken) {
    return {
      recipient: { chat_id: chatOf(userId), chat_type: 'dialog', user_id: userId },
      timestamp: at,
      body: { mid, seq, text, attachments },
      sender: { user_id: botId, first_name: 'Konvert', username: 'konvert_bot', is_bot: true, last_activity_time: at },
    };
  }

  return { taken, started, stopped, theirs, midOf, post, put, remove, shown };
}

/** The dialog has another number than the person. */
export function chatOf(userId: number): number {
  return userId + 5_000_000;
}

function contentOf({ text, format, attachments, link }: Body) {
  return {
    text: String(text ?? ''),
    attachments: (attachments ?? []) as Record<string, unknown>[],
    ...(format != null && { format: String(format) }),
    ...(link != null && { link: link as MaxTaken['link'] & {} }),
  };
}
