import type { ComponentChildren, JSX } from 'preact';
import { useEffect } from 'preact/hooks';
import { useSlow } from '../../../kit/slow.ts';
import type { Loading } from '../../../settings-models/loaded.ts';
import { t } from '../../../words/words.ts';
import { Failure } from './failure.tsx';

/**
 * Shows what was asked for once it is there. Until then it says so, and a failure can be tried again. A screen that is
 * opened once more asks again, and shows meanwhile what it had.
 */
export function Ready<T>({ of, children }: { of: Loading<T>; children: (value: T) => ComponentChildren }): JSX.Element {
  const { value: state } = of.state;
  const isSlow = useSlow(state.kind === 'loading');
  useEffect(() => {
    if (of.state.peek().kind !== 'loading') void of.reload();
  }, [of]);
  switch (state.kind) {
    case 'loading':
      return <>{isSlow && <p role="status">{t('ready.loading')}</p>}</>;
    case 'failed':
      return <Failure words={state.words} retry={() => of.reload()} />;
    case 'ready':
      return (
        <>
          {state.stale !== undefined && (
            <Failure words={t('ready.stale', { why: state.stale })} retry={() => of.reload()} />
          )}
          {children(state.value)}
        </>
      );
    default:
      return state satisfies never;
  }
}
