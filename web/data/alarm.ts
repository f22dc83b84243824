/** One timer that rings at the earliest time that it was set to. */
export function createAlarm(ring: () => void, now: () => number): (at: number | undefined) => void {
  let timer: ReturnType<typeof setTimeout> | undefined;
  return (at) => {
    clearTimeout(timer);
    if (at !== undefined) timer = setTimeout(ring, Math.max(0, at - now()));
  };
}
