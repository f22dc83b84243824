import type { ComponentChildren, JSX } from 'preact';
import { Button } from '../../../kit/button.tsx';
import { useSlow } from '../../../kit/slow.ts';
import type { Loading } from '../../../settings-models/loaded.ts';
import { t } from '../../../words/words.ts';

/** Shows what was asked for once it is there. Until then it says so, and a failure can be tried again. */
export function Ready<T>({ of, children }: { of: Loading<T>; children: (value: T) => ComponentChildren }): JSX.Element {
  const { value: state } = of.state;
  const isSlow = useSlow(state.kind === 'loading');
  switch (state.kind) {
    case 'loading':
      return <>{isSlow && <p role="status">{t('settings.loading')}</p>}</>;
    case 'failed':
      return (
        <div class="settings-failed" role="alert">
          <p>{state.words}</p>
          <Button onClick={() => void of.reload()}>{t('kit.retry')}</Button>
        </div>
      );
    case 'ready':
      return <>{children(state.value)}</>;
    default:
      return state satisfies never;
  }
}
