import type { JSX } from 'preact';
import { useEffect } from 'preact/hooks';
import { leavingAt } from '../../core/leaving.ts';
import { announce } from '../../kit/announce.tsx';
import { Icon } from '../../kit/icon.tsx';
import type { App, ChatModel } from '../../models.ts';
import { t } from '../../words/words.ts';
import { userName } from '../chat/chat-of.ts';
import { clock } from '../chat/clock.ts';
import { useSeconds } from './seconds.ts';

interface Props {
  readonly app: App;
  readonly chat: ChatModel;
}

/** The last minute before a client goes to somebody else (T8). Nothing is closed by it: a reply keeps them. */
export function Leaving({ app, chat }: Props): JSX.Element | null {
  const { leavesAt } = chat.row.value ?? {};
  return leavesAt === undefined ? null : (
    <Minute key={leavesAt} app={app} chat={chat} leavesAt={Date.parse(leavesAt)} />
  );
}

function Minute({ app, chat, leavesAt }: Props & { leavesAt: number }): JSX.Element | null {
  const now = useSeconds(leavesAt);
  const row = chat.row.value;
  const isReplying = chat.entries.value.some((entry) => entry.kind === 'sending' && entry.sending.state === 'sending');
  const leaving = leavingAt(leavesAt, now, isReplying);
  const words = row ? wordsOf() : '';
  // Who does not see the bar is told once: each second would be too much.
  useEffect(() => {
    if (words) announce(words);
  }, []);
  return words ? (
    <div class="notice leaving" role="timer">
      <Icon name="clock" />
      <p class="notice-words" dir="auto">
        {words}
      </p>
    </div>
  ) : null;

  function wordsOf(): string {
    const { name, responsibleUserId } = row!;
    if (leaving.kind === 'stays') return '';
    if (leaving.kind === 'held') return t('waits.held', { name });
    if (leaving.kind === 'over') return t('waits.leaves-now', { name });
    const time = clock(leaving.seconds);
    if (responsibleUserId === app.me.user?.id) return t('waits.leaves-own', { name, time });
    return t('waits.leaves-other', { name, time, user: userName(app.me, responsibleUserId) ?? t('chat.nobody') });
  }
}
