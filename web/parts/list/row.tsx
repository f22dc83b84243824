import type { JSX } from 'preact';
import { Avatar } from '../../kit/avatar.tsx';
import { now } from '../../kit/clock.ts';
import { Icon } from '../../kit/icon.tsx';
import { MessengerMark, messengerName } from '../../kit/mark.tsx';
import { type App, type Chat, keyOf, type Line } from '../../models.ts';
import { briefTime, duration, fullTime, number } from '../../words/times.ts';
import { t } from '../../words/words.ts';
import { previewWords } from '../chat/kind-words.ts';
import { WaitMark } from '../waits/doors.tsx';
import { urgencyOf } from './wait.ts';

/** A link that leads nowhere any more. */
const LOST = { role: 'link', 'aria-disabled': true } as const;

/** One line of the list. Its link says in words all that its colours say. */
export function Row({
  app,
  line,
  index,
  count,
  top,
  isOpen,
  isFocusable,
}: {
  app: App;
  line: Line;
  index: number;
  count: number;
  top: number;
  isOpen: boolean;
  isFocusable: boolean;
}): JSX.Element {
  const [chat] = line.chats;
  const draft = line.chats.map((one) => app.list.draftOf(one)).find((text) => text !== '') ?? '';
  const [chatType, ...others] = new Set(line.chats.map((one) => one.chatType));
  return (
    <li
      class={`row${line.isLost ? ' is-lost' : ''}`}
      style={{ transform: `translateY(${top}px)` }}
      aria-setsize={count}
      aria-posinset={index + 1}
    >
      <a
        class="row-link"
        data-key={line.key}
        aria-current={isOpen ? 'true' : undefined}
        {...(line.isLost ? LOST : { href: `#/chat/${keyOf(chat)}` })}
        tabIndex={isFocusable ? 0 : -1}
        draggable={false}
      >
        <Avatar name={chat.name} seed={line.key} {...(chatType && { chatType })} />
        <span class="row-line">
          <bdi class="row-name">{chat.name}</bdi>
          {others.map((other) => (
            <MessengerMark key={other} chatType={other} />
          ))}
          <RowTime chat={chat} />
        </span>
        <span class="row-line">
          {draft ? (
            <>
              <span class="row-preview" dir="auto">
                <span class="row-draft">{t('list.draft')} </span>
                {draft}
              </span>
              <span class="hidden-words">
                {chat.lastBy && t(`list.by-${chat.lastBy}`)} {previewWords(chat.preview)}
              </span>
            </>
          ) : (
            <>
              <LastBy chat={chat} />
              <span class="row-preview" dir="auto">
                {previewWords(chat.preview)}
              </span>
            </>
          )}
          {(chat.leavesAt ?? chat.late) && <WaitMark chat={chat} />}
          <Count line={line} />
        </span>
        <span class="hidden-words">
          {[chatType, ...others].map((of) => messengerName(of ?? '')).join(', ')}
          {line.isLost && `, ${t('list.lost')}`}
        </span>
      </a>
    </li>
  );
}

/** That the team wrote last, and whether the messenger refused it. How far it got besides stands in the chat (ADR 57). */
function LastBy({ chat: { lastBy } }: { chat: Chat }): JSX.Element | null {
  return lastBy ? (
    <span class={`row-by is-${lastBy}`}>
      <Icon name={lastBy === 'team' ? 'check' : 'alert'} />
      <span class="hidden-words">{t(`list.by-${lastBy}`)}</span>
    </span>
  ) : null;
}

/** For how long somebody waits; if nobody does, when the newest message came. */
function RowTime({ chat: { unansweredSince, lastMessageAt } }: { chat: Chat }): JSX.Element {
  if (unansweredSince === null) {
    const at = Date.parse(lastMessageAt);
    return (
      <time class="row-time" title={fullTime(at)}>
        {briefTime(at, now.value)}
      </time>
    );
  }
  const since = Date.parse(unansweredSince);
  const ms = Math.max(0, now.value - since);
  return (
    <time class={`row-time is-${urgencyOf(ms)}`} title={fullTime(since)}>
      {t('list.waits', { duration: duration(ms) })}
    </time>
  );
}

/** How many messages wait, red if they are the user's own to answer. */
function Count({ line: { chats } }: { line: Line }): JSX.Element | null {
  const count = chats.reduce((sum, { unansweredCount }) => sum + unansweredCount, 0);
  const isOwn = chats.some((chat) => chat.unanswered && chat.isOwn);
  return count === 0 ? null : (
    <span class={`count${isOwn ? ' is-own' : ''}`}>
      <span aria-hidden="true">{number(count)}</span>
      <span class="hidden-words">{t('list.open', { count })}</span>
    </span>
  );
}
