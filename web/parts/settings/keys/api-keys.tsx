import { useSignal } from '@preact/signals';
import type { JSX } from 'preact';
import { useLayoutEffect, useRef } from 'preact/hooks';
import { Button } from '../../../kit/button.tsx';
import type { ApiKey, KeysModel } from '../../../settings-models/keys.ts';
import { fullTime } from '../../../words/times.ts';
import { t } from '../../../words/words.ts';
import { useAct } from '../kit/act.ts';
import { useAsk } from '../kit/ask.tsx';
import { Card } from '../kit/card.tsx';
import { CopyRow } from '../kit/copy-row.tsx';
import { Field } from '../kit/field.tsx';
import { tell } from '../kit/notice.tsx';
import { Ready } from '../kit/ready.tsx';

const LONGEST_NAME = 200;

/** The API keys of the account: a new one is shown once, and the last one stays. */
export function ApiKeys({ model }: { model: KeysModel }): JSX.Element {
  return (
    <Card title={t('keys.keys')} hint={t('keys.what')}>
      <Ready of={model.keys}>{(keys) => <List model={model} keys={keys} />}</Ready>
      <MakeKey model={model} />
    </Card>
  );
}

function List({ model, keys }: { model: KeysModel; keys: readonly ApiKey[] }): JSX.Element {
  const { ask, dialog } = useAsk();
  const isLast = keys.length === 1;
  const revoke = (keyId: string, name: string) =>
    ask({
      title: t('keys.revoke-ask', { name }),
      text: <p>{t('keys.revoke-what')}</p>,
      yes: t('keys.revoke'),
      async act() {
        await model.revokeKey(keyId);
        tell(t('keys.revoked', { name }));
      },
    });
  return (
    <>
      <ul class="settings-list">
        {keys.map(({ keyId, name, createdAt, lastUsedAt }) => {
          const shown = name ?? t('keys.no-name');
          return (
            <li key={keyId}>
              <span class="settings-row-words">
                <b dir="auto">{shown}</b>
                <span class="settings-hint">
                  {createdAt ? t('keys.made', { when: fullTime(Date.parse(createdAt)) }) : t('keys.unknown')},{' '}
                  {lastUsedAt ? t('keys.used', { when: fullTime(Date.parse(lastUsedAt)) }) : t('keys.unused')}
                </span>
              </span>
              <Button
                aria-label={t('keys.revoke-one', { name: shown })}
                aria-disabled={isLast}
                aria-describedby={isLast ? 'last-key' : undefined}
                onClick={() => !isLast && revoke(keyId, shown)}
              >
                {t('keys.revoke')}
              </Button>
            </li>
          );
        })}
      </ul>
      {isLast && (
        <p id="last-key" class="settings-hint">
          {t('keys.last')}
        </p>
      )}
      {dialog}
    </>
  );
}

function MakeKey({ model }: { model: KeysModel }): JSX.Element {
  const name = useSignal('');
  const made = useSignal<string | undefined>(undefined);
  const { problem, run } = useAct();
  const make = () =>
    run(async () => {
      const written = name.value;
      made.value = await model.makeKey(written.trim());
      if (name.value === written) name.value = '';
    });
  return (
    <>
      {made.value && <NewKey apiKey={made.value} />}
      <form
        class="settings-form"
        onSubmit={(event) => {
          event.preventDefault();
          void make();
        }}
      >
        <Field
          label={t('keys.name')}
          value={name.value}
          hint={t('keys.name-hint')}
          problem={problem}
          maxLength={LONGEST_NAME}
          onText={(text) => {
            name.value = text;
          }}
        />
        <div class="settings-buttons">
          <Button type="submit">{t('keys.make')}</Button>
        </div>
      </form>
    </>
  );
}

/** It has the focus as soon as it is there, selected. */
function NewKey({ apiKey }: { apiKey: string }): JSX.Element {
  const row = useRef<HTMLDivElement>(null);
  useLayoutEffect(() => row.current?.querySelector('input')?.focus(), [apiKey]);
  return (
    <div ref={row} class="new-key">
      <CopyRow label={t('keys.new')} text={apiKey} hint={t('keys.once')} />
    </div>
  );
}
