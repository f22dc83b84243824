import { useSignal } from '@preact/signals';
import { Button } from '../../kit/button.tsx';
import { useCommand } from '../../kit/commands.ts';
import { Dialog } from '../../kit/dialog.tsx';
import { Icon } from '../../kit/icon.tsx';
import { type MenuItem, useMenu } from '../../kit/menu.tsx';
import type { App, ChatModel, ThreadModel } from '../../models.ts';
import { t } from '../../words/words.ts';
import { openChats } from './open-chats.ts';

/** The longest reason that Konvert keeps. */
const MOST_REASON = 1000;

interface Props {
  readonly app: App;
  readonly thread: ThreadModel;
}

/** Says that no reply is needed to what was seen. Red with the number of what is open, grey if nothing is. */
export function Envelope({ app, thread }: Props) {
  const asksWhy = useSignal(false);
  /** From the press to its answer: another press does nothing more. */
  const isSaying = useSignal(false);
  // Shown as done at once; the answer puts it right.
  const open = isSaying.value ? [] : openChats(thread);
  const count = open.reduce((sum, chat) => sum + (chat.row.value?.unansweredCount ?? 0), 0);
  const isOpen = open.length > 0;
  const { opener, menu } = useMenu(t('envelope.why'), { items: reasons() });
  useCommand('envelope', () => void say());
  const label = isOpen ? t('envelope.no-reply-needed', { count }) : t('envelope.nothing-open');
  return (
    <div class={isOpen ? 'envelope is-open' : 'envelope'}>
      <button type="button" class="envelope-say" title={label} aria-disabled={!isOpen} onClick={() => void say()}>
        <Icon name="envelope" />
        <span class="hidden-words">{label}</span>
        {isOpen ? (
          <span class="envelope-count" aria-hidden="true">
            {count}
          </span>
        ) : (
          <span class="envelope-answered">
            <Icon name="reply" />
          </span>
        )}
      </button>
      <button
        type="button"
        class="envelope-why"
        aria-label={t('envelope.why')}
        title={t('envelope.why')}
        disabled={!isOpen}
        {...opener}
      >
        <Icon name="down" />
      </button>
      {menu}
      {asksWhy.value && (
        <OwnReason
          say={(reason) => void say(reason)}
          onClose={() => {
            asksWhy.value = false;
          }}
        />
      )}
    </div>
  );

  async function say(reason?: string): Promise<void> {
    if (!isOpen || isSaying.peek()) return;
    isSaying.value = true;
    try {
      await Promise.all(open.map((chat) => chat.noReplyNeeded(reason)));
      const done = open.filter((chat) => chat.row.peek()?.unanswered === false);
      if (done.length > 0) app.toast(t('envelope.said', { name: thread.name.peek() }), () => undo(done));
    } finally {
      isSaying.value = false;
    }
  }

  function undo(done: readonly ChatModel[]): void {
    for (const chat of done) void chat.undoNoReplyNeeded();
  }

  function reasons(): MenuItem[] {
    const fixed = [t('envelope.by-phone'), t('envelope.thanks'), t('envelope.spam')];
    return [
      ...fixed.map((reason): MenuItem => ({ label: reason, choose: () => void say(reason) })),
      {
        label: t('envelope.own-words'),
        choose: () => {
          asksWhy.value = true;
        },
      },
    ];
  }
}

function OwnReason({ say, onClose }: { readonly say: (reason: string) => void; readonly onClose: () => void }) {
  const reason = useSignal('');
  return (
    <Dialog title={t('envelope.why')} onClose={onClose}>
      <form
        class="envelope-form"
        onSubmit={(event) => {
          event.preventDefault();
          const words = reason.peek().trim();
          if (words === '') return;
          say(words);
          onClose();
        }}
      >
        <input
          data-first
          class="field"
          aria-label={t('envelope.why')}
          maxLength={MOST_REASON}
          value={reason.value}
          onInput={(event) => {
            reason.value = event.currentTarget.value;
          }}
        />
        <Button type="submit" look="main" disabled={reason.value.trim() === ''}>
          {t('envelope.say')}
        </Button>
      </form>
    </Dialog>
  );
}
