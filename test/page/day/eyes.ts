/// <reference lib="dom" />

/** A word of a client or of the team. Every text of the day has its own, with a full stop after it. */
export const WORD = /(?:anna|bob|dan|eva|olga|ivan)-\d+(?=\.)/g;

/** A press of Enter or of a button that sends: what it was about, and what its writer had on the screen. */
export interface Press {
  readonly text: string;
  /**
   * How long ago each word came on the screen first, by the page's clock (ms), and for how long it has been there without
   * a break: by that clock, which is set forward, and in truth. 0: it is not there.
   */
  readonly seen: readonly (readonly [word: string, ms: number, steadyMs: number, realMs: number])[];
}

/** The name under which the page tells of a press. */
export const PRESSED = 'tellOfPress';

/** In the page, before its own scripts: notes when each word came on the screen, and tells it with every press. */
export function openEyes([pressed, word]: readonly [string, string]): void {
  const since = new Map<string, number>();
  const steady = new Map<string, { readonly at: number; readonly realAt: number }>();
  // The one clock of a page that its test does not set.
  const realNow = () => Number(document.timeline.currentTime ?? 0);
  const observer = new IntersectionObserver((entries) => {
    for (const { target, isIntersecting } of entries) {
      for (const one of target.textContent?.match(new RegExp(word, 'g')) ?? []) {
        if (!isIntersecting) steady.delete(one);
        else {
          if (!since.has(one)) since.set(one, Date.now());
          if (!steady.has(one)) steady.set(one, { at: Date.now(), realAt: realNow() });
        }
      }
    }
  });
  new MutationObserver(() => {
    for (const article of document.querySelectorAll('[role=feed] article')) observer.observe(article);
  }).observe(document, { childList: true, subtree: true });

  const tell = (text: string) => {
    const seen = [...since].map(([one, at]) => {
      const here = steady.get(one);
      return [one, Date.now() - at, here ? Date.now() - here.at : 0, here ? realNow() - here.realAt : 0];
    });
    (window as unknown as Record<string, (press: unknown) => void>)[pressed]?.({ text, seen });
  };
  addEventListener(
    'keydown',
    ({ key, target }) => {
      if (key === 'Enter' && target instanceof HTMLTextAreaElement) tell(target.value);
      if (key === 'Enter' && target instanceof HTMLInputElement) tell(target.value);
    },
    true,
  );
  addEventListener(
    'click',
    ({ target }) => {
      const isAnyway = target instanceof Element && target.closest('[role=alert] button') !== null;
      if (isAnyway) tell(document.querySelector('textarea')?.value ?? '');
    },
    true,
  );
}
