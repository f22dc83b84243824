import { Button, IconButton } from '../../kit/button.tsx';
import type { App, ChatModel, Deal } from '../../models.ts';
import { t } from '../../words/words.ts';
import { channelOf } from '../chat/chat-of.ts';
import type { Deals, DealsPane } from './deals-of.ts';

interface Props {
  readonly app: App;
  readonly chat: ChatModel;
  readonly pane: DealsPane;
}

/** The client's deals for which the user is responsible, the open ones first (C5). */
export function Briefcase({ app, chat, pane }: Props) {
  return (
    <aside class="briefcase" aria-label={t('briefcase.title')}>
      <header class="briefcase-head">
        <h2>{t('briefcase.title')}</h2>
        <IconButton icon="close" label={t('kit.close')} onClick={pane.toggle} />
      </header>
      <div class="briefcase-body">
        <DealList app={app} chat={chat} deals={pane.deals.value} load={pane.load} />
        {chat.mayWrite.value && (
          <Button icon="plus" onClick={() => void app.createDeal(chat.id).then(pane.followMade)}>
            {t('briefcase.create')}
          </Button>
        )}
        {channelOf(app.me, chat.id.channelId)?.role === 'manager' && <ToData chat={chat} />}
      </div>
    </aside>
  );
}

/**
 * The way to what a client may ask for: to know, or to be forgotten. It is done in the settings, which only those open who
 * have the key of the account.
 */
function ToData({ chat: { id } }: { readonly chat: ChatModel }) {
  const place = [id.chatType, id.chatId].map(encodeURIComponent).join('/');
  return (
    <a class="briefcase-data" href={`./-#/settings/data/${place}`} target="_blank" rel="noopener noreferrer">
      {t('briefcase.data')}
    </a>
  );
}

interface DealsProps {
  readonly app: App;
  readonly chat: ChatModel;
  readonly deals: Deals;
  readonly load: () => void;
}

function DealList({ app, chat, deals, load }: DealsProps) {
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
          <DealView app={app} chat={chat} deal={deal} />
        </li>
      ))}
    </ul>
  );
}

/** A link into the CRM. In a frame a press is told to the page around it, and so is that of a deal without a link. */
function DealView({ app, chat, deal }: { readonly app: App; readonly chat: ChatModel; readonly deal: Deal }) {
  const open = (event: Event) => {
    event.preventDefault();
    app.openDeal(chat.id, deal);
  };
  if (deal.link !== undefined) {
    return (
      <a class="deal" href={deal.link} target="_blank" rel="noopener noreferrer nofollow" onClick={open}>
        <DealWords deal={deal} />
      </a>
    );
  }
  if (!app.me.scope.useDealsEvents) {
    return (
      <p class="deal">
        <DealWords deal={deal} />
      </p>
    );
  }
  return (
    <button type="button" class="deal" onClick={open}>
      <DealWords deal={deal} />
    </button>
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
