import type { JSX } from 'preact';
import { namesIn } from '../../../core/user-agent.ts';
import { Button } from '../../../kit/button.tsx';
import type { Device, KeysModel } from '../../../settings-models/keys.ts';
import type { PeopleModel, Person } from '../../../settings-models/people.ts';
import { fullTime } from '../../../words/times.ts';
import { t } from '../../../words/words.ts';
import { useAsk } from '../kit/ask.tsx';
import { Card } from '../kit/card.tsx';
import { tell } from '../kit/notice.tsx';
import { Ready } from '../kit/ready.tsx';

/** The browsers that stay signed in, each with its user. */
export function Devices({ model, people }: { model: KeysModel; people: PeopleModel }): JSX.Element {
  return (
    <Card title={t('keys.devices')} hint={t('keys.devices-what')}>
      <Ready of={people.users}>
        {(users) => (
          <Ready of={model.devices}>{(devices) => <List model={model} devices={devices} users={users} />}</Ready>
        )}
      </Ready>
    </Card>
  );
}

function List({
  model,
  devices,
  users,
}: {
  model: KeysModel;
  devices: readonly Device[];
  users: readonly Person[];
}): JSX.Element {
  const { ask, dialog } = useAsk();
  const end = (deviceId: string, name: string, device: string) =>
    ask({
      title: t('keys.end-ask', { name }),
      text: <p>{t('keys.end-what', { device })}</p>,
      yes: t('keys.end'),
      async act() {
        await model.endDevice(deviceId);
        tell(t('keys.ended', { name }));
      },
    });
  return (
    <>
      {devices.length === 0 && <p>{t('keys.no-devices')}</p>}
      <ul class="settings-list">
        {devices.map(({ deviceId, userId, userAgent, lastUsedAt }) => {
          const name = users.find(({ id }) => id === userId)?.name ?? t('keys.somebody');
          const device = wordsOf(userAgent);
          return (
            <li key={deviceId}>
              <span class="settings-row-words">
                <b dir="auto">{name}</b>
                <span class="settings-hint">
                  {device}. {t('keys.device-used', { when: fullTime(Date.parse(lastUsedAt)) })}
                </span>
              </span>
              <Button aria-label={t('keys.end-one', { name, device })} onClick={() => end(deviceId, name, device)}>
                {t('keys.end')}
              </Button>
            </li>
          );
        })}
      </ul>
      {dialog}
    </>
  );
}

/** "Chrome on Windows". */
function wordsOf(userAgent: string): string {
  const { browser = t('keys.browser'), system = t('keys.system') } = namesIn(userAgent);
  return t('keys.device', { browser, system });
}
