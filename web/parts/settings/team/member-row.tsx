import { useSignal } from '@preact/signals';
import type { JSX } from 'preact';
import { Avatar } from '../../../kit/avatar.tsx';
import { Button } from '../../../kit/button.tsx';
import { now as clock, serverNow } from '../../../kit/clock.ts';
import { type MenuGroup, useMenu } from '../../../kit/menu.tsx';
import type { NamedHours } from '../../../settings-models/hours.ts';
import type { Member, TeamModel } from '../../../settings-models/team.ts';
import { t } from '../../../words/words.ts';
import { awayItems } from '../../away/choices.ts';
import { UntilDialog } from '../../away/until-dialog.tsx';
import { type Act, useAct } from '../kit/act.ts';
import { tell } from '../kit/notice.tsx';
import { mayHaveClients, memberWords } from './words.ts';

interface Props {
  readonly team: TeamModel;
  readonly member: Member;
  readonly schedules: readonly NamedHours[];
}

/** A user: whether they receive clients and why, their working hours, and saying otherwise. */
export function MemberRow({ team, member, schedules }: Props): JSX.Element {
  const { id, name, status, schedule } = member;
  const isOfClients = mayHaveClients(member);
  const act = useAct();
  const setOn = async () => {
    if (await act.run(() => team.setStatus(id, 'on'))) tell(t('team.is-on', { name }));
  };
  return (
    <li>
      <Avatar name={name} seed={id} />
      <span class="settings-row-words">
        <b dir="auto">{name}</b>
        <span class={`member-status${isOfClients ? ` is-${status}` : ''}`}>{memberWords(member, clock.value)}</span>
        {act.problem && (
          <span class="settings-problem" role="alert">
            {act.problem}
          </span>
        )}
      </span>
      {/* A schedule that somebody has can be taken from them whatever they do: until then it cannot be deleted. */}
      {schedules.length > 0 && (isOfClients || schedule !== undefined) && (
        <HoursOf team={team} member={member} schedules={schedules} act={act} />
      )}
      {isOfClients && status === 'away' && (
        <Button aria-label={t('team.set-on-of', { name })} aria-disabled={act.isBusy} onClick={() => void setOn()}>
          {t('team.set-on')}
        </Button>
      )}
      {isOfClients && status === 'on' && <SetAway team={team} member={member} act={act} />}
    </li>
  );
}

/** For how long, and whether clients who wait for them go to others. */
function SetAway({ team, member: { id, name }, act }: Pick<Props, 'team' | 'member'> & { act: Act }): JSX.Element {
  const givesBack = useSignal(false);
  const isAsking = useSignal(false);
  const go = async (until: number) => {
    const isDone = await act.run(() => team.setStatus(id, 'away', until, givesBack.value));
    if (isDone) tell(t('team.is-away', { name }));
  };
  const ask = () => {
    isAsking.value = true;
  };
  const toggle = () => {
    givesBack.value = !givesBack.value;
  };
  const gives = {
    label: t('team.gives-back'),
    note: t('team.gives-back-means'),
    isOn: givesBack.value,
    isSwitch: true,
    choose: toggle,
  };
  const groups: MenuGroup[] = [
    { label: t('away.go'), items: awayItems(serverNow(), (until) => void go(until), ask) },
    { label: t('team.gives-back'), items: [gives] },
  ];
  const { opener, menu } = useMenu(t('team.set-away-of', { name }), { groups });
  return (
    <>
      <Button aria-label={t('team.set-away-of', { name })} aria-disabled={act.isBusy} {...opener}>
        {t('team.set-away')}
      </Button>
      {menu}
      {isAsking.value && (
        <UntilDialog
          go={(until) => void go(until)}
          onClose={() => {
            isAsking.value = false;
          }}
        />
      )}
    </>
  );
}

function HoursOf({ team, member: { id, name, schedule }, schedules, act }: Props & { act: Act }): JSX.Element {
  const choose = async (wanted: string) => {
    if (await act.run(() => team.setSchedule(id, wanted || undefined))) tell(t('settings.saved'));
  };
  return (
    <select
      class="field member-hours"
      aria-label={t('team.schedule-of', { name })}
      value={schedule ?? ''}
      onChange={(event) => void choose(event.currentTarget.value)}
    >
      <option value="">{t('team.schedule-none')}</option>
      {schedules.map((one) => (
        <option key={one.name} value={one.name}>
          {one.name}
        </option>
      ))}
    </select>
  );
}
