import { defined, fieldsOf, labelled, lines, listOf, rowOf, stringOf, wholeOf } from '#channels/fields';
import type { Forwarded, Media } from '#domain/message';
import { ATTACHMENTS } from './kinds.ts';
import { plainText } from './text.ts';
import { timeOf } from './times.ts';

/** What is nested deeper or comes after so many is not read. */
const MAX_DEPTH = 5;
const MOST_MESSAGES = 100;

/** What messages say that a message passes on. */
export interface ReadForwarded {
  readonly text: string;
  readonly media: readonly Media[];
  /** Of the only one. Of several, the text names each. */
  readonly origin?: Forwarded;
}

interface Message {
  readonly from_id: unknown;
  readonly date: unknown;
  readonly text: unknown;
  readonly attachments: unknown;
  readonly fwd_messages: unknown;
}

/** Reads messages that are passed on, each with those that it passes on itself. */
export function readForwarded(value: unknown): ReadForwarded {
  const left = { messages: MOST_MESSAGES };
  const all = listOf(value);
  const read = all.map((message) => readOne(message, 1, left));
  const [only] = all.length === 1 ? all : [];
  const origin = only === undefined ? undefined : originOf(fieldsOf<Message>(only));
  return {
    text: lines(read.map(({ text }) => text)),
    media: read.flatMap(({ media }) => media),
    ...defined({ origin }),
  };
}

function readOne(value: unknown, depth: number, left: { messages: number }): ReadForwarded {
  if (depth > MAX_DEPTH || left.messages === 0) return { text: '', media: [] };
  left.messages -= 1;
  const { from_id, text, attachments, fwd_messages } = fieldsOf<Message>(value);
  const parts = listOf(attachments).map((attachment) => {
    const fields = fieldsOf<Record<string, unknown>>(attachment) as Record<string, unknown>;
    return rowOf(ATTACHMENTS, fields.type)?.read?.(fields[stringOf(fields.type)]);
  });
  const inner = listOf(fwd_messages).map((message) => readOne(message, depth + 1, left));
  const said = lines(
    plainText(text),
    parts.map((part) => part?.text),
    inner.map((one) => one.text),
  );
  return {
    text: labelled(authorOf(from_id), said),
    media: [...parts.flatMap((part) => part?.media ?? []), ...inner.flatMap(({ media }) => media)],
  };
}

function originOf({ from_id, date }: ReturnType<typeof fieldsOf<Message>>): Forwarded {
  return { from: authorOf(from_id), ...defined({ at: timeOf(date) }) };
}

/** Where VK shows the author, whose name a webhook does not tell. */
function authorOf(fromId: unknown): string {
  const id = wholeOf(fromId) ?? 0;
  if (id === 0) return 'vk.com';
  return id > 0 ? `vk.com/id${id}` : `vk.com/club${-id}`;
}
