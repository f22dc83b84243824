import { Fragment, type JSX } from 'preact';
import type { Draft } from '../../../settings-models/channels.ts';
import { t } from '../../../words/words.ts';
import { Field } from './field.tsx';
import type { GuideField, Problem as Refused } from './guide-step.ts';
import { Problem } from './note.tsx';
import { Switch } from './switch.tsx';

interface CredentialFieldsProps {
  readonly fields: readonly GuideField[];
  readonly draft: Draft;
  readonly problem: Refused | undefined;
  onText(name: string, text: string): void;
}

/** The fields of credentials, those that hardly anybody needs folded away, with what is wrong with one of them. */
export function CredentialFields({ fields, draft, problem, onText }: CredentialFieldsProps): JSX.Element {
  const rare = fields.filter(({ isRare }) => isRare);
  const shown = (field: GuideField) => {
    const { name, label, hint, isSecret = false, isOptional = false, isSwitch = false } = field;
    const words = problem?.field === name ? [problem.words, problem.said].filter(Boolean).join(' ') : undefined;
    if (isSwitch) {
      return (
        <Fragment key={name}>
          <Switch
            label={t(label)}
            {...(hint && { hint: t(hint) })}
            isOn={draft[name] === 'true'}
            onChange={(isOn) => onText(name, isOn ? 'true' : '')}
          />
          <Problem words={words ?? ''} />
        </Fragment>
      );
    }
    return (
      <Field
        key={name}
        label={isOptional ? `${t(label)} (${t('settings.optional')})` : t(label)}
        value={draft[name] ?? ''}
        isSecret={isSecret}
        {...(hint && { hint: t(hint) })}
        {...(words && { problem: words })}
        onText={(text) => onText(name, text)}
      />
    );
  };
  return (
    <>
      {fields.filter(({ isRare }) => !isRare).map(shown)}
      {rare.length > 0 && (
        <details class="channel-rare" open={rare.some(({ name }) => draft[name] || problem?.field === name)}>
          <summary>{t('channels.rare')}</summary>
          {rare.map(shown)}
        </details>
      )}
    </>
  );
}
