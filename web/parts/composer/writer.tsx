import { useSignal } from '@preact/signals';
import { useLayoutEffect, useRef } from 'preact/hooks';
import { saysSomething } from '../../core/drafts.ts';
import { factsOf } from '../../core/messengers.ts';
import { IconButton } from '../../kit/button.tsx';
import { useCommand } from '../../kit/commands.ts';
import { Icon } from '../../kit/icon.tsx';
import { later } from '../../kit/later.tsx';
import { messengerName } from '../../kit/mark.tsx';
import { isTouch } from '../../kit/touch.ts';
import type { App, ChatModel, ThreadModel } from '../../models.ts';
import { t } from '../../words/words.ts';
import { channelOf } from '../chat/chat-of.ts';
import { isClients } from '../chat/rows.ts';
import { Envelope } from '../envelope/envelope.tsx';
import { addFiles } from './add-files.ts';
import { EmojiDoor } from './emoji-door.tsx';
import { isSend } from './enter.ts';
import { enterMode } from './enter-mode.ts';
import { useGrowing } from './growing.ts';
import { insertAtCaret } from './insert.ts';
import { tooMany } from './limits.ts';
import { More } from './more.tsx';
import { optionId, QUICK_LIST, QuickReplyList, useQuickReplies } from './quick-replies.tsx';
import { TemplateChooser } from './template-strip.tsx';
import { Via } from './via.tsx';

const QuickReplyEditor = later(async () => (await import('./quick-editor.tsx')).QuickReplyEditor);

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
  const opened = useSignal<'quick-editor' | 'templates' | undefined>(undefined);
  const insert = (text: string, replaced?: number) => field.current && insertAtCaret(field.current, text, replaced);
  const quick = useQuickReplies(app, insert);
  const { text, files } = chat.draft;
  const name = thread.name.value;
  const { transport } = channelOf(app.me, chat.id.channelId) ?? {};
  const over = tooMany(transport, text.value);
  const isEmpty = !saysSomething(text.value) && files.value.length === 0;
  const cannotSend = isEmpty || over > 0 || isClosed;
  const sendWords = t('composer.send', { name, messenger: messengerName(chat.id.chatType) });
  useGrowing(field, text.value);
  useCommand('quote', quoteLast);
  useLayoutEffect(() => {
    if (takesFocus()) field.current?.focus({ preventScroll: true });
  }, []);
  return (
    <form class="writer" onSubmit={submit}>
      {thread.isMerged.value && <Via app={app} thread={thread} chat={chat} />}
      <QuickReplyList model={quick} edit={() => open('quick-editor')} />
      <div class="writer-row">
        <More
          attach={() => picker.current?.click()}
          quickReplies={typeSlash}
          editQuickReplies={() => open('quick-editor')}
          {...(factsOf(transport).hasTemplates && { template: () => open('templates') })}
        />
        <div class="writer-wide">
          <IconButton icon="clip" label={t('composer.attach')} onClick={() => picker.current?.click()} />
          <EmojiDoor insert={insert} />
        </div>
        <input ref={picker} type="file" multiple hidden onChange={onPicked} />
        <textarea
          ref={field}
          class="composer-text"
          rows={1}
          dir="auto"
          aria-label={t('composer.message-to', { name })}
          placeholder={t('composer.placeholder')}
          aria-autocomplete="list"
          {...(quick.isOpen.value && {
            'aria-controls': QUICK_LIST,
            'aria-activedescendant': optionId(quick.found.value[quick.at.value]?.id),
          })}
          value={text.value}
          onInput={onInput}
          onKeyDown={onKeyDown}
          onPaste={onPaste}
          onBlur={() => quick.close()}
        />
        <Envelope app={app} thread={thread} />
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
      {opened.value === 'quick-editor' && <QuickReplyEditor app={app} onClose={() => open(undefined)} />}
      {opened.value === 'templates' && <TemplateChooser app={app} chat={chat} onClose={() => open(undefined)} />}
    </form>
  );

  function open(what: typeof opened.value): void {
    quick.close();
    opened.value = what;
  }

  function submit(event: Event): void {
    event.preventDefault();
    if (cannotSend) return;
    chat.send();
    field.current?.focus();
  }

  function onInput(event: Event & { readonly currentTarget: HTMLTextAreaElement }): void {
    text.value = event.currentTarget.value;
    quick.follow(event.currentTarget);
    if (text.value !== '') chat.tellWriting();
  }

  function onKeyDown(event: KeyboardEvent): void {
    if (quick.key(event) || !isSend(event, enterMode.peek(), isTouch())) return;
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

  /** As if it had been typed, so that the list opens. */
  function typeSlash(): void {
    const before = field.current?.value.slice(0, field.current.selectionStart) ?? '';
    insert(before === '' || /\s$/.test(before) ? '/' : ' /');
  }

  function quoteLast(): void {
    const last = chat.entries.peek().findLast((entry) => isClients(entry));
    if (last?.kind === 'message' && !last.message.isDeleted) chat.draft.quoted.value = last.message;
    field.current?.focus();
  }
}

/**
 * Whether a chat that was just opened may be written in at once. Not on a phone, where the keyboard would cover it; not
 * while somebody walks the list by keys, or writes elsewhere; and never from under the page around a frame.
 */
function takesFocus(): boolean {
  const now = document.activeElement;
  return !isTouch() && document.hasFocus() && !now?.matches('input, textarea, [role="menuitem"], a:focus-visible');
}
