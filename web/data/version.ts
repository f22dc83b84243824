import { type ReadonlySignal, signal } from '@preact/signals';
import { createAlarm } from './alarm.ts';
import { deviceShelf, tabShelf } from './storage.ts';

/** What is needed to know of a newer page, and to get it. */
export interface VersionDeps {
  /** The text of the page as the server has it now. Undefined: it could not be asked. */
  readonly document: () => Promise<string | undefined>;
  /** The addresses of the scripts and styles that this page was loaded from. */
  readonly own: string;
  readonly now: () => number;
  readonly isVisible: () => boolean;
  /** Whether a reload would lose something. */
  readonly wouldLose: () => boolean;
  readonly reload: () => void;
}

/** Knows whether the server has another page than this one. */
export interface Version {
  readonly isOld: ReadonlySignal<boolean>;
  /** Looks, if the last look is a minute old. `isReturn`: the user comes back, and no word of theirs is under way. */
  look(isReturn?: boolean): Promise<void>;
  end(): void;
}

const LOOKED_ONCE_IN_MS = 60_000;
const SLOW_CHECK_MS = 30 * 60_000;
/** Their names hold the hash of what they are, and of what they load. */
const FILES = /\b(?:main|style)-\w+\.(?:js|css)/g;

/**
 * Starts watching for a newer page. An old one is reloaded only in the moment in which the user comes back to it: then
 * everything is read again anyway, and a sound that the browser locks at a reload is not missed. A hidden page asks nothing.
 */
export function watchVersion({ document, own, now, isVisible, wouldLose, reload }: VersionDeps): Version {
  const isOld = signal(false);
  const setCheck = createAlarm(() => void look(), now);
  const ownFiles = filesIn(own);
  let lookedAt = now();

  async function look(isReturn = false): Promise<void> {
    setCheck(now() + SLOW_CHECK_MS);
    if (!isVisible()) return;
    if (!isOld.value && now() - lookedAt >= LOOKED_ONCE_IN_MS) {
      lookedAt = now();
      const files = filesIn((await document()) ?? '');
      isOld.value = files !== '' && files !== ownFiles;
    }
    if (isReturn && isOld.value && !wouldLose()) reload();
  }

  setCheck(now() + SLOW_CHECK_MS);
  return { isOld, look, end: () => setCheck(undefined) };
}

/**
 * Watches for a page that is newer than this one. Where the browser keeps nothing, a reload would end the session: there
 * the next link brings the new page.
 */
export function watchOwnPage(isUnsent: () => boolean): Version {
  const version = watchVersion({
    async document() {
      if (!tabShelf.isKept()) return undefined;
      const response = await fetch(location.pathname, { cache: 'no-store' }).catch(() => undefined);
      return response?.ok ? response.text().catch(() => undefined) : undefined;
    },
    own: [...document.querySelectorAll('script, link')].map(({ outerHTML }) => outerHTML).join(),
    now: () => Date.now(),
    isVisible: () => document.visibilityState === 'visible',
    wouldLose: () => isUnsent() || !deviceShelf.isKept() || document.querySelector('dialog[open]') !== null,
    reload: () => location.reload(),
  });
  document.addEventListener('visibilitychange', () => void version.look(true));
  return version;
}

function filesIn(text: string): string {
  return [...new Set(text.match(FILES))].sort().join();
}
