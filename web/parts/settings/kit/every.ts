import { useEffect, useRef } from 'preact/hooks';

/**
 * Does something again and again while the page is visible, and at once when it becomes so: `everyMs` after the last time
 * was over, as it is then.
 */
export function useEvery(act: () => Promise<void>, everyMs: () => number): void {
  const latest = useRef({ act, everyMs });
  latest.current = { act, everyMs };
  useEffect(() => {
    let timer: ReturnType<typeof setTimeout> | undefined;
    let isOver = false;
    const wait = () => {
      clearTimeout(timer);
      if (!isOver && !document.hidden) timer = setTimeout(run, latest.current.everyMs());
    };
    const run = () => void latest.current.act().finally(wait);
    const turn = () => (document.hidden ? clearTimeout(timer) : run());
    wait();
    document.addEventListener('visibilitychange', turn);
    return () => {
      isOver = true;
      clearTimeout(timer);
      document.removeEventListener('visibilitychange', turn);
    };
  }, []);
}
