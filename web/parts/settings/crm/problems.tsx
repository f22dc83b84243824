import type { JSX } from 'preact';
import { useMemo } from 'preact/hooks';
import { Button } from '../../../kit/button.tsx';
import { Icon } from '../../../kit/icon.tsx';
import type { CrmProblem } from '../../../settings-models/crm.ts';
import { fullDay, fullTime } from '../../../words/times.ts';
import { type Key, t } from '../../../words/words.ts';
import { addressOf } from '../address.ts';
import { Card } from '../kit/card.tsx';
import { namesOf } from '../running/names.ts';
import { showAddresses } from './addresses.tsx';
import type { ConnectedProps } from './connected-props.ts';
import { portalAddress } from './portal-address.ts';
import { ProblemBox } from './problem-box.tsx';
import { useCrmChange } from './use-crm-change.ts';

/** What ends a problem: another screen, the data once more, our addresses, or the CRM itself. */
const ACTS: Readonly<Record<string, 'credentials' | 'refresh' | 'addresses' | 'channel' | 'crm' | 'deliveries'>> = {
  NOT_ADMIN: 'credentials',
  HOOKS_OFF: 'refresh',
  HOOKS_MISSING: 'addresses',
  STAGE_GONE: 'channel',
  USERS_SHRANK: 'refresh',
  FIELD_GONE: 'refresh',
  PLAN: 'crm',
  VALIDATION_RULE: 'deliveries',
  BLOCKED: 'deliveries',
  TOKEN_EXPIRES: 'credentials',
};

/** What stands between the connection and all being well: each with a sentence, and with what ends it. */
export function Problems(props: ConnectedProps): JSX.Element | null {
  const { problems } = props.connection;
  if (problems.length === 0) return null;
  return (
    <Card title={t('crm.problems')}>
      <ul class="crm-problems">
        {problems.map((problem) => (
          <Row key={`${problem.code} ${problem.about}`} {...props} problem={problem} />
        ))}
      </ul>
    </Card>
  );
}

function Row(props: ConnectedProps & { problem: CrmProblem }): JSX.Element {
  const { settings, guide, problem } = props;
  const { code, about, since } = problem;
  const names = useMemo(() => namesOf(settings), [settings]);
  const again = useCrmChange(guide);
  const isKnown = Object.hasOwn(ACTS, code);
  const words = isKnown
    ? t(`crm.problem-${code}` as Key, {
        crm: guide.name,
        channel: about === undefined ? t('crm.some-channel') : names.channelOf(about),
        about: about ?? t('crm.some-property'),
        day: about === undefined ? '' : fullDay(about),
      })
    : problem.text;
  return (
    <li class="crm-problem">
      <Icon name="alert" />
      <div>
        <p>{words}</p>
        <p class="settings-hint">{t('crm.problem-since', { time: fullTime(Date.parse(since)) })}</p>
        {again.problem.value && <ProblemBox problem={again.problem.value} />}
        {isKnown && <Act {...props} again={again} />}
      </div>
    </li>
  );
}

function Act({
  settings,
  connection,
  guide,
  problem: { code, about },
  again,
}: ConnectedProps & { problem: CrmProblem; again: ReturnType<typeof useCrmChange> }): JSX.Element {
  const words = t(`crm.do-${code}` as Key, { crm: guide.name });
  const link = (href: string) => (
    <a class="button button-plain" href={href}>
      {words}
    </a>
  );
  switch (ACTS[code]!) {
    case 'credentials':
      return link(addressOf('crm', 'credentials'));
    case 'channel':
      return link(about === undefined ? addressOf('roles') : addressOf('roles', about));
    case 'deliveries':
      return link(addressOf('deliveries'));
    case 'crm':
      return (
        <a
          class="button button-plain"
          href={portalAddress(connection.portal?.host ?? '')}
          target="_blank"
          rel="noreferrer"
        >
          {words}
        </a>
      );
    case 'addresses':
      return <Button onClick={showAddresses}>{words}</Button>;
    default:
      return (
        <Button aria-disabled={again.isBusy.value} onClick={() => void again.run(() => settings.crm.refresh())}>
          {words}
        </Button>
      );
  }
}
