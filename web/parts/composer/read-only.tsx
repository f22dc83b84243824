import type { ComponentChildren } from 'preact';
import { Button } from '../../kit/button.tsx';
import type { App, ChatModel } from '../../models.ts';
import { t } from '../../words/words.ts';
import { copyText } from '../chat/copy.ts';

interface Props {
  readonly app: App;
  readonly chat: ChatModel;
  readonly words: string;
  readonly children?: ComponentChildren;
  /** What can be done all the same. */
  readonly act?: ComponentChildren;
}

/** Stands in the place of a composer where nothing can be sent. What was written can still be taken along. */
export function ReadOnly({ app, chat, words, children, act }: Props) {
  const text = chat.draft.text.value;
  return (
    <div class="composer is-read-only">
      {children}
      <p>{words}</p>
      {act}
      {text !== '' && (
        <div class="composer-kept">
          <p class="composer-kept-text" dir="auto">
            {text}
          </p>
          <Button icon="copy" onClick={() => void copyText(app, text)}>
            {t('kit.copy')}
          </Button>
        </div>
      )}
    </div>
  );
}
