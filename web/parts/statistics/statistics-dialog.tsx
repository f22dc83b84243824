import type { ComponentType, JSX } from 'preact';
import { useEffect, useState } from 'preact/hooks';
import { Dialog } from '../../kit/dialog.tsx';
import type { App } from '../../models.ts';
import type { StatisticsModel } from '../../settings-models/statistics.ts';
import { t } from '../../words/words.ts';
import { loadStyle } from '../settings/kit/load-style.ts';
import { StatisticsReport } from './report.tsx';
import { speakOfStatistics } from './speak.ts';

interface Props {
  readonly app: App;
  readonly onClose: () => void;
}

/** The window, once its words and its style are there. */
export async function loadDialog(): Promise<ComponentType<Props>> {
  await Promise.all([loadStyle('statistics'), speakOfStatistics()]);
  return StatisticsDialog;
}

/** Statistics over the chats: of the channels that a head sees, and of what a seller did. */
function StatisticsDialog({ app, onClose }: Props): JSX.Element {
  const [statistics, setStatistics] = useState<StatisticsModel | undefined>(undefined);
  useEffect(() => {
    void app.statistics().then(setStatistics);
  }, [app]);
  const channels = new Map(app.me.channels.map(({ channelId, name }) => [channelId, name]));
  const names = new Map(app.me.users.map(({ id, name }) => [id, name]));
  return (
    <Dialog title={t('shell.statistics')} onClose={onClose}>
      {statistics && <StatisticsReport statistics={statistics} channels={channels} people={{ names }} />}
    </Dialog>
  );
}
