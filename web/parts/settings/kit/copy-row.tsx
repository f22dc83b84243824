import { useSignal } from '@preact/signals';
import type { JSX } from 'preact';
import { useId, useRef } from 'preact/hooks';
import { Button } from '../../../kit/button.tsx';
import { t } from '../../../words/words.ts';
import { noteOf } from './note.tsx';
import { tell } from './notice.tsx';

const SHOWN_MS = 3000;

/** A text that has to be typed in elsewhere, with a button that copies it. */
export function CopyRow({ label, text, hint }: { label: string; text: string; hint?: string }): JSX.Element {
  const isCopied = useSignal(false);
  const field = useRef<HTMLInputElement>(null);
  const id = useId();
  const { attributes, note } = noteOf(id, { hint });
  const copy = async () => {
    if (!(await copied(text, field.current))) return;
    isCopied.value = true;
    tell(t('kit.copied'));
    setTimeout(() => {
      isCopied.value = false;
    }, SHOWN_MS);
  };
  return (
    <div class="copy-row">
      <label for={id}>{label}</label>
      <input
        ref={field}
        id={id}
        class="field"
        readOnly
        value={text}
        {...attributes}
        onFocus={(event) => event.currentTarget.select()}
      />
      <Button
        icon={isCopied.value ? 'check' : 'copy'}
        onClick={() => void copy()}
        aria-label={`${t('kit.copy')}: ${label}`}
      >
        {t('kit.copy')}
      </Button>
      {note}
    </div>
  );
}

/** Without https, or in a frame that may not, there is no clipboard: the old way still is. */
async function copied(text: string, field: HTMLInputElement | null): Promise<boolean> {
  try {
    await navigator.clipboard.writeText(text);
    return true;
  } catch {
    field?.focus();
    field?.select();
    return document.execCommand('copy');
  }
}
