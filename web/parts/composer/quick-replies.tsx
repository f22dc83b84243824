import { type ReadonlySignal, useComputed, useSignal } from '@preact/signals';
import { useEffect, useMemo } from 'preact/hooks';
import { wordsOfError } from '../../core/words-of-error.ts';
import { Icon } from '../../kit/icon.tsx';
import type { App, QuickReply } from '../../models.ts';
import { t } from '../../words/words.ts';
import { matchingReplies, slashWords } from './slash.ts';

/** The id of the list, which the text field names while it is open. */
export const QUICK_LIST = 'quick-replies';

/** The quick replies that fit what was typed after a slash. */
export interface QuickModel {
  readonly isOpen: ReadonlySignal<boolean>;
  readonly found: ReadonlySignal<readonly QuickReply[]>;
  /** The place of the chosen one. */
  readonly at: ReadonlySignal<number>;
  /** The field was typed in, or its caret moved. */
  follow(field: HTMLTextAreaElement): void;
  /** Takes a key of the field. True if it was meant for the list. */
  key(event: KeyboardEvent): boolean;
  close(): void;
}

/** Follows a text field. `insert` puts a reply in the place of the slash and the words after it. */
export function useQuickReplies(
  app: App,
  insert: (text: string, replaced: number) => void,
): QuickModel & {
  choose(reply: QuickReply): void;
} {
  const words = useSignal<string | undefined>(undefined);
  const replies = useSignal<readonly QuickReply[] | undefined>(undefined);
  const at = useSignal(0);
  const found = useComputed(() => matchingReplies(replies.value ?? [], words.value ?? ''));
  const isOpen = useComputed(() => words.value !== undefined && replies.value !== undefined);
  return useMemo(() => {
    return { isOpen, found, at, follow, key, close, choose };

    function follow(field: HTMLTextAreaElement): void {
      const typed = slashWords(field.value.slice(0, field.selectionStart));
      if (typed === words.peek()) return;
      if (typed !== undefined && words.peek() === undefined) void load();
      at.value = 0;
      words.value = typed;
    }

    /** They are read at each slash: a colleague may have changed them. */
    async function load(): Promise<void> {
      try {
        replies.value = await app.quickReplies();
      } catch (error) {
        app.toast(t('quick.not-read', { description: wordsOfError(error) }));
      }
    }

    function key(event: KeyboardEvent): boolean {
      if (!isOpen.peek() || event.isComposing) return false;
      const count = found.peek().length;
      if (event.key === 'Escape') close();
      else if (count === 0) return false;
      else if (event.key === 'ArrowDown') at.value = (at.peek() + 1) % count;
      else if (event.key === 'ArrowUp') at.value = (at.peek() - 1 + count) % count;
      else if ((event.key === 'Enter' && !event.shiftKey) || event.key === 'Tab') choose(found.peek()[at.peek()]!);
      else return false;
      event.preventDefault();
      return true;
    }

    function close(): void {
      words.value = undefined;
    }

    function choose(reply: QuickReply): void {
      const replaced = (words.peek() ?? '').length + 1;
      close();
      insert(reply.text, replaced);
    }
  }, [app]);
}

interface Props {
  readonly model: ReturnType<typeof useQuickReplies>;
  /** Opens the editor of the replies. */
  readonly edit: () => void;
}

/** The list above the text field. The focus stays in the field. */
export function QuickReplyList({ model, edit }: Props) {
  const { isOpen, found, at } = model;
  const chosen = found.value[at.value]?.id;
  useEffect(() => document.getElementById(optionId(chosen))?.scrollIntoView({ block: 'nearest' }), [chosen]);
  if (!isOpen.value) return null;
  return (
    // The press keeps the focus in the field.
    <div class="quick" onPointerDown={(event) => event.preventDefault()}>
      {found.value.length === 0 ? (
        <p class="quick-none">{t('quick.none')}</p>
      ) : (
        <div class="quick-list" id={QUICK_LIST} role="listbox" aria-label={t('quick.title')}>
          {found.value.map((reply, index) => (
            // biome-ignore lint/a11y/useKeyWithClickEvents: the keys are those of the text field.
            <div
              key={reply.id}
              id={optionId(reply.id)}
              class="quick-one"
              role="option"
              tabIndex={-1}
              aria-selected={index === at.value}
              onClick={() => model.choose(reply)}
            >
              <span class="quick-title" dir="auto">
                {reply.title}
              </span>
              <span class="quick-text" dir="auto">
                {reply.text}
              </span>
            </div>
          ))}
        </div>
      )}
      <button type="button" class="quick-edit" onClick={edit}>
        <Icon name="plus" />
        {t('quick.edit')}
      </button>
    </div>
  );
}

/** The id of a reply in the list. */
export function optionId(replyId: string | undefined): string {
  return `quick-${replyId}`;
}
