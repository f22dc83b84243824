import type { JSX } from 'preact';
import { useRef } from 'preact/hooks';
import { IconButton } from '../../kit/button.tsx';
import { Icon } from '../../kit/icon.tsx';
import type { SearchModel } from '../../models.ts';
import { t } from '../../words/words.ts';

/** The field over the list. Its results take the place of the list until it is emptied. */
export function SearchField({ search }: { search: SearchModel }): JSX.Element {
  const field = useRef<HTMLInputElement>(null);
  const isEmpty = search.text.value === '';
  return (
    <search class="search">
      <Icon name="search" />
      <input
        ref={field}
        id={SEARCH_ID}
        class="field search-field"
        type="search"
        inputMode="search"
        autocomplete="off"
        maxLength={100}
        aria-label={t('search.label')}
        placeholder={t('search.label')}
        value={search.text.value}
        onInput={(event) => {
          search.text.value = event.currentTarget.value;
        }}
        onKeyDown={(event) => {
          if (event.key === 'Escape' && !event.isComposing) {
            // An empty field is left, a full one is emptied first.
            if (isEmpty) field.current?.blur();
            search.text.value = '';
          }
          if (event.key === 'ArrowDown')
            document.querySelector<HTMLElement>('[data-pane=list] [tabindex="0"]')?.focus();
        }}
      />
      {!isEmpty && (
        <IconButton
          icon="close"
          label={t('search.clear')}
          onClick={() => {
            search.text.value = '';
            field.current?.focus();
          }}
        />
      )}
    </search>
  );
}

/** What stands in the place of results: there are none, or none yet. */
export function SearchState({ search }: { search: SearchModel }): JSX.Element {
  const { value: state } = search.state;
  const words = state === 'failed' ? 'search.failed' : state === 'ready' ? 'search.nothing' : 'search.searching';
  return (
    <div class="list-note" role="status">
      <p>{t(words, { text: search.text.value })}</p>
    </div>
  );
}

/** Puts the cursor into the field of the search. */
export function focusSearch(): void {
  const field = document.getElementById(SEARCH_ID);
  if (field instanceof HTMLInputElement) {
    field.focus();
    field.select();
  }
}

const SEARCH_ID = 'search';
