import type { Entry, Message } from '../../models.ts';
import { fullTime, timeOfDay } from '../../words/times.ts';
import { t } from '../../words/words.ts';
import { channelName, chatOf } from './chat-of.ts';
import { ContentView } from './content.tsx';
import { Failed } from './failed.tsx';
import { MessageMenu } from './message-menu.tsx';
import { Quote } from './quote.tsx';
import type { Feed, RowProps } from './row-props.ts';
import { isClients, type Row } from './rows.ts';
import { TickMark } from './tick-mark.tsx';
import { progressOf } from './ticks.ts';

interface Props extends RowProps {
  readonly row: Extract<Row, { kind: 'entry' }>;
  readonly entry: Extract<Entry, { kind: 'message' }>;
  readonly feed: Feed;
}

/** A message of the client or of the team. */
export function MessageView({ row, entry, feed, app, thread, goTo }: Props) {
  const { message } = entry;
  const isOwn = !isClients(entry);
  const chat = chatOf(thread, entry.chat);
  const author = isOwn ? (message.authorName ?? authorOfTeam()) : (message.contact?.name ?? thread.name.value);
  const time = timeOfDay(Date.parse(message.dateTime));
  const progress = progressOf(message);
  const classes = ['message', isOwn ? 'is-own' : 'is-clients'];
  if (row.isFirst) classes.push('is-first');
  if (row.isLast) classes.push('is-last');
  if (message.isDeleted) classes.push('is-deleted');
  if (progress === 'failed') classes.push('is-failed');
  return (
    <article class={classes.join(' ')} aria-label={t('chat.message-by', { name: author, time })} {...feed}>
      <div class="message-line">
        <div class={`bubble is-${shapeOf(message)}`}>
          {showsAuthor() && (
            <p class="bubble-author" dir="auto">
              {author}
              {thread.isMerged.value && (
                <span class="bubble-channel"> · {channelName(app.me, entry.chat.channelId)}</span>
              )}
            </p>
          )}
          {message.isDeleted && <p class="bubble-note">{t(isOwn ? 'chat.deleted-own' : 'chat.deleted-by-client')}</p>}
          {message.forwarded && (
            <p class="bubble-note" dir="auto">
              {message.forwarded.from === undefined
                ? t('chat.forwarded')
                : t('chat.forwarded-from', { name: message.forwarded.from })}
            </p>
          )}
          {message.quotedMessage && (
            <Quote quoted={message.quotedMessage} goTo={(messageId) => goTo(messageId, entry.chat)} />
          )}
          <ContentView message={message} album={row.album} meta={<Meta message={message} time={time} />} />
        </div>
        {chat && <MessageMenu message={message} chat={chat} app={app} />}
      </div>
      {message.reactions && (
        <p class="reactions">
          <span class="hidden-words">{t('chat.reactions')} </span>
          {message.reactions.join(' ')}
        </p>
      )}
      {progress === 'failed' && <Failed message={message} chat={chat} app={app} />}
    </article>
  );

  /** In one chat the client is known. One's own messages need no name either. */
  function showsAuthor(): boolean {
    if (!row.isFirst) return false;
    return thread.isMerged.value || (isOwn && (message.authorId === undefined || message.authorId !== app.me.user?.id));
  }

  function authorOfTeam(): string {
    const user = app.me.users.find(({ id }) => id === message.authorId);
    return user?.name ?? t(message.by === 'automatic' ? 'chat.automatic-author' : 'chat.team');
  }
}

/** The small print of a message: how it came, whether it was changed, when, and how far it got. */
function Meta({ message, time }: { readonly message: Message; readonly time: string }) {
  const progress = progressOf(message);
  const notes = [
    message.by === 'automatic' && t('chat.automatic'),
    message.isImported && t('chat.imported'),
    message.isStandby && t('chat.standby'),
    message.isEdited && t('chat.edited'),
  ].filter((note) => typeof note === 'string');
  return (
    <span class="bubble-meta">
      {notes.map((note) => `${note} · `)}
      <time dateTime={message.dateTime} title={fullTime(Date.parse(message.dateTime))}>
        {time}
      </time>
      {progress && <TickMark progress={progress} />}
    </span>
  );
}

/** How a bubble is drawn: stickers and round videos have none, pictures fill it. */
function shapeOf({ type, kind, isDeleted, contentUri }: Message): 'text' | 'picture' | 'bare' {
  if (isDeleted) return 'text';
  if (kind === 'video_note') return contentUri === undefined ? 'text' : 'bare';
  if (kind === 'sticker') return 'bare';
  return type === 'image' || type === 'video' ? 'picture' : 'text';
}
