import { untracked, useComputed, useSignal, useSignalEffect } from '@preact/signals';
import type { VNode } from 'preact';
import { useEffect, useLayoutEffect, useMemo, useRef } from 'preact/hooks';
import { watchFocus } from '../../kit/focus.ts';
import type { App, ChatId, ChatModel, ThreadModel } from '../../models.ts';
import { t } from '../../words/words.ts';
import { askedForEnd } from './asked-end.ts';
import { chatOf } from './chat-of.ts';
import { RowView } from './row.tsx';
import { isClients, isOpenOlder, isSameRow, oldestOpen, type Row, rowsOf } from './rows.ts';
import { createScroll } from './scroll.ts';
import { countSince, endAround, newerEnd, olderEnd, shown } from './window.ts';

/** How far before the edge more is asked for. */
const AHEAD_PX = 800;
/** So many older pages are loaded for where the open messages begin. A history with more of them opens at its end. */
const MOST_OPEN_PAGES = 20;

interface Props {
  readonly app: App;
  readonly thread: ThreadModel;
}

/** The history of a thread: it opens at the oldest open message, and stays where its reader is. */
export function History({ app, thread }: Props) {
  const scroller = useRef<HTMLDivElement>(null);
  const inside = useRef<HTMLDivElement>(null);
  const scroll = useMemo(createScroll, []);
  /** The last entry in the document, while the reader is so far up that the newest are not. */
  const lastKey = useSignal<string | undefined>(undefined);
  const isAtEnd = useSignal(true);
  /** The newest entry when the history was opened, or when its end was last on the screen: what came later is new. */
  const seenKey = useSignal(thread.entries.peek().at(-1)?.key);
  const { openKey, isOlder } = useOpen(thread);
  const isOpenShown = useRef(false);
  const part = useComputed(() => shown(thread.entries.value, lastKey.value));
  const rows = useComputed(() => rowsOf(part.value.entries, openKey.value));
  const fresh = useComputed(() => (isAtEnd.value ? 0 : countSince(thread.entries.value, seenKey.value, isClients)));

  useLayoutEffect(() => {
    const detach = scroll.attach(scroller.current!, inside.current!);
    scroll.toEnd();
    if (showOpen()) {
      noteEnd();
      loadMore();
    }
    return detach;
  }, [scroll]);
  useLayoutEffect(() => {
    scroll.settle();
    if (showOpen()) loadMore();
  });
  useSignalEffect(() => {
    if (isOlder.value) void untracked(loadUntilOpen);
  });
  useEndInView(thread, scroller, () => part.peek().after === 0);
  useSignalEffect(() => {
    const newest = thread.entries.value.at(-1);
    if (isAtEnd.value) seenKey.value = newest?.key;
    // One's own new reply is always shown.
    else if (newest?.kind === 'sending' && newest.key !== seenKey.peek()) toEnd();
  });

  const asked = useRef(askedForEnd.peek());
  useSignalEffect(() => {
    if (askedForEnd.value !== asked.current) toEnd();
    asked.current = askedForEnd.peek();
  });

  const shownRows = useKept(rows.value, (row, place) => (
    <RowView key={row.key} row={row} place={place} app={app} thread={thread} goTo={goTo} />
  ));
  return (
    <div class="history">
      <div
        class="history-scroller"
        ref={scroller}
        data-pane
        // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls has to be reached by keys.
        tabIndex={0}
        role="feed"
        aria-label={t('chat.history', { name: thread.name.value })}
        onScroll={onScroll}
        onKeyDown={turnPage}
      >
        <div class="history-inside" ref={inside}>
          {shownRows}
        </div>
        <div class="history-end" />
      </div>
      {!isAtEnd.value && (
        <button type="button" class="history-pill" onClick={toEnd}>
          {fresh.value > 0 ? t('chat.new', { count: fresh.value }) : t('chat.to-end')} <span aria-hidden="true">↓</span>
        </button>
      )}
    </div>
  );

  function onScroll(): void {
    noteEnd();
    loadMore();
  }

  function noteEnd(): void {
    const isWhole = part.peek().after === 0;
    isAtEnd.value = scroll.onScroll(isWhole) && isWhole;
  }

  function loadMore(): void {
    // The last scroll of a history may be told when another one has taken its place.
    if (!scroller.current) return;
    const { scrollTop, clientHeight, scrollHeight } = scroller.current;
    if (scrollTop < AHEAD_PX) {
      if (part.peek().before > 0) lastKey.value = olderEnd(part.peek(), lastKey.peek());
      else if (thread.hasOlder.peek()) void loadOlder();
    } else if (part.peek().after > 0 && scrollHeight - scrollTop - clientHeight < AHEAD_PX) {
      lastKey.value = newerEnd(thread.entries.peek(), lastKey.peek());
    }
  }

  /** Goes on while the reader is still near the edge. Without a connection nothing comes, and it waits for a scroll. */
  async function loadOlder(): Promise<void> {
    const count = thread.entries.peek().length;
    await thread.loadOlder();
    if (thread.entries.peek().length > count) requestAnimationFrame(() => scroller.current && loadMore());
  }

  /** Loads older pages until the oldest open message is there, unless the reader goes elsewhere meanwhile. */
  async function loadUntilOpen(): Promise<void> {
    for (let page = 0; page < MOST_OPEN_PAGES && isOlder.peek() && isAtEnd.peek() && scroller.current; page += 1) {
      const count = thread.entries.peek().length;
      await thread.loadOlder();
      if (thread.entries.peek().length === count) return;
    }
  }

  /**
   * Goes to where the open messages begin, once. It may be told or loaded late; a reader who has gone elsewhere since stays
   * there. False: it is not in the document, and is shown when the window has moved there.
   */
  function showOpen(): boolean {
    const key = openKey.peek();
    if (key === undefined || isOpenShown.current || !isAtEnd.peek()) {
      isOpenShown.current = key !== undefined;
      return true;
    }
    isOpenShown.current = scroll.show(OPEN_ROW);
    if (!isOpenShown.current) lastKey.value = endAround(thread.entries.peek(), key);
    return isOpenShown.current;
  }

  function toEnd(): void {
    lastKey.value = undefined;
    scroll.toEnd();
    isAtEnd.value = true;
  }

  /** Leads to a message that is quoted. Older pages are loaded until it is there. */
  async function goTo(messageId: string, id: ChatId): Promise<void> {
    const isLeft = watchFocus();
    const isMessage = (entry: (typeof thread.entries.value)[number]) =>
      entry.kind === 'message' && entry.message.messageId === messageId;
    if (!thread.entries.peek().some(isMessage) && !(await chatOf(thread, id)?.loadUntil(messageId))) {
      return app.toast(t('chat.quoted-is-gone'));
    }
    const key = thread.entries.peek().find(isMessage)?.key;
    if (key === undefined) return app.toast(t('chat.quoted-is-gone'));
    if (!part.peek().entries.some((entry) => entry.key === key)) lastKey.value = endAround(thread.entries.peek(), key);
    requestAnimationFrame(() => {
      scroll.show(key);
      flash(key, !isLeft());
    });
  }

  function flash(key: string, takesFocus: boolean): void {
    const row = [...inside.current!.children].find((one) => (one as HTMLElement).dataset.key === key);
    if (!(row instanceof HTMLElement)) return;
    if (takesFocus) row.focus({ preventScroll: true });
    row.classList.remove('is-found');
    row.classList.add('is-found');
    row.addEventListener('animationend', () => row.classList.remove('is-found'), { once: true });
  }
}

/** Shows each row again only if it has changed: a message that comes costs one row, not three hundred. */
function useKept(rows: readonly Row[], show: (row: Row, place: number) => VNode): readonly VNode[] {
  const kept = useRef<ReadonlyMap<string, Kept>>(new Map());
  const now = new Map<string, Kept>();
  for (const [index, row] of rows.entries()) {
    const before = kept.current.get(row.key);
    const isSame = before?.place === index + 1 && isSameRow(before.row, row);
    now.set(row.key, isSame ? before : { row, place: index + 1, shown: show(row, index + 1) });
  }
  kept.current = now;
  return [...now.values()].map(({ shown }) => shown);
}

interface Kept {
  readonly row: Row;
  readonly place: number;
  readonly shown: VNode;
}

/** The key of the row that says where the open messages begin. */
const OPEN_ROW = 'open';

/**
 * The oldest open message of those that were open when the history was opened. Undefined once they are answered; what
 * comes after that is new, and has no line. Undefined as well while `isOlder`: it is on a page that is not loaded yet.
 */
function useOpen(thread: ThreadModel) {
  const atFirst = thread.active.peek().row.peek();
  const since = useSignal(atFirst?.unansweredSince);
  /** After a reload the history may be there before the row that tells what is open. */
  const isTold = useRef(atFirst !== undefined);
  const dealtWith = useRef<string | null>(undefined);
  useSignalEffect(() => {
    const row = thread.active.value.row.value;
    if (!row) return;
    const before = since.peek();
    // A part may be dealt with: then the line moves on to the rest. What was dealt with may be taken back.
    if (before || !isTold.current || row.unansweredSince === dealtWith.current) since.value = row.unansweredSince;
    if (before && !row.unansweredSince) dealtWith.current = before;
    isTold.current = true;
  });
  return {
    openKey: useComputed(() => oldestOpen(thread.entries.value, since.value, thread.hasOlder.value)),
    isOlder: useComputed(() => isOpenOlder(thread.entries.value, since.value, thread.hasOlder.value)),
  };
}

/** Tells the chats whether their end is on the screen. In a merged history there is one end for all. */
function useEndInView(
  thread: ThreadModel,
  scroller: { readonly current: HTMLDivElement | null },
  isNewestShown: () => boolean,
): void {
  const isInView = useSignal(false);
  useEffect(() => {
    const observer = new IntersectionObserver(
      (seen) => {
        isInView.value = (seen.at(-1)?.isIntersecting ?? false) && isNewestShown();
      },
      // Where the browser scrolls by whole pixels the end may lie a part of one below.
      { root: scroller.current, rootMargin: '0px 0px 4px 0px' },
    );
    observer.observe(scroller.current!.querySelector('.history-end')!);
    return () => {
      observer.disconnect();
      tell(thread.chats.peek(), false);
    };
  }, []);
  useSignalEffect(() => {
    const chats = thread.isMerged.value ? thread.chats.value : [thread.active.value];
    const isIn = isInView.value;
    // Said again it changes nothing: a look goes on.
    untracked(() => tell(chats, isIn));
  });
}

function tell(chats: readonly ChatModel[], isInView: boolean): void {
  for (const chat of chats) chat.endInView(isInView);
}

/** Page Up and Page Down move from message to message, as the pattern of a feed says. */
function turnPage(event: KeyboardEvent & { readonly currentTarget: HTMLElement }): void {
  if (event.key !== 'PageUp' && event.key !== 'PageDown') return;
  const articles = [...event.currentTarget.querySelectorAll<HTMLElement>('article')];
  const at = articles.findIndex((one) => one.contains(document.activeElement));
  const next = at === -1 ? articles.at(-1) : articles[at + (event.key === 'PageUp' ? -1 : 1)];
  if (!next) return;
  event.preventDefault();
  next.focus();
}
