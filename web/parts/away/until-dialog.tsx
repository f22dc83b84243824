import { useSignal } from '@preact/signals';
import type { JSX } from 'preact';
import { awayUntil, typedUntil, untilField } from '../../core/away-until.ts';
import { Button } from '../../kit/button.tsx';
import { serverNow } from '../../kit/clock.ts';
import { Dialog } from '../../kit/dialog.tsx';
import { t } from '../../words/words.ts';

/** Asks until when somebody is away. `go` gets a time that is still to come. */
export function UntilDialog({ go, onClose }: { go: (until: number) => void; onClose: () => void }): JSX.Element {
  const text = useSignal(untilField(awayUntil('tomorrow', serverNow())));
  const isBehind = useSignal(false);
  const done = () => {
    const until = typedUntil(text.value, serverNow());
    isBehind.value = until === undefined;
    if (until === undefined) return;
    onClose();
    go(until);
  };
  return (
    <Dialog title={t('away.other-title')} onClose={onClose}>
      <form
        class="until"
        onSubmit={(event) => {
          event.preventDefault();
          done();
        }}
      >
        <label>
          <span>{t('away.at')}</span>
          <input
            class="field"
            type="datetime-local"
            required
            data-first
            aria-invalid={isBehind.value || undefined}
            aria-describedby={isBehind.value ? 'until-behind' : undefined}
            value={text.value}
            onInput={(event) => {
              text.value = event.currentTarget.value;
            }}
          />
        </label>
        {isBehind.value && (
          <p id="until-behind" role="alert">
            {t('away.behind')}
          </p>
        )}
        <Button look="main" type="submit">
          {t('away.do')}
        </Button>
      </form>
    </Dialog>
  );
}
