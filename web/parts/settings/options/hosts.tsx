import { useSignal } from '@preact/signals';
import type { JSX } from 'preact';
import { MOST_ANCESTORS } from '../../../../src/domain/frame-ancestors.ts';
import { frameHost } from '../../../core/frame-host.ts';
import { Button } from '../../../kit/button.tsx';
import type { OptionsModel } from '../../../settings-models/options.ts';
import { t } from '../../../words/words.ts';
import { useAct } from '../kit/act.ts';
import { useAsk } from '../kit/ask.tsx';
import { Card } from '../kit/card.tsx';
import { Field } from '../kit/field.tsx';
import { focusProblem } from '../kit/focus.ts';
import { tell } from '../kit/notice.tsx';

/** The sites that may show the chats in a frame: exact origins, beside those of the CRMs that are known. */
export function Hosts({ options, hosts }: { options: OptionsModel; hosts: readonly string[] }): JSX.Element {
  const { ask, dialog } = useAsk();
  const remove = (origin: string) =>
    ask({
      title: t('options.host-ask', { origin }),
      text: <p>{t('options.host-what')}</p>,
      yes: t('options.host-remove'),
      async act() {
        await options.changeHosts((now) => now.filter((host) => host !== origin));
        tell(t('options.host-removed', { origin }));
      },
    });
  return (
    <Card title={t('options.hosts')} hint={t('options.hosts-hint')}>
      {hosts.length === 0 && <p>{t('options.no-hosts')}</p>}
      <ul class="settings-list">
        {hosts.map((origin) => (
          <li key={origin}>
            <span class="settings-row-words">{origin}</span>
            <Button aria-label={t('options.host-remove-one', { origin })} onClick={() => remove(origin)}>
              {t('options.host-remove')}
            </Button>
          </li>
        ))}
      </ul>
      <AddHost options={options} hosts={hosts} />
      {dialog}
    </Card>
  );
}

function AddHost({ options, hosts }: { options: OptionsModel; hosts: readonly string[] }): JSX.Element {
  const text = useSignal('');
  const { problem, run, forget } = useAct();
  const meant = frameHost(text.value);
  const add = async () => {
    const written = text.value;
    const isDone = await run(async () => {
      if ('why' in meant) throw new Error(t(`options.host-${meant.why}`));
      const { origin } = meant;
      if (hosts.includes(origin)) throw new Error(t('options.host-there', { origin }));
      if (hosts.length >= MOST_ANCESTORS) throw new Error(t('options.host-many', { count: MOST_ANCESTORS }));
      await options.changeHosts((now) => [...new Set([...now, origin])]);
      tell(t('options.host-added', { origin }));
    });
    if (!isDone) focusProblem();
    else if (text.value === written) text.value = '';
  };
  return (
    <form
      class="settings-form"
      onSubmit={(event) => {
        event.preventDefault();
        void add();
      }}
    >
      <Field
        label={t('options.host')}
        value={text.value}
        hint={'why' in meant ? t('options.host-hint') : t('options.host-meant', meant)}
        problem={problem}
        maxLength={300}
        onText={(value) => {
          text.value = value;
          forget();
        }}
      />
      <div class="settings-buttons">
        <Button type="submit">{t('options.host-add')}</Button>
      </div>
    </form>
  );
}
