import { useSignal } from '@preact/signals';
import type { JSX } from 'preact';
import { useId } from 'preact/hooks';
import { Button } from '../../../kit/button.tsx';
import { t } from '../../../words/words.ts';

/** A text that has to be typed in elsewhere, with a button that copies it. */
export function CopyRow({ label, text }: { label: string; text: string }): JSX.Element {
  const isCopied = useSignal(false);
  const id = useId();
  return (
    <div class="copy-row">
      <label for={id}>{label}</label>
      <input id={id} class="field" readOnly value={text} onFocus={(event) => event.currentTarget.select()} />
      <Button
        icon={isCopied.value ? 'check' : 'copy'}
        onClick={() =>
          void navigator.clipboard?.writeText(text).then(() => {
            isCopied.value = true;
          })
        }
        aria-label={`${t(isCopied.value ? 'kit.copied' : 'kit.copy')}: ${label}`}
      >
        {t(isCopied.value ? 'kit.copied' : 'kit.copy')}
      </Button>
    </div>
  );
}
