import { IconButton } from '../../kit/button.tsx';
import type { ChatModel } from '../../models.ts';
import { t } from '../../words/words.ts';
import { kindWords } from '../chat/kind-words.ts';

/** The message that the draft quotes. */
export function DraftQuote({ chat }: { readonly chat: ChatModel }) {
  const quoted = chat.draft.quoted.value;
  if (!quoted) return null;
  return (
    <div class="draft-quote">
      <blockquote class="quote">
        <span class="quote-author" dir="auto">
          {quoted.authorName ?? quoted.contact?.name ?? ''}
        </span>
        <span class="quote-text" dir="auto">
          {quoted.text ?? kindWords(quoted)}
        </span>
      </blockquote>
      <IconButton
        icon="close"
        label={t('composer.no-quote')}
        onClick={() => {
          chat.draft.quoted.value = undefined;
        }}
      />
    </div>
  );
}
