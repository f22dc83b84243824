import { useSignal } from '@preact/signals';
import { useEffect, useRef } from 'preact/hooks';

/** A file that is still on its way from the messenger is asked for again after so long. */
const AGAIN_MS = [2_000, 5_000, 15_000];

/** Where a file is, and how its loading goes. */
export interface RetriedUri {
  readonly src: string | undefined;
  /** `coming`: the messenger has not given it out yet, and it is asked for again in a moment. */
  readonly state: 'loading' | 'coming' | 'ready' | 'failed';
  /** Whether it was asked for before, so that it is said that it comes. */
  readonly isLate: boolean;
  onLoad(): void;
  onError(): void;
  retry(): void;
}

/**
 * Loads a file again when it fails: the server answers 503 while the messenger has not given it out yet. The browser
 * asks again only for another address, so that a mark is put behind it, which the server never sees.
 */
export function useRetriedUri(uri: string | undefined): RetriedUri {
  const state = useSignal<RetriedUri['state']>('loading');
  const attempt = useSignal(0);
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined);
  useEffect(() => () => clearTimeout(timer.current), []);
  return {
    src: uri === undefined || attempt.value === 0 ? uri : `${uri}?again=${attempt.value}`,
    state: state.value,
    isLate: state.value !== 'ready' && (attempt.value > 0 || state.value === 'coming'),
    onLoad: () => {
      state.value = 'ready';
    },
    onError: () => {
      const delay = AGAIN_MS[attempt.peek()];
      state.value = delay === undefined ? 'failed' : 'coming';
      if (delay !== undefined) timer.current = setTimeout(again, delay);
    },
    retry: again,
  };

  function again(): void {
    state.value = 'loading';
    attempt.value += 1;
  }
}
