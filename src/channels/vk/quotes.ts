import { defined, fieldsOf, isObject, listOf, rowOf, stringOf } from '#channels/fields';
import { cut } from '#domain/cut';
import { QUOTE_LENGTH, type Quoted } from '#domain/message';
import { toProviderId } from './ids.ts';
import { ATTACHMENTS } from './kinds.ts';
import { plainText } from './text.ts';

interface Reply {
  readonly conversation_message_id: unknown;
  readonly text: unknown;
  readonly attachments: unknown;
}

/** The message that another one answers. */
export function toQuoted(value: unknown): Quoted | undefined {
  if (!isObject(value)) return undefined;
  const { conversation_message_id, text, attachments } = fieldsOf<Reply>(value);
  const [first] = listOf(attachments);
  const attached = rowOf(ATTACHMENTS, fieldsOf<{ type: unknown }>(first).type);
  return defined({
    providerId: toProviderId(conversation_message_id),
    type: attached?.type ?? (stringOf(text) === '' ? undefined : 'text'),
    kind: attached?.kind,
    text: cut(plainText(text), QUOTE_LENGTH) || undefined,
  });
}
