import { now } from '../../kit/clock.ts';
import type { App, ChatModel, ThreadModel } from '../../models.ts';
import { t } from '../../words/words.ts';
import { channelOf } from '../chat/chat-of.ts';
import { Envelope } from '../envelope/envelope.tsx';
import { Leaving } from '../waits/doors.tsx';
import { DraftFiles } from './draft-files.tsx';
import { DraftQuote } from './draft-quote.tsx';
import { NoticeBar } from './notice-bar.tsx';
import { ReadOnly } from './read-only.tsx';
import { replyWindow } from './reply-window.ts';
import { WindowNotice } from './window-notice.tsx';
import { Writer } from './writer.tsx';

interface Props {
  readonly app: App;
  readonly thread: ThreadModel;
  /** The chat that this composer writes in, and no other. */
  readonly chat: ChatModel;
}

/** The place to answer. It belongs to one chat, and sends to that one. */
export function Composer({ app, thread, chat }: Props) {
  if (chat.state.value === 'loading') return <div class="composer is-empty" />;
  if (chat.state.value === 'lost') {
    return (
      <ReadOnly app={app} chat={chat} words={t('composer.lost')}>
        <NoticeBar app={app} chat={chat} />
      </ReadOnly>
    );
  }
  if (chat.row.value?.channelDeleted) {
    return (
      <ReadOnly
        app={app}
        chat={chat}
        words={t('composer.channel-deleted')}
        act={<Envelope app={app} thread={thread} />}
      >
        <NoticeBar app={app} chat={chat} />
      </ReadOnly>
    );
  }
  if (!chat.mayWrite.value) {
    const role = channelOf(app.me, chat.id.channelId)?.role;
    return <ReadOnly app={app} chat={chat} words={t(role === 'auditor' ? 'composer.auditor' : 'composer.read-only')} />;
  }
  const window = replyWindow(chat.id, app.me, chat.entries.value, chat.hasOlder.value, now.value);
  const writing = chat.writing.value;
  return (
    <div class="composer" data-pane>
      <p class="composer-writing" aria-live="polite">
        {writing !== undefined && t('composer.is-writing', { name: writing })}
      </p>
      {chat.row.value?.leavesAt && <Leaving app={app} chat={chat} />}
      <NoticeBar app={app} chat={chat} />
      <WindowNotice app={app} chat={chat} window={window} />
      <DraftQuote chat={chat} />
      <DraftFiles chat={chat} />
      <Writer app={app} thread={thread} chat={chat} isClosed={window === 'template' || window === 'closed'} />
    </div>
  );
}
