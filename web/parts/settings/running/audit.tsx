import type { JSX } from 'preact';
import { useMemo } from 'preact/hooks';
import { t } from '../../../words/words.ts';
import type { ScreenProps } from '../screen-props.ts';
import { actWords } from './audit-words.ts';
import { namesOf } from './names.ts';
import { PagedList, When } from './shown.tsx';

/** Who has changed what. */
export function Audit({ settings }: ScreenProps): JSX.Element {
  const { list, keys } = useMemo(
    () => ({ list: settings.running.audit(), keys: settings.running.keyNames() }),
    [settings],
  );
  const { value: keyNames } = keys.state;
  const names = namesOf(settings);
  return (
    <>
      <p class="settings-hint">{t('audit.how')}</p>
      <PagedList of={list} none={t('audit.none')}>
        {(entry) => (
          <li key={`${entry.at} ${entry.act} ${entry.subject}`} class="running-line">
            <p class="running-words" dir="auto">
              {actWords(entry, names, keyNames.kind === 'ready' ? keyNames.value : new Map())}
            </p>
            <When at={entry.at} />
          </li>
        )}
      </PagedList>
    </>
  );
}
