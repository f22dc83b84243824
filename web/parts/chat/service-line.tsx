import type { Entry } from '../../models.ts';
import { timeOfDay } from '../../words/times.ts';
import { t } from '../../words/words.ts';
import { chatOf } from './chat-of.ts';
import type { Feed } from './message.tsx';
import type { RowProps } from './row.tsx';

interface Props extends RowProps {
  readonly entry: Extract<Entry, { kind: 'message' }>;
  readonly feed: Feed;
}

/** A line about the chat: what the messenger told, or that somebody said that no reply is needed. */
export function ServiceLine({ entry, feed, app, thread }: Props) {
  const { message } = entry;
  const at = Date.parse(message.dateTime);
  const chat = chatOf(thread, entry.chat);
  return (
    <article class="service" {...feed}>
      <p class="service-words" dir="auto">
        {wordsOf()} <span class="service-time">{timeOfDay(at)}</span>
      </p>
      {mayUndo() && (
        <button type="button" class="link" onClick={() => void chat?.undoNoReplyNeeded()}>
          {t('kit.undo')}
        </button>
      )}
    </article>
  );

  function wordsOf(): string {
    const decision = message.noReplyNeeded;
    if (!decision) return message.text ?? t('chat.service');
    const name = message.authorName ?? nameOf(decision.userId) ?? t('chat.crm');
    const values = { name, reason: decision.reason ?? '' };
    if (decision.withdrawnAt !== null) return t('chat.no-reply-withdrawn', values);
    return t(decision.reason === undefined ? 'chat.no-reply-said' : 'chat.no-reply-said-why', values);
  }

  /** Only the newest word counts: an answer after it cannot be undone by this. */
  function mayUndo(): boolean {
    if (!message.noReplyNeeded || message.noReplyNeeded.withdrawnAt !== null || !chat?.mayWrite.value) return false;
    const { noReplyNeeded } = chat.row.value ?? {};
    return noReplyNeeded?.at === message.dateTime || (noReplyNeeded !== null && isNewest());
  }

  function isNewest(): boolean {
    return thread.entries.value.findLast((one) => one.kind === 'message' && one.message.noReplyNeeded) === entry;
  }

  function nameOf(userId: string | null): string | undefined {
    return app.me.users.find(({ id }) => id === userId)?.name;
  }
}
