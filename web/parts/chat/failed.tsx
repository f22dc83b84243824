import { useSignal } from '@preact/signals';
import type { App, ChatModel, Message } from '../../models.ts';
import { t } from '../../words/words.ts';
import { copyText } from './copy.ts';
import { failureWords } from './failure-words.ts';

interface Props {
  readonly app: App;
  readonly chat: ChatModel | undefined;
  readonly message: Message;
}

/** What the messenger said against a message, and the ways on. */
export function Failed({ app, chat, message }: Props) {
  const isRetrying = useSignal(false);
  return (
    <div class="failed">
      <p class="failed-words" dir="auto">
        {t('chat.failed')} {message.error && failureWords(message.error)}
      </p>
      <div class="failed-ways">
        {chat?.mayWrite.value && (
          <button type="button" class="link" disabled={isRetrying.value} onClick={() => void retry(chat)}>
            {t('chat.retry')}
          </button>
        )}
        {message.text !== undefined && (
          <button type="button" class="link" onClick={() => void copyText(app, message.text ?? '')}>
            {t('kit.copy')}
          </button>
        )}
      </div>
    </div>
  );

  /** The message stays failed until the messenger takes it: what was only tried again is not sent. */
  async function retry(to: ChatModel): Promise<void> {
    isRetrying.value = true;
    await to.retry(message).finally(() => {
      isRetrying.value = false;
    });
  }
}
