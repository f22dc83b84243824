import { useSignal } from '@preact/signals';
import type { JSX } from 'preact';
import { found } from '../../../core/found.ts';
import type { NamedHours } from '../../../settings-models/hours.ts';
import type { Member } from '../../../settings-models/team.ts';
import { t } from '../../../words/words.ts';
import { addressOf } from '../address.ts';
import { Card } from '../kit/card.tsx';
import { useEvery } from '../kit/every.ts';
import { Field } from '../kit/field.tsx';
import { Ready } from '../kit/ready.tsx';
import type { ScreenProps } from '../screen-props.ts';
import { MemberRow } from './member-row.tsx';

/** Statuses end by the clock, and others say them. */
const EVERY_MS = 20_000;
/** As many are found at a glance. */
const FEW = 8;

/** Who receives clients now, why, and until when; and saying otherwise. */
export function TeamScreen({ settings: { team, hours } }: ScreenProps): JSX.Element {
  useEvery(
    () => team.members.reload(),
    () => EVERY_MS,
  );
  return (
    <>
      <p class="settings-hint">{t('team.how')}</p>
      <Card title={t('team.list')}>
        <Ready of={team.members}>
          {(members) => (
            <Ready of={hours.schedules}>
              {({ all }) =>
                members.length === 0 ? <Nobody /> : <List team={team} members={members} schedules={all} />
              }
            </Ready>
          )}
        </Ready>
      </Card>
    </>
  );
}

function Nobody(): JSX.Element {
  return (
    <p>
      {t('team.nobody')} <a href={addressOf('people')}>{t('people.title')}</a>
    </p>
  );
}

interface ListProps {
  readonly team: ScreenProps['settings']['team'];
  readonly members: readonly Member[];
  readonly schedules: readonly NamedHours[];
}

function List({ team, members, schedules }: ListProps): JSX.Element {
  const wanted = useSignal('');
  const shown = found(members, wanted.value);
  return (
    <>
      {members.length > FEW && (
        <Field
          label={t('people.search')}
          value={wanted.value}
          onText={(value) => {
            wanted.value = value;
          }}
        />
      )}
      {shown.length === 0 && <p role="status">{t('people.nothing', { text: wanted.value })}</p>}
      <ul class="settings-list">
        {shown.map((member) => (
          <MemberRow key={member.id} team={team} member={member} schedules={schedules} />
        ))}
      </ul>
    </>
  );
}
