import type { ComponentChildren } from 'preact';
import { Button, IconButton } from '../../kit/button.tsx';
import { now } from '../../kit/clock.ts';
import type { App, ChatModel } from '../../models.ts';
import { t } from '../../words/words.ts';
import { askForEnd } from '../chat/asked-end.ts';
import { copyText } from '../chat/copy.ts';
import { refusalWords } from './refusal-words.ts';

interface Props {
  readonly app: App;
  readonly chat: ChatModel;
}

/** What has to be dealt with before, or instead of, sending. */
export function NoticeBar({ app, chat }: Props) {
  const notice = chat.notice.value;
  if (!notice) return null;
  switch (notice.kind) {
    case 'taken': {
      const { by } = notice;
      const words = by === null ? t('notice.taken-by-other') : t('notice.taken', { name: by });
      return (
        // The chat is somebody else's now: it leaves once that is read.
        <Bar chat={chat} words={words} dismiss={() => app.close()}>
          <CopyDraft app={app} chat={chat} />
        </Bar>
      );
    }
    case 'answered-meanwhile': {
      const seconds = Math.max(1, Math.round((now.value - notice.at) / 1000));
      return (
        <Bar chat={chat} words={t('notice.answered', { name: notice.by, seconds, text: notice.text })}>
          <Button look="main" onClick={() => chat.send(true)}>
            {t('notice.send-anyway')}
          </Button>
        </Bar>
      );
    }
    case 'refused':
      return (
        <Bar chat={chat} words={t('notice.refused', { description: refusalWords(notice) })}>
          <CopyDraft app={app} chat={chat} />
        </Bar>
      );
    case 'unseen':
      if (chat.row.value?.unanswered === false) return null;
      return (
        <Bar chat={chat} words={t('notice.unseen', { count: notice.count })}>
          <Button onClick={showEnd}>{t('notice.show-unseen')}</Button>
        </Bar>
      );
    case 'wrote-meanwhile':
      // Once it was answered there is nothing more to say.
      if (chat.row.value?.unanswered === false) return null;
      return <Bar chat={chat} words={t('notice.wrote', { count: notice.count })} />;
    default:
      return notice satisfies never;
  }

  function showEnd(): void {
    chat.notice.value = undefined;
    askForEnd();
  }
}

interface BarProps {
  readonly chat: ChatModel;
  readonly words: string;
  /** What else happens when it is closed. */
  readonly dismiss?: () => void;
  readonly children?: ComponentChildren;
}

function Bar({ chat, words, dismiss, children }: BarProps) {
  return (
    <div class="notice" role="alert">
      <p class="notice-words" dir="auto">
        {words}
      </p>
      {children}
      <IconButton
        icon="close"
        label={t('kit.close')}
        onClick={() => {
          chat.notice.value = undefined;
          dismiss?.();
        }}
      />
    </div>
  );
}

function CopyDraft({ app, chat }: Props) {
  const text = chat.draft.text.value;
  if (text === '') return null;
  return (
    <Button icon="copy" onClick={() => void copyText(app, text)}>
      {t('kit.copy')}
    </Button>
  );
}
