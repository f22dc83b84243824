import { useSignal } from '@preact/signals';
import { useEffect, useLayoutEffect, useRef } from 'preact/hooks';
import { randomId } from '../../core/random-id.ts';
import { wordsOfError } from '../../core/words-of-error.ts';
import { Button, IconButton } from '../../kit/button.tsx';
import { Dialog } from '../../kit/dialog.tsx';
import type { App, QuickReply } from '../../models.ts';
import { t } from '../../words/words.ts';

/** So many the account may have. */
const MOST = 200;

interface Props {
  readonly app: App;
  readonly onClose: () => void;
}

/** Changes the quick replies, which the whole account shares. Nothing is stored before *Save*. */
export function QuickReplyEditor({ app, onClose }: Props) {
  const list = useRef<HTMLOListElement>(null);
  const replies = useSignal<readonly QuickReply[] | undefined>(undefined);
  const problem = useSignal<string | undefined>(undefined);
  useEffect(() => void load(), []);
  const isAdded = useRef(false);
  useLayoutEffect(() => {
    if (isAdded.current) list.current?.querySelector<HTMLElement>('li:last-child .field')?.focus();
    isAdded.current = false;
  }, [replies.value]);
  const shown = replies.value;
  return (
    <Dialog title={t('quick.title')} onClose={onClose}>
      <form
        class="quick-editor"
        onSubmit={(event) => {
          event.preventDefault();
          void save();
        }}
      >
        <p class="quick-hint">{t('quick.hint')}</p>
        {shown === undefined && problem.value === undefined && <p>{t('chat.loading')}</p>}
        <ol ref={list} class="quick-fields">
          {shown?.map((reply, index) => (
            <li key={reply.id} class="quick-fields-one">
              <input
                class="field"
                required
                maxLength={100}
                aria-label={t('quick.name')}
                placeholder={t('quick.name')}
                value={reply.title}
                onInput={(event) => change(index, { title: event.currentTarget.value })}
              />
              <IconButton icon="up" label={t('quick.up')} disabled={index === 0} onClick={() => raise(index)} />
              <IconButton icon="close" label={t('quick.remove')} onClick={() => remove(index)} />
              <textarea
                class="field"
                required
                rows={2}
                maxLength={4096}
                dir="auto"
                aria-label={t('quick.text')}
                placeholder={t('quick.text')}
                value={reply.text}
                onInput={(event) => change(index, { text: event.currentTarget.value })}
              />
            </li>
          ))}
        </ol>
        {problem.value !== undefined && (
          <p class="quick-problem" role="alert">
            {t(shown ? 'quick.not-saved' : 'quick.not-read', { description: problem.value })}{' '}
            {!shown && (
              <button type="button" class="link" onClick={() => void load()}>
                {t('kit.retry')}
              </button>
            )}
          </p>
        )}
        <div class="quick-ways">
          <Button icon="plus" disabled={shown === undefined || shown.length >= MOST} onClick={add}>
            {t('quick.add')}
          </Button>
          <Button type="submit" look="main" disabled={shown === undefined}>
            {t('quick.save')}
          </Button>
        </div>
      </form>
    </Dialog>
  );

  async function load(): Promise<void> {
    problem.value = undefined;
    try {
      replies.value = await app.quickReplies();
    } catch (error) {
      problem.value = wordsOfError(error);
    }
  }

  function change(index: number, part: Partial<QuickReply>): void {
    replies.value = (replies.peek() ?? []).map((reply, at) => (at === index ? { ...reply, ...part } : reply));
  }

  function remove(index: number): void {
    replies.value = (replies.peek() ?? []).toSpliced(index, 1);
  }

  function raise(index: number): void {
    const [reply] = (replies.peek() ?? []).slice(index, index + 1);
    if (reply) replies.value = (replies.peek() ?? []).toSpliced(index, 1).toSpliced(index - 1, 0, reply);
  }

  /** What was just added is written in next: it has the focus as soon as it is drawn. */
  function add(): void {
    isAdded.current = true;
    replies.value = [...(replies.peek() ?? []), { id: randomId(), title: '', text: '' }];
  }

  async function save(): Promise<void> {
    try {
      await app.saveQuickReplies(replies.peek() ?? []);
      onClose();
    } catch (error) {
      problem.value = wordsOfError(error);
    }
  }
}
