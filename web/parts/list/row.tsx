import type { JSX } from 'preact';
import { Avatar } from '../../kit/avatar.tsx';
import { now } from '../../kit/clock.ts';
import { MessengerMark, messengerName } from '../../kit/mark.tsx';
import { type App, type Chat, keyOf, type Line } from '../../models.ts';
import { briefTime, duration, fullTime, number } from '../../words/times.ts';
import { t } from '../../words/words.ts';
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
  const others = new Set(line.chats.map((one) => one.chatType));
  others.delete(chat.chatType);
  const waiting = waitOf(chat);
  const open = line.chats.reduce((sum, one) => sum + one.unansweredCount, 0);
  return (
    <li
      class={`row${line.isLost ? ' is-lost' : ''}`}
      style={{ transform: `translateY(${top}px)` }}
      aria-setsize={count}
      aria-posinset={index + 1}
    >
      {/* biome-ignore lint/a11y/useAriaPropsSupportedByRole: it is a link, lost or not */}
      <a
        class="row-link"
        data-key={line.key}
        aria-label={nameOf(line, draft, waiting?.words, open)}
        aria-current={isOpen ? 'true' : undefined}
        {...(line.isLost ? LOST : { href: `#/chat/${keyOf(chat)}` })}
        tabIndex={isFocusable ? 0 : -1}
        draggable={false}
      >
        <Avatar name={chat.name} seed={line.key} chatType={chat.chatType} />
        <span class="row-line">
          <bdi class="row-name">{chat.name}</bdi>
          {[...others].map((chatType) => (
            <MessengerMark key={chatType} chatType={chatType} />
          ))}
          {waiting ? (
            <time class={`row-time is-${waiting.urgency}`} title={fullTime(waiting.since)}>
              {waiting.words}
            </time>
          ) : (
            <time class="row-time" title={fullTime(Date.parse(chat.lastMessageAt))}>
              {briefTime(Date.parse(chat.lastMessageAt), now.value)}
            </time>
          )}
        </span>
        <span class="row-line">
          <span class="row-preview" dir="auto">
            {draft && <span class="row-draft">{t('list.draft')} </span>}
            {draft || chat.preview}
          </span>
          {open > 0 && (
            <span class={`count${line.chats.some(({ unanswered, isOwn }) => unanswered && isOwn) ? ' is-own' : ''}`}>
              {number(open)}
            </span>
          )}
        </span>
      </a>
    </li>
  );
}

function waitOf(chat: Chat) {
  if (chat.unansweredSince === null) return undefined;
  const since = Date.parse(chat.unansweredSince);
  const ms = Math.max(0, now.value - since);
  return { since, urgency: urgencyOf(ms), words: t('list.waits', { duration: duration(ms) }) };
}

function nameOf({ chats, isLost }: Line, draft: string, waits: string | undefined, open: number): string {
  const [{ name, preview }] = chats;
  const channels = [...new Set(chats.map(({ chatType }) => messengerName(chatType)))].join(', ');
  const parts = [
    name,
    draft && `${t('list.draft')} ${draft}`,
    preview,
    waits,
    open > 0 && t('list.open', { count: open }),
    channels,
    isLost && t('list.lost'),
  ];
  return parts.filter(Boolean).join(', ');
}
