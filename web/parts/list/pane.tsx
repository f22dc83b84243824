import type { ComponentChildren, JSX } from 'preact';
import { moveFocus } from '../../kit/focus.ts';
import type { App, Tab } from '../../models.ts';
import { number } from '../../words/times.ts';
import { t } from '../../words/words.ts';
import { SearchField, SearchState } from '../search/search.tsx';
import { List, ListState } from './list.tsx';

const TABS: readonly Tab[] = ['unanswered', 'all'];

/** The left pane: search, tabs, and the chats or what was found. `menu` stands beside the search, `children` below the list, so that no row moves when they come. */
export function ListPane({
  app,
  menu,
  children,
}: {
  app: App;
  menu: JSX.Element;
  children?: ComponentChildren;
}): JSX.Element {
  const { list, search } = app;
  const isSearching = search.text.value.trim() !== '';
  const lines = isSearching ? search.lines.value : list.lines.value;
  return (
    <section class="list-pane" aria-label={t('shell.chats')}>
      <div class="list-head">
        {menu}
        <SearchField search={search} />
      </div>
      {!isSearching && <Tabs app={app} />}
      <div
        class="list-body"
        id="chats"
        {...(!isSearching && { role: 'tabpanel', 'aria-label': t(`list.${list.tab.value}`) })}
      >
        {lines.length > 0 ? (
          <List app={app} lines={lines} />
        ) : isSearching ? (
          <SearchState search={search} />
        ) : (
          <ListState app={app} />
        )}
      </div>
      <div class="list-foot">{children}</div>
    </section>
  );
}

function Tabs({ app }: { app: App }): JSX.Element {
  const { tab } = app.list;
  const counter = app.counter.value;
  return (
    <div
      class="tabs"
      role="tablist"
      aria-label={t('shell.chats')}
      onKeyDown={(event) => moveFocus(event, event.currentTarget, '[role=tab]')}
    >
      {TABS.map((name) => (
        <button
          key={name}
          type="button"
          role="tab"
          class="tab"
          aria-selected={tab.value === name}
          aria-controls="chats"
          tabIndex={tab.value === name ? 0 : -1}
          onClick={() => {
            tab.value = name;
          }}
          onFocus={() => {
            tab.value = name;
          }}
        >
          {t(`list.${name}`)}
          {name === 'unanswered' && counter && counter.counterV2 > 0 && (
            <span class={`count${counter.type === 'red' ? ' is-own' : ''}`} aria-hidden="true">
              {number(counter.counterV2)}
            </span>
          )}
        </button>
      ))}
    </div>
  );
}
