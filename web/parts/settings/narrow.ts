import { useEffect, useState } from 'preact/hooks';

/** Below this there is room for the menu or a screen, and not for both. */
const NARROW = '(width < 45rem)';

/** Whether there is room for one pane only. */
export function useNarrow(): boolean {
  const [isNarrow, setIsNarrow] = useState(() => matchMedia(NARROW).matches);
  useEffect(() => {
    const query = matchMedia(NARROW);
    const look = () => setIsNarrow(query.matches);
    query.addEventListener('change', look);
    return () => query.removeEventListener('change', look);
  }, []);
  return isNarrow;
}
