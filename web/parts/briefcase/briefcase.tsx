import { useSignal } from '@preact/signals';
import { useEffect } from 'preact/hooks';
import { Button, IconButton } from '../../kit/button.tsx';
import type { App, ChatModel, Deal } from '../../models.ts';
import { t } from '../../words/words.ts';

interface Props {
  readonly app: App;
  readonly chat: ChatModel;
  readonly onClose: () => void;
}

/** By then a CRM has mostly answered. */
const MADE_MS = 2_000;

/** The client's deals for which the user is responsible, the open ones first (C5). */
export function Briefcase({ app, chat, onClose }: Props) {
  const deals = useSignal<readonly Deal[] | 'loading' | 'failed'>('loading');
  useEffect(load, [chat]);
  return (
    <aside class="briefcase" aria-label={t('briefcase.title')}>
      <header class="briefcase-head">
        <h2>{t('briefcase.title')}</h2>
        <IconButton icon="close" label={t('kit.close')} onClick={onClose} />
      </header>
      <div class="briefcase-body">
        <Deals app={app} chat={chat} deals={deals.value} load={load} />
        {chat.mayWrite.value && (
          <Button icon="plus" onClick={() => void app.createDeal(chat.id).then(() => setTimeout(load, MADE_MS))}>
            {t('briefcase.create')}
          </Button>
        )}
      </div>
    </aside>
  );

  function load(): void {
    deals.value = 'loading';
    chat.deals().then(
      (found) => {
        deals.value = found;
      },
      () => {
        deals.value = 'failed';
      },
    );
  }
}

interface DealsProps {
  readonly app: App;
  readonly chat: ChatModel;
  readonly deals: readonly Deal[] | 'loading' | 'failed';
  readonly load: () => void;
}

function Deals({ app, chat, deals, load }: DealsProps) {
  if (deals === 'loading') return <p class="briefcase-none">{t('chat.loading')}</p>;
  if (deals === 'failed') {
    return (
      <p class="briefcase-none">
        {t('briefcase.failed')}{' '}
        <button type="button" class="link" onClick={load}>
          {t('kit.retry')}
        </button>
      </p>
    );
  }
  if (deals.length === 0) return <p class="briefcase-none">{t('briefcase.none')}</p>;
  return (
    <ul class="deals">
      {deals.map((deal) => (
        <li key={deal.id}>
          {deal.link !== undefined || app.me.scope.useDealsEvents ? (
            <button type="button" class="deal" onClick={() => app.openDeal(chat.id, deal)}>
              <DealWords deal={deal} />
            </button>
          ) : (
            <p class="deal">
              <DealWords deal={deal} />
            </p>
          )}
        </li>
      ))}
    </ul>
  );
}

function DealWords({ deal }: { readonly deal: Deal }) {
  return (
    <>
      <span class={deal.closed ? 'deal-name is-closed' : 'deal-name'} dir="auto">
        {deal.name}
      </span>
      <span class="deal-state">{t(deal.closed ? 'briefcase.closed' : 'briefcase.open')}</span>
    </>
  );
}
