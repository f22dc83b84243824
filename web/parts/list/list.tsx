import { useSignal } from '@preact/signals';
import type { JSX } from 'preact';
import { useEffect, useLayoutEffect, useRef, useState } from 'preact/hooks';
import { Button } from '../../kit/button.tsx';
import { watchFocus } from '../../kit/focus.ts';
import { Icon } from '../../kit/icon.tsx';
import { later } from '../../kit/later.tsx';
import { useSlow } from '../../kit/slow.ts';
import type { App, Line } from '../../models.ts';
import { type Key, t } from '../../words/words.ts';
import { keyUnder, type Pressed, usePressed } from './pressed.ts';
import { Row } from './row.tsx';
import { useRowsInView } from './rows-in-view.ts';

const RowMenu = later(async () => (await import('./row-menu.tsx')).RowMenu);

const LOAD_AHEAD = 20;
/** `--row` of the tokens. */
const ROW_REM = 4.5;

/** The chats, in the order of the model. It opens what was under the pointer when it went down, whatever moved since. */
export function List({ app, lines }: { app: App; lines: readonly Line[] }): JSX.Element {
  const { list } = app;
  const scroller = useRef<HTMLElement>(null);
  const focused = useSignal<string | undefined>(undefined);
  const menu = useSignal<{ line: Line; anchor: DOMRect } | undefined>(undefined);
  const size = useRowSize();
  const openKey = app.thread.value?.key;

  const roving = indexOf(lines, focused.value) ?? indexOf(lines, openKey) ?? 0;
  const { rows, show } = useRowsInView(scroller, lines.length, size, roving);
  useAnchor(scroller, lines, size);

  const last = rows.at(-1) ?? 0;
  useEffect(() => {
    if (list.hasMore.value && last >= lines.length - LOAD_AHEAD) list.loadMore();
  }, [last, lines.length, list]);

  const open = (key: string) => {
    const line = lines.find((one) => one.key === key);
    if (line === undefined || line.isLost) return;
    focused.value = key;
    app.open(line.chats[0]);
  };
  const askMenu = ({ key, anchor }: Pressed) => {
    const line = lines.find((one) => one.key === key);
    if (line && !line.isLost) menu.value = { line, anchor };
  };
  const pressing = usePressed({ open, askMenu });

  const focusRow = (index: number) => {
    const line = lines[Math.min(Math.max(0, index), lines.length - 1)];
    if (line === undefined) return;
    list.touched();
    focused.value = line.key;
    show(lines.indexOf(line));
    const focus = () => linkOf(scroller.current, line.key)?.focus({ preventScroll: true });
    focus();
    // A row that was out of view is only drawn now.
    const isLeft = watchFocus();
    requestAnimationFrame(() => isLeft() || focus());
  };
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.altKey || event.ctrlKey || event.metaKey || event.shiftKey) return;
    const page = Math.max(1, Math.floor((scroller.current?.clientHeight ?? 0) / size) - 1);
    const to = targetOf(event.key, indexOf(lines, keyUnder(event.target)) ?? roving, page, lines.length);
    if (to === undefined) return;
    event.preventDefault();
    focusRow(to);
  };

  return (
    // The pill belongs to the list: on the way to it, the pointer has not left.
    <div
      class="list"
      onPointerEnter={() => list.pointerOver(true)}
      onPointerMove={() => list.touched()}
      onPointerLeave={() => list.pointerOver(false)}
    >
      {list.hidden.value > 0 && (
        <button
          type="button"
          class="pill list-pill"
          onClick={() => {
            list.release();
            scroller.current?.scrollTo({ top: 0 });
          }}
        >
          {t('list.hidden', { count: list.hidden.value })}
          <Icon name="up" />
        </button>
      )}
      <nav
        ref={scroller}
        class="list-scroller"
        aria-label={t('shell.chats')}
        data-pane="list"
        onKeyDown={onKeyDown}
        {...pressing}
      >
        {/* biome-ignore lint/a11y/noRedundantRoles: Safari takes a list without bullets for no list */}
        <ul role="list" class="list-rows" style={{ height: `${lines.length * size}px` }}>
          {rows.map((index) => {
            const line = lines[index];
            return (
              line && (
                <Row
                  key={line.key}
                  app={app}
                  line={line}
                  index={index}
                  count={list.hasMore.value ? -1 : lines.length}
                  top={index * size}
                  isOpen={line.key === openKey}
                  isFocusable={index === roving}
                />
              )
            );
          })}
        </ul>
      </nav>
      {menu.value && <RowMenu app={app} {...menu.value} onClose={() => (menu.value = undefined)} />}
    </div>
  );
}

/** What stands in the place of the list while it has nothing to show, else undefined. */
export function ListState({ app }: { app: App }): JSX.Element | null {
  const { list } = app;
  const isSlow = useSlow(list.state.value === 'loading');
  if (list.state.value === 'failed') {
    return (
      <div class="list-note" role="alert">
        <b>{t('list.failed')}</b>
        <p>{t('list.failed-more')}</p>
        <Button onClick={() => list.retry()}>{t('kit.retry')}</Button>
      </div>
    );
  }
  if (list.state.value === 'loading') return isSlow ? <Skeleton /> : null;
  const { channels, demo, scope } = app.me;
  if (!channels.some(({ role }) => role !== null)) return <Note title="list.no-role" more="list.no-role-more" />;
  if (scope.kind === 'card') return <Note title="list.no-chats-card" more="list.no-chats-card-more" />;
  if (list.tab.value === 'unanswered') {
    return (
      <div class="list-note">
        <p class="list-nobody">{t('list.nobody')}</p>
      </div>
    );
  }
  return <Note title="list.no-chats" more={demo ? 'list.no-chats-demo' : 'list.no-chats-more'} />;
}

/** Why there is nothing, and what is about to change that. */
function Note({ title, more }: { title: Key; more: Key }): JSX.Element {
  return (
    <div class="list-note">
      <b>{t(title)}</b>
      <p>{t(more)}</p>
    </div>
  );
}

function Skeleton(): JSX.Element {
  return (
    <div class="skeleton" role="status" aria-label={t('list.loading')}>
      {Array.from({ length: 8 }, (_, index) => (
        <div key={index} class="skeleton-row">
          <span class="skeleton-round" />
          <span class="skeleton-line" />
          <span class="skeleton-line" />
        </div>
      ))}
    </div>
  );
}

function targetOf(key: string, at: number, page: number, count: number): number | undefined {
  if (key === 'ArrowDown') return at + 1;
  if (key === 'ArrowUp') return at - 1;
  if (key === 'PageDown') return at + page;
  if (key === 'PageUp') return at - page;
  if (key === 'Home') return 0;
  if (key === 'End') return count - 1;
  return undefined;
}

function indexOf(lines: readonly Line[], key: string | undefined): number | undefined {
  const index = key === undefined ? -1 : lines.findIndex((line) => line.key === key);
  return index < 0 ? undefined : index;
}

function linkOf(within: Element | null, key: string): HTMLElement | null | undefined {
  return within?.querySelector<HTMLElement>(`[data-key="${CSS.escape(key)}"]`);
}

/** Scrolled down, the first row in view stays where it is when rows above it come, go or move. */
function useAnchor({ current }: { current: HTMLElement | null }, lines: readonly Line[], size: number): void {
  const before = useRef(lines);
  useLayoutEffect(() => {
    const was = before.current;
    before.current = lines;
    if (!current || was === lines || current.scrollTop < size / 2) return;
    const first = Math.floor(current.scrollTop / size);
    const anchor = was.slice(first).find(({ key }) => lines.some((line) => line.key === key));
    if (anchor === undefined) return;
    const moved = lines.findIndex(({ key }) => key === anchor.key) - was.indexOf(anchor);
    if (moved === 0) return;
    // All of it in one frame: a row that slides while the view jumps would be seen to fly.
    current.classList.add('is-still');
    current.scrollTop += moved * size;
    requestAnimationFrame(() => current.classList.remove('is-still'));
  }, [current, lines, size]);
}

/** The height of a row in px: it grows with the size of text that the reader has set. */
function useRowSize(): number {
  const [size, setSize] = useState(rowSize);
  useEffect(() => {
    const measure = () => setSize(rowSize());
    addEventListener('resize', measure);
    return () => removeEventListener('resize', measure);
  }, []);
  return size;
}

function rowSize(): number {
  return ROW_REM * Number.parseFloat(getComputedStyle(document.documentElement).fontSize);
}
