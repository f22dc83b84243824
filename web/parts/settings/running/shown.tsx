import type { ComponentChildren, JSX } from 'preact';
import { Button } from '../../../kit/button.tsx';
import type { Paged, Watched } from '../../../settings-models/running.ts';
import { fullTime, timeOfDay } from '../../../words/times.ts';
import { t } from '../../../words/words.ts';
import { Ready } from '../kit/ready.tsx';

/** What was asked for, and a quiet line above it while the server does not answer. */
export function Shown<T>({ of, children }: { of: Watched<T>; children: (value: T) => ComponentChildren }): JSX.Element {
  const { value: lostAt } = of.lostAt;
  return (
    <>
      {lostAt !== undefined && (
        <p class="running-lost" role="status">
          {t('running.lost', { time: timeOfDay(lostAt) })}
        </p>
      )}
      <Ready of={of}>{children}</Ready>
    </>
  );
}

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
    <Shown of={of}>
      {({ items, hasMore }) => (
        <>
          {items.length === 0 ? (
            <p class="running-none">{none}</p>
          ) : (
            <ul class="running-list">{items.map(children)}</ul>
          )}
          {hasMore && <More onMore={() => of.more()} />}
        </>
      )}
    </Shown>
  );
}

/** Asks for one more page. */
export function More({ onMore }: { onMore: () => Promise<void> }): JSX.Element {
  return <Button onClick={() => void onMore()}>{t('running.more')}</Button>;
}

/** When something was, in full. */
export function When({ at }: { at: string }): JSX.Element {
  return <time dateTime={at}>{fullTime(Date.parse(at))}</time>;
}
