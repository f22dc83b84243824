import { useRef } from 'preact/hooks';
import { IconButton } from '../../kit/button.tsx';
import { Icon } from '../../kit/icon.tsx';
import { messengerName } from '../../kit/mark.tsx';
import type { App, ChatModel, ThreadModel } from '../../models.ts';
import { t } from '../../words/words.ts';
import { Envelope } from '../envelope/envelope.tsx';
import { addFiles } from './add-files.ts';
import { isSend } from './enter.ts';
import { enterMode } from './enter-mode.ts';
import { useGrowing } from './growing.ts';
import { MOST_TEXT } from './limits.ts';
import { Via } from './via.tsx';

interface Props {
  readonly app: App;
  readonly thread: ThreadModel;
  readonly chat: ChatModel;
  /** The messenger takes templates only. */
  readonly isClosed: boolean;
}

/** The text field with what stands around it. */
export function Writer({ app, thread, chat, isClosed }: Props) {
  const field = useRef<HTMLTextAreaElement>(null);
  const picker = useRef<HTMLInputElement>(null);
  const { text, files } = chat.draft;
  const name = thread.name.value;
  const over = text.value.length - MOST_TEXT;
  const isEmpty = text.value.trim() === '' && files.value.length === 0;
  const cannotSend = isEmpty || over > 0 || isClosed;
  const sendWords = t('composer.send', { name, messenger: messengerName(chat.id.chatType) });
  useGrowing(field, text.value);
  return (
    <form class="writer" onSubmit={submit}>
      {thread.isMerged.value && <Via app={app} thread={thread} chat={chat} />}
      <div class="writer-row">
        <IconButton icon="clip" label={t('composer.attach')} onClick={() => picker.current?.click()} />
        <input ref={picker} type="file" multiple hidden onChange={onPicked} />
        <textarea
          ref={field}
          class="composer-text"
          rows={1}
          dir="auto"
          aria-label={t('composer.message-to', { name })}
          placeholder={t('composer.message-to', { name })}
          value={text.value}
          onInput={(event) => {
            text.value = event.currentTarget.value;
            if (text.value !== '') chat.tellWriting();
          }}
          onKeyDown={onKeyDown}
          onPaste={onPaste}
        />
        <Envelope thread={thread} />
        <button type="submit" class="send" aria-label={sendWords} title={sendWords} aria-disabled={cannotSend}>
          <span class="send-words" aria-hidden="true">
            {sendWords}
          </span>
          <Icon name="send" />
        </button>
      </div>
      {over > 0 && (
        <p class="writer-over" role="status">
          {t('composer.too-long', { count: over })}
        </p>
      )}
    </form>
  );

  function submit(event: Event): void {
    event.preventDefault();
    if (cannotSend) return;
    chat.send();
    field.current?.focus();
  }

  function onKeyDown(event: KeyboardEvent): void {
    if (!isSend(event, enterMode.peek(), isTouch())) return;
    event.preventDefault();
    if (!cannotSend) chat.send();
  }

  /** A picture from the clipboard is shown first, and never sent at once. Text is pasted by the browser. */
  function onPaste(event: ClipboardEvent): void {
    const pasted = [...(event.clipboardData?.files ?? [])];
    if (pasted.length === 0 || event.clipboardData?.types.includes('text/plain')) return;
    event.preventDefault();
    addFiles(app, chat, pasted);
  }

  function onPicked(event: Event & { readonly currentTarget: HTMLInputElement }): void {
    addFiles(app, chat, [...(event.currentTarget.files ?? [])]);
    // The same file may be chosen again after it was removed.
    event.currentTarget.value = '';
    field.current?.focus();
  }
}

function isTouch(): boolean {
  return matchMedia('(pointer: coarse)').matches;
}
