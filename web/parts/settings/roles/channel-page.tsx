import { useSignal } from '@preact/signals';
import type { JSX } from 'preact';
import { placeFault } from '../../../core/chosen.ts';
import { ruleFault } from '../../../core/waiting-rule.ts';
import { Button } from '../../../kit/button.tsx';
import type { ChannelDraft, ChannelOfTeam, Team } from '../../../settings-models/roles.ts';
import type { SettingsModel } from '../../../settings-models/settings.ts';
import { t } from '../../../words/words.ts';
import { addressOf } from '../address.ts';
import type { Connector } from '../kit/connector.ts';
import { focusProblem } from '../kit/focus.ts';
import { useLeaving } from '../kit/leaving.tsx';
import { tell } from '../kit/notice.tsx';
import { StepTitle } from '../kit/step-title.tsx';
import { RuleOfChannel } from '../waiting/rule-door.tsx';
import { AskDialog } from './ask-dialog.tsx';
import { FirstSaved } from './first-saved.tsx';
import { NewClients } from './new-clients.tsx';
import { OvertakenDialog } from './overtaken-dialog.tsx';
import { RolesTable } from './roles-table.tsx';
import { changesOf } from './words.ts';

/** All that is chosen for one channel. It is saved at once, when it has been said what that does. */
export function ChannelPage({
  settings,
  team,
  channel,
  connector,
}: {
  settings: SettingsModel;
  team: Team;
  channel: ChannelOfTeam;
  connector: Connector | null | undefined;
}): JSX.Element {
  const draft = settings.roles.draftOf(channel);
  const isTried = useSignal(false);
  const step = draft.step.value;
  const leaving = useLeaving(draft.isChanged, () => draft.drop());
  return (
    <>
      <a class="roles-link" href={addressOf('roles')}>
        ‹ {t('channels.to-list')}
      </a>
      <StepTitle>{channel.name}</StepTitle>
      {step.kind === 'saved' && step.isFirst && <FirstSaved settings={settings} team={team} channel={channel} />}
      <NewClients draft={draft} team={team} isTried={isTried.value} hasUnsorted={connector?.hasUnsorted ?? false} />
      <RuleOfChannel
        draft={draft}
        team={team}
        wouldReturn={(rule) => settings.roles.wouldReturn(channel.channelId, rule)}
      />
      <RolesTable draft={draft} users={team.users} />
      <SaveBar draft={draft} team={team} isTried={isTried} />
      {step.kind === 'asking' && <AskDialog draft={draft} effects={step.effects} team={team} />}
      {step.kind === 'overtaken' && <OvertakenDialog draft={draft} theirs={step.theirs} team={team} />}
      {leaving}
    </>
  );
}

function SaveBar({
  draft,
  team,
  isTried,
}: {
  draft: ChannelDraft;
  team: Team;
  isTried: { value: boolean };
}): JSX.Element {
  const step = draft.step.value;
  const isChanged = draft.isChanged.value;
  const isBusy = step.kind === 'busy';
  const { waiting } = draft.mine.value;
  const fault = placeFault(draft.mine.value, team.pipelines) ?? (waiting && ruleFault(waiting));
  const save = async () => {
    if (!isChanged || isBusy) return;
    isTried.value = true;
    if (fault) {
      focusProblem();
      return;
    }
    await draft.save();
    if (draft.step.value.kind === 'saved') tell(t('settings.saved'));
    else focusProblem();
  };
  return (
    <div class={`roles-bar${isChanged ? ' is-pinned' : ''}`}>
      {step.kind === 'refused' && !fault && (
        <p role="alert">{step.gone > 0 ? t('roles.gone', { count: step.gone }) : step.words}</p>
      )}
      <p>
        {isBusy ? t('roles.busy') : isChanged ? t('roles.unsaved', { count: changesOf(draft) }) : t('roles.all-saved')}
      </p>
      <Button aria-disabled={!isChanged || isBusy} onClick={() => isChanged && !isBusy && draft.drop()}>
        {t('roles.drop')}
      </Button>
      <Button look="main" aria-disabled={!isChanged || isBusy} onClick={() => void save()}>
        {t('settings.save')}
      </Button>
    </div>
  );
}
