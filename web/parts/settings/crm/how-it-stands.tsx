import type { ComponentChildren, JSX } from 'preact';
import type { CrmConnection } from '../../../settings-models/crm.ts';
import { number } from '../../../words/times.ts';
import { t } from '../../../words/words.ts';
import { addressOf } from '../address.ts';
import { Card } from '../kit/card.tsx';
import { When } from '../running/shown.tsx';
import type { CrmGuide } from './guides/guide.ts';

/** As whom, since when, what waits and failed, and when the CRM was last heard of. */
export function HowItStands({ connection, guide }: { connection: CrmConnection; guide: CrmGuide }): JSX.Element {
  const {
    connectedAs,
    since,
    waiting,
    clientsWaiting,
    failed,
    atLeast = false,
    held,
    lastNewsAt,
    lastProofAt,
  } = connection;
  return (
    <Card title={t('crm.how')} hint={t('crm.comparing', { crm: guide.name })}>
      <dl class="crm-facts">
        {connectedAs !== null && (
          <Fact name={t('crm.as')}>
            <bdi>{connectedAs}</bdi>
          </Fact>
        )}
        <Fact name={t('crm.since')}>
          <When at={since} />
        </Fact>
        <Fact name={t('crm.news')}>{lastNewsAt === null ? t('crm.never') : <When at={lastNewsAt} />}</Fact>
        <Fact name={t('crm.proof')}>{lastProofAt === null ? t('crm.never') : <When at={lastProofAt} />}</Fact>
        <Fact name={t('crm.waiting')}>
          <Count count={waiting} isLeast={atLeast} />
        </Fact>
        {clientsWaiting > 0 && (
          <Fact name={t('crm.clients-waiting')} isLate={connection.state === 'unauthorized'}>
            {number(clientsWaiting)}
          </Fact>
        )}
        <Fact name={t('crm.failed')} isLate={failed > 0}>
          <Count count={failed} isLeast={atLeast} />
        </Fact>
        {held && (
          <Fact name={t('crm.held')} isLate>
            <When at={held.until} />{' '}
            <span dir="auto">{t('crm.says', { crm: guide.name, words: held.description })}</span>
          </Fact>
        )}
      </dl>
    </Card>
  );
}

function Fact({
  name,
  isLate = false,
  children,
}: {
  name: string;
  isLate?: boolean;
  children: ComponentChildren;
}): JSX.Element {
  return (
    <div>
      <dt>{name}</dt>
      <dd class={isLate ? 'running-late' : undefined}>{children}</dd>
    </div>
  );
}

function Count({ count, isLeast }: { count: number; isLeast: boolean }): JSX.Element {
  if (count === 0) return <>{t('crm.nothing')}</>;
  return (
    <a class="link" href={addressOf('deliveries')}>
      {isLeast ? t('crm.or-more', { words: t('crm.in-words', { count }) }) : t('crm.in-words', { count })}
    </a>
  );
}
