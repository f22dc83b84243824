import { useEffect, useState } from 'preact/hooks';
import { nextSecondMs } from '../../core/leaving.ts';
import { serverNow } from '../../kit/clock.ts';

/** The time of the server (epoch ms), told anew with each second until that time. */
export function useSeconds(until: number): number {
  const [now, setNow] = useState(serverNow);
  useEffect(() => {
    const next = nextSecondMs(until, serverNow());
    if (next === undefined) return;
    const timer = setTimeout(() => setNow(serverNow()), next + 1);
    return () => clearTimeout(timer);
  }, [until, now]);
  return now;
}
