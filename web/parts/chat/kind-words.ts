import type { Message } from '../../models.ts';
import { isKey, type Key, t } from '../../words/words.ts';

/** Kinds that are drawn, or of which the message says itself what they are. */
const DRAWN = ['animation', 'button', 'checklist', 'poll', 'sticker', 'video_note', 'voice'];
/** Types that show their content, and say nothing of the kind that it is. */
const CONTENT = ['text', 'image', 'video'];

/** The beginning of the newest message; of one that has no text, what it is. */
export function previewWords(preview: string): string {
  const kind = /^\[([a-z_]+)\]$/.exec(preview)?.[1];
  const key = kind === undefined ? undefined : named(kind);
  return key === undefined ? preview : t(key);
}

/** What a message is, in a word or two. */
export function kindWords({ type, kind }: Pick<Message, 'type' | 'kind'>): string {
  return t(named(kind) ?? named(type) ?? 'kind.unknown');
}

/** What is said above the content of a message that is of a kind of its own, such as a mention in a story. */
export function noteWords({ type, kind = '' }: Pick<Message, 'type' | 'kind'>): string | undefined {
  const key = CONTENT.includes(type) && !DRAWN.includes(kind) ? named(kind) : undefined;
  return key && t(key);
}

/** What is said of a message that cannot be shown here. A kind that has no words of its own is named as it came. */
export function unknownWords(message: Pick<Message, 'type' | 'kind'>): string {
  const { type, kind } = message;
  const isUnknown = type === 'unknown' || type === 'unsupported';
  const key = named(kind);
  if (key && isUnknown) return t('chat.unsupported', { kind: t(key) });
  const words = isUnknown ? t('chat.unknown-kind') : kindWords(message);
  return kind === undefined ? words : `${words} (${kind.replaceAll('_', ' ')})`;
}

/** The words for a type or a kind, which may be any word that a messenger uses, also `constructor`. */
function named(name = ''): Key | undefined {
  const key = `kind.${name}`;
  return isKey(key) ? key : undefined;
}
