import { Icon } from '../../kit/icon.tsx';
import type { App, ChatModel, Message } from '../../models.ts';
import { t } from '../../words/words.ts';
import { copyText } from './copy.ts';

interface Props {
  readonly app: App;
  readonly chat: ChatModel;
  readonly message: Message;
}

/** What can be done with a message. The buttons show when it is pointed at or has the focus. */
export function MessageMenu({ app, chat, message }: Props) {
  return (
    <div class="message-menu">
      {chat.mayWrite.value && !message.isDeleted && (
        <button type="button" class="icon-button" aria-label={t('chat.reply')} title={t('chat.reply')} onClick={quote}>
          <Icon name="reply" />
        </button>
      )}
      {message.text !== undefined && (
        <button
          type="button"
          class="icon-button"
          aria-label={t('kit.copy')}
          title={t('kit.copy')}
          onClick={() => void copyText(app, message.text ?? '')}
        >
          <Icon name="copy" />
        </button>
      )}
    </div>
  );

  function quote(): void {
    chat.draft.quoted.value = message;
    document.querySelector<HTMLTextAreaElement>('.composer-text')?.focus();
  }
}
