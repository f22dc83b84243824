import type { Message } from '../../models.ts';
import { t } from '../../words/words.ts';
import { kindWords } from './kind-words.ts';

interface Props {
  readonly quoted: NonNullable<Message['quotedMessage']>;
  readonly goTo: (messageId: string) => void;
}

/** The message that another one quotes. A click leads to it, if it is in this chat. */
export function Quote({ quoted, goTo }: Props) {
  const { messageId, authorName, text, type, kind } = quoted;
  const inside = (
    <>
      {authorName !== undefined && (
        <span class="quote-author" dir="auto">
          {authorName}
        </span>
      )}
      <span class="quote-text" dir="auto">
        {text ?? kindWords({ type: type ?? 'unknown', ...(kind !== undefined && { kind }) })}
      </span>
    </>
  );
  if (messageId === undefined) return <blockquote class="quote">{inside}</blockquote>;
  return (
    <blockquote>
      <button type="button" class="quote" title={t('chat.go-to-quoted')} onClick={() => goTo(messageId)}>
        {inside}
      </button>
    </blockquote>
  );
}
