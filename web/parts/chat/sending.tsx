import { Icon } from '../../kit/icon.tsx';
import type { Sending } from '../../models.ts';
import { size, timeOfDay } from '../../words/times.ts';
import { t } from '../../words/words.ts';
import { channelName, chatOf } from './chat-of.ts';
import { copyText } from './copy.ts';
import { kindWords } from './kind-words.ts';
import type { Feed, RowProps } from './row-props.ts';
import type { Row } from './rows.ts';
import { TextView } from './text-view.tsx';
import { TickMark } from './tick-mark.tsx';
import { progressOfSending } from './ticks.ts';

interface Props extends RowProps {
  readonly row: Extract<Row, { kind: 'entry' }>;
  readonly sending: Sending;
  readonly feed: Feed;
}

/** A reply that is on its way. It stands at its place at once. */
export function SendingView({ row, sending, feed, app, thread }: Props) {
  const chat = chatOf(thread, sending.chat);
  const name = app.me.user?.name ?? t('chat.team');
  const time = timeOfDay(sending.at);
  const meta = (
    <span class="bubble-meta">
      <time dateTime={new Date(sending.at).toISOString()}>{time}</time>
      <TickMark progress={progressOfSending(sending)} />
    </span>
  );
  const classes = ['message', 'is-own', 'is-sending', row.isFirst && 'is-first', row.isLast && 'is-last'];
  return (
    <article class={classes.filter(Boolean).join(' ')} aria-label={t('chat.message-by', { name, time })} {...feed}>
      <div class="message-line">
        <div class="bubble">
          {thread.isMerged.value && (
            <p class="bubble-author">
              {name} <span class="bubble-channel">· {channelName(app.me, sending.chat.channelId)}</span>
            </p>
          )}
          {sending.quoted && (
            <blockquote class="quote">
              <span class="quote-text" dir="auto">
                {sending.quoted.text ?? kindWords(sending.quoted)}
              </span>
            </blockquote>
          )}
          {sending.file && <SentFile sending={sending} file={sending.file} />}
          {sending.text === '' ? <p class="bubble-bottom">{meta}</p> : <TextView text={sending.text} end={meta} />}
        </div>
      </div>
      {sending.state === 'uploading' && (
        <p class="failed-ways">
          <button type="button" class="link" onClick={() => chat?.cancelUpload(sending.id)}>
            {t('chat.cancel-upload')}
          </button>
        </p>
      )}
      {sending.state === 'asks' && (
        <div class="failed">
          <p class="failed-words">{t('chat.asks')}</p>
          <div class="failed-ways">
            <button type="button" class="link" onClick={() => chat?.answerAsked(sending.id, true)}>
              {t('chat.send-now')}
            </button>
            <button type="button" class="link" onClick={() => chat?.answerAsked(sending.id, false)}>
              {t('chat.take-back')}
            </button>
            <button type="button" class="link" onClick={() => void copyText(app, sending.text)}>
              {t('kit.copy')}
            </button>
          </div>
        </div>
      )}
    </article>
  );
}

interface SentFileProps {
  readonly sending: Sending;
  readonly file: NonNullable<Sending['file']>;
}

function SentFile({ sending, file }: SentFileProps) {
  return (
    <div>
      {file.previewUrl !== undefined && file.type.startsWith('image/') ? (
        <img class="sent-file-preview" src={file.previewUrl} alt={file.name} />
      ) : (
        <span class="file">
          <span class="file-mark">
            <Icon name="file" />
          </span>
          <span class="file-words">
            <span class="file-name" dir="auto">
              {file.name}
            </span>
            <span class="file-size">{size(file.size)}</span>
          </span>
        </span>
      )}
      {sending.state === 'uploading' && (
        <progress
          class="sent-file-progress"
          max={1}
          aria-label={t('tick.uploading')}
          {...(sending.progress !== undefined && { value: sending.progress })}
        />
      )}
    </div>
  );
}
