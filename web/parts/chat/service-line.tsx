import type { Entry } from '../../models.ts';
import { timeOfDay } from '../../words/times.ts';
import { type Key, t } from '../../words/words.ts';
import { chatOf, userName } from './chat-of.ts';
import { stillStands } from './decisions.ts';
import type { Feed, RowProps } from './row-props.ts';

interface Props extends RowProps {
  readonly entry: Extract<Entry, { kind: 'message' }>;
  readonly feed: Feed;
}

/** A line about the chat: what the messenger told, or what somebody of the team decided about it. */
export function ServiceLine({ entry, feed, app, thread }: Props) {
  const { message } = entry;
  const chat = chatOf(thread, entry.chat);
  // One way to take it back at a time: first that of the toast.
  const isToasted = app.toasts.value.some(({ undo }) => undo !== undefined);
  return (
    <article class="service" {...feed}>
      <p dir="auto">
        {wordsOf()} <time dateTime={message.dateTime}>{timeOfDay(Date.parse(message.dateTime))}</time>
      </p>
      {!isToasted && chat?.mayWrite.value && stillStands(thread.entries.value, entry) && (
        <button type="button" class="link" onClick={() => void takeBack()}>
          {t('kit.undo')}
        </button>
      )}
    </article>
  );

  function wordsOf(): string {
    const { noReplyNeeded, stillOwed, text } = message;
    if (noReplyNeeded) {
      const { userId, reason, withdrawnAt } = noReplyNeeded;
      const key: Key = reason === undefined ? 'chat.no-reply-said' : 'chat.no-reply-said-why';
      return t(withdrawnAt === null ? key : 'chat.no-reply-withdrawn', { name: nameOf(userId), reason: reason ?? '' });
    }
    if (stillOwed) {
      const { userId, withdrawnAt } = stillOwed;
      return t(withdrawnAt === null ? 'chat.owed-said' : 'chat.owed-withdrawn', { name: nameOf(userId) });
    }
    return text ?? t('chat.service');
  }

  /** The CRM itself is no user. */
  function nameOf(userId: string | null): string {
    return message.authorName ?? userName(app.me, userId) ?? t('chat.crm');
  }

  async function takeBack(): Promise<void> {
    await (message.stillOwed ? chat?.setStillOwed(false) : chat?.undoNoReplyNeeded());
  }
}
