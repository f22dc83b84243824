import { useSignal } from '@preact/signals';
import type { ComponentChildren, JSX } from 'preact';
import { Button } from '../../../kit/button.tsx';
import { Dialog } from '../../../kit/dialog.tsx';
import { t } from '../../../words/words.ts';
import { useAct } from './act.ts';
import { keepFocus } from './focus.ts';
import { Problem } from './note.tsx';

/** What is asked before something is done that cannot be taken back. */
export interface Question {
  readonly title: string;
  /** What will be so then. */
  readonly text: ComponentChildren;
  /** The word on the button that does it. */
  readonly yes: string;
  /** Does it. The words of what it throws are shown, and the question stays. */
  act(): Promise<unknown>;
}

/** `ask` opens a dialog with a question; `dialog` has to be shown. */
export function useAsk(): { ask: (question: Question) => void; dialog: JSX.Element | undefined } {
  const asked = useSignal<Question | undefined>(undefined);
  const close = () => {
    asked.value = undefined;
    keepFocus();
  };
  return {
    ask(question) {
      asked.value = question;
    },
    dialog: asked.value && <AskDialog question={asked.value} onClose={close} />,
  };
}

function AskDialog({ question, onClose }: { question: Question; onClose: () => void }): JSX.Element {
  const { isBusy, problem, run } = useAct();
  return (
    <Dialog title={question.title} onClose={onClose}>
      <div class="settings-prose">{question.text}</div>
      <Problem words={problem} />
      <div class="settings-buttons">
        <Button
          look="main"
          aria-disabled={isBusy}
          onClick={async () => {
            if (await run(() => question.act())) onClose();
          }}
        >
          {question.yes}
        </Button>
        <Button onClick={onClose}>{t('settings.cancel')}</Button>
      </div>
    </Dialog>
  );
}
