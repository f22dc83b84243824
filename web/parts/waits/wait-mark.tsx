import type { JSX } from 'preact';
import { leavingAt } from '../../core/leaving.ts';
import { now } from '../../kit/clock.ts';
import { Icon } from '../../kit/icon.tsx';
import type { Chat } from '../../models.ts';
import { t } from '../../words/words.ts';
import { clock } from '../chat/clock.ts';
import { isTooLong } from '../list/wait.ts';
import { useSeconds } from './seconds.ts';

/** On a line of the list: the minute before the client goes, or that they wait too long, and who knows of it. */
export function WaitMark({ chat }: { chat: Chat }): JSX.Element | null {
  const { leavesAt } = chat;
  if (leavesAt === undefined) return <Late chat={chat} />;
  return <Minute key={leavesAt} chat={chat} leavesAt={Date.parse(leavesAt)} />;
}

function Late({ chat }: { chat: Chat }): JSX.Element | null {
  if (!isTooLong(chat, now.value)) return null;
  const { told } = chat;
  const words = [t('waits.row-late'), ...(told ? [t('waits.row-told')] : [])].join(', ');
  return (
    <span class="wait-mark" title={words}>
      <Icon name={told ? 'bell' : 'alert'} />
      <span class="hidden-words">{words}</span>
    </span>
  );
}

function Minute({ chat, leavesAt }: { chat: Chat; leavesAt: number }): JSX.Element {
  const leaving = leavingAt(leavesAt, useSeconds(leavesAt), false);
  if (leaving.kind === 'stays') return <Late chat={chat} />;
  const time = clock(leaving.kind === 'runs' ? leaving.seconds : 0);
  return (
    <span class="wait-mark">
      <Icon name="clock" />
      <span aria-hidden="true">{time}</span>
      <span class="hidden-words">
        {leaving.kind === 'runs' ? t('waits.row-leaves', { time }) : t('waits.row-leaves-now')}
      </span>
    </span>
  );
}
