import type { JSX } from 'preact';
import { useEffect, useRef } from 'preact/hooks';
import type { Erasure, StoredModel } from '../../../settings-models/stored.ts';
import { fullTime } from '../../../words/times.ts';
import { t } from '../../../words/words.ts';
import { Card } from '../kit/card.tsx';
import { useEvery } from '../kit/every.ts';
import { tell } from '../kit/notice.tsx';
import { Ready } from '../kit/ready.tsx';
import { More, When } from '../running/shown.tsx';

const SOON_MS = 1_500;
const LATER_MS = 15_000;
const KINDS = {
  chats: 'stored.chats',
  messages: 'stored.messages',
  files: 'stored.files-erased',
  contacts: 'stored.contacts',
  deals: 'stored.deals',
  deliveries: 'stored.deliveries',
} as const;

/** What was erased, and how far it is. It names nobody, because nothing of them is known any more. */
export function Erasures({ stored }: { stored: StoredModel }): JSX.Element {
  const { erasures } = stored;
  const isPending = () => pendingOf(stored).size > 0;
  useEvery(
    () => erasures.reload(),
    () => (isPending() ? SOON_MS : LATER_MS),
  );
  useTellEnd(stored);
  return (
    <Card title={t('stored.erasures')} hint={t('stored.erasures-hint')}>
      <Ready of={erasures}>
        {({ items, hasMore }) => (
          <>
            {items.length === 0 ? (
              <p class="running-none">{t('stored.none')}</p>
            ) : (
              <ul class="running-list">
                {items.map((erasure) => (
                  <Line key={erasure.erasureId} erasure={erasure} />
                ))}
              </ul>
            )}
            {hasMore && <More onMore={() => erasures.more()} />}
          </>
        )}
      </Ready>
    </Card>
  );
}

function Line({ erasure }: { erasure: Erasure }): JSX.Element {
  const { requestedAt, doneAt, erased } = erasure;
  const counts = Object.entries(erased).flatMap(([kind, count]) =>
    count > 0 ? [t(KINDS[kind as keyof typeof KINDS], { count })] : [],
  );
  return (
    <li class="running-line">
      <p class="running-words">
        <span class="running-what">
          {doneAt === null ? t('stored.pending') : t('stored.done', { time: fullTime(Date.parse(doneAt)) })}
        </span>
        <span>{counts.join(', ')}</span>
      </p>
      <When at={requestedAt} />
    </li>
  );
}

/** The end of what was under way is told, wherever on the screen one is. */
function useTellEnd(stored: StoredModel): void {
  const before = useRef<ReadonlySet<string>>(new Set());
  const { value: state } = stored.erasures.state;
  useEffect(() => {
    if (state.kind !== 'ready') return;
    const pending = pendingOf(stored);
    const ended = state.value.items.some(({ erasureId, state }) => state === 'done' && before.current.has(erasureId));
    if (ended) tell(t('stored.ended'));
    before.current = pending;
  }, [state]);
}

function pendingOf({ erasures }: StoredModel): ReadonlySet<string> {
  const state = erasures.state.peek();
  const items = state.kind === 'ready' ? state.value.items : [];
  return new Set(items.flatMap(({ erasureId, state }) => (state === 'pending' ? [erasureId] : [])));
}
