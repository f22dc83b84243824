import type { JSX } from 'preact';
import { differencesOf } from '../../../core/settings-diff.ts';
import { Button } from '../../../kit/button.tsx';
import { Dialog } from '../../../kit/dialog.tsx';
import type { ChannelDraft, Effects, Team } from '../../../settings-models/roles.ts';
import { t } from '../../../words/words.ts';
import { tell } from '../kit/notice.tsx';
import { listOf, wordsOfDifferences } from './words.ts';

/** So many people who lose sight of chats are told one by one. */
const TOLD = 8;

/** Says what a save does at once, before it does it. */
export function AskDialog({
  draft,
  effects,
  team,
}: {
  draft: ChannelDraft;
  effects: Effects;
  team: Team;
}): JSX.Element {
  const { givenOut, losesSight, atLeast } = effects;
  const others = losesSight.slice(TOLD);
  const confirm = async () => {
    await draft.confirm();
    if (draft.step.value.kind === 'saved') tell(t('settings.saved'));
  };
  return (
    <Dialog title={t('roles.ask')} onClose={() => draft.cancel()}>
      <ul class="roles-told">
        {givenOut > 0 && <li>{t('roles.given-out', { count: givenOut })}</li>}
        {losesSight.slice(0, TOLD).map(({ userId, chats }) => (
          <li key={userId}>{t('roles.loses-sight', { name: listOf([userId], team.users), chats })}</li>
        ))}
        {others.length > 0 && <li>{t('roles.others-lose-sight', { count: others.length })}</li>}
        {atLeast && <li>{t('roles.at-least')}</li>}
      </ul>
      <h3>{t('roles.you-change')}</h3>
      <ul class="roles-told">
        {wordsOfDifferences(differencesOf(draft.base.value, draft.mine.value), team).map((words) => (
          <li key={words}>{words}</li>
        ))}
      </ul>
      <div class="settings-buttons">
        <Button look="main" onClick={() => void confirm()}>
          {t('settings.save')}
        </Button>
        <Button onClick={() => draft.cancel()}>{t('settings.cancel')}</Button>
      </div>
    </Dialog>
  );
}
