/**
 * Whether this device may show names and texts in notices. It is kept in the browser only, where its worker finds it, too.
 * `at` is the address of the page's files, which ends in `/`.
 */
export interface NamesShown {
  isOn(): Promise<boolean>;
  set(isOn: boolean): Promise<void>;
}

const CACHE = 'konvert/notices';

/** The mark of that device. Without a place to keep it, no names are shown. */
export function namesShown(at: string): NamesShown {
  const mark = `${at}names`;
  return {
    async isOn() {
      try {
        return (await (await caches.open(CACHE)).match(mark)) !== undefined;
      } catch {
        return false;
      }
    },
    async set(isOn) {
      const cache = await caches.open(CACHE);
      if (isOn) await cache.put(mark, new Response(''));
      else await cache.delete(mark);
    },
  };
}
