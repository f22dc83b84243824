import { useEffect, useState } from 'preact/hooks';

const SLOW_MS = 150;

/** True once something has lasted so long that it should be shown: what is over sooner would only flicker. */
export function useSlow(isOn: boolean): boolean {
  const [isSlow, setIsSlow] = useState(false);
  useEffect(() => {
    setIsSlow(false);
    if (!isOn) return undefined;
    const timer = setTimeout(() => setIsSlow(true), SLOW_MS);
    return () => clearTimeout(timer);
  }, [isOn]);
  return isSlow;
}
