import type { JSX } from 'preact';
import type { Draft } from '../../../settings-models/channels.ts';
import { t } from '../../../words/words.ts';
import { Field } from '../kit/field.tsx';
import type { GuideField } from './messengers/guide.ts';
import type { Problem } from './refusal.ts';

interface CredentialFieldsProps {
  readonly fields: readonly GuideField[];
  readonly draft: Draft;
  readonly problem: Problem | undefined;
  onText(name: string, text: string): void;
}

/** The fields of credentials, those that hardly anybody needs folded away, with what is wrong with one of them. */
export function CredentialFields({ fields, draft, problem, onText }: CredentialFieldsProps): JSX.Element {
  const rare = fields.filter(({ isRare }) => isRare);
  const shown = (field: GuideField) => {
    const { name, label, hint, isSecret = false, isOptional = false } = field;
    const words = problem?.field === name ? [problem.words, problem.said].filter(Boolean).join(' ') : undefined;
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

/** What is wrong with what was pasted, before anybody is asked. */
export function lookedAt(fields: readonly GuideField[], draft: Draft): Problem | undefined {
  for (const { name, looks, malformed, isOptional } of fields) {
    const text = draft[name]?.trim() ?? '';
    if (text === '' && !isOptional) return { field: name, words: t('channels.missing') };
    if (text !== '' && !looks.test(text)) return { field: name, words: t(malformed) };
  }
  return undefined;
}

/** What was pasted, without what stands around it. Fields that were left empty are left out. */
export function tidied(fields: readonly GuideField[], draft: Draft): Draft {
  const found = fields.flatMap(({ name, looks }) => {
    const [text] = looks.exec(draft[name]?.trim() ?? '') ?? [];
    return text ? [[name, text] as const] : [];
  });
  return Object.fromEntries(found);
}
