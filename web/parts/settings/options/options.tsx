import type { JSX } from 'preact';
import type { Options as Chosen, OptionsModel } from '../../../settings-models/options.ts';
import { t } from '../../../words/words.ts';
import { useAct } from '../kit/act.ts';
import { Card } from '../kit/card.tsx';
import { Problem } from '../kit/note.tsx';
import { tell } from '../kit/notice.tsx';
import { Ready } from '../kit/ready.tsx';
import { Switch } from '../kit/switch.tsx';
import type { ScreenProps } from '../screen-props.ts';
import { Hosts } from './hosts.tsx';

/** What holds for all channels. Each change is stored at once. */
export function Options({ settings: { options } }: ScreenProps): JSX.Element {
  return (
    <Ready of={options.options}>
      {(chosen) => (
        <>
          <Switches options={options} chosen={chosen} />
          <Hosts options={options} hosts={chosen.frameAncestors} />
        </>
      )}
    </Ready>
  );
}

function Switches({ options, chosen }: { options: OptionsModel; chosen: Chosen }): JSX.Element {
  const { problem, run } = useAct();
  const change = async (changes: Partial<Chosen>) => {
    if (await run(() => options.change(changes))) tell(t('settings.saved'));
  };
  return (
    <Card title={t('options.all')}>
      <Switch
        label={t('options.heads')}
        hint={t('options.heads-hint')}
        isOn={chosen.notifyHeadsAboutAllMessages}
        onChange={(notifyHeadsAboutAllMessages) => void change({ notifyHeadsAboutAllMessages })}
      />
      <Switch
        label={t('options.timeline')}
        hint={t('options.timeline-hint')}
        isOn={chosen.saveMessagesToTimeline}
        onChange={(saveMessagesToTimeline) => void change({ saveMessagesToTimeline })}
      />
      <Problem words={problem} />
    </Card>
  );
}
