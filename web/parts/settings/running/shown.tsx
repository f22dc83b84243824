import type { JSX } from 'preact';
import { useEffect } from 'preact/hooks';
import { Button } from '../../../kit/button.tsx';
import type { Paged } from '../../../settings-models/running.ts';
import { fullTime } from '../../../words/times.ts';
import { formatterOf, t } from '../../../words/words.ts';
import { keepFocus } from '../kit/focus.ts';
import { Ready } from '../kit/ready.tsx';

/** The lines of a list that comes in pages. `none` stands in their place if there are none. */
export function PagedList<T>({
  of,
  none,
  children,
}: {
  of: Paged<T>;
  none: string;
  children: (item: T) => JSX.Element;
}): JSX.Element {
  return (
    <Ready of={of}>
      {({ items, hasMore }) => (
        <div class="settings-card">
          {items.length === 0 ? (
            <p class="running-none">{none}</p>
          ) : (
            <ul class="running-list">{items.map(children)}</ul>
          )}
          {hasMore && <More onMore={() => of.more()} />}
        </div>
      )}
    </Ready>
  );
}

/** Asks for one more page. */
export function More({ onMore }: { onMore: () => Promise<void> }): JSX.Element {
  // After the last page the button is gone.
  useEffect(() => keepFocus, []);
  return (
    <div class="settings-buttons">
      <Button onClick={() => void onMore()}>{t('running.more')}</Button>
    </div>
  );
}

/** When something was, in full. */
export function When({ at }: { at: string }): JSX.Element {
  return <time dateTime={at}>{fullTime(Date.parse(at))}</time>;
}

/** When something was, to the second: "30 Nov, 12:41:07". */
export function Exactly({ at }: { at: string }): JSX.Element {
  const format = formatterOf(
    'exact',
    (language) => new Intl.DateTimeFormat(language === 'en' ? 'en-GB' : language, EXACT),
  );
  return <time dateTime={at}>{format.format(Date.parse(at))}</time>;
}

const EXACT = {
  day: 'numeric',
  month: 'short',
  hour: '2-digit',
  minute: '2-digit',
  second: '2-digit',
  hourCycle: 'h23',
} as const;
