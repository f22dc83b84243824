import { useSignal } from '@preact/signals';
import type { JSX } from 'preact';
import { useEffect } from 'preact/hooks';
import { Button } from '../../../kit/button.tsx';
import { t } from '../../../words/words.ts';
import { keepFocus } from './focus.ts';

/** Says what went wrong, with a button that tries it again. */
export function Failure({ words, retry }: { words: string; retry: () => Promise<void> }): JSX.Element {
  const isBusy = useSignal(false);
  // Once it has worked the button is gone.
  useEffect(() => keepFocus, []);
  return (
    <div class="settings-failed" role="alert">
      <p>{words}</p>
      <Button
        aria-disabled={isBusy.value}
        onClick={async () => {
          if (isBusy.value) return;
          isBusy.value = true;
          await retry();
          isBusy.value = false;
        }}
      >
        {t('kit.retry')}
      </Button>
    </div>
  );
}
