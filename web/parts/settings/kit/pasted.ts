import type { Credentials, Draft } from '../../../settings-models/channels.ts';
import { t } from '../../../words/words.ts';
import type { GuideField, Problem } from './guide-step.ts';

/** What is wrong with what was pasted, before anybody is asked. */
export function lookedAt(fields: readonly GuideField[], draft: Draft): Problem | undefined {
  for (const { name, looks, malformed, isOptional, unless } of fields) {
    const isNeeded = !isOptional && !(unless && draft[unless]?.trim());
    const text = draft[name]?.trim() ?? '';
    if (text === '' && isNeeded) return { field: name, words: t('channels.missing') };
    if (text !== '' && !looks.test(text)) return { field: name, words: t(malformed) };
  }
  return undefined;
}

/** What was pasted, without what stands around it. Fields that were left empty are left out. */
export function tidied(fields: readonly GuideField[], draft: Draft): Credentials {
  const found = fields.flatMap(({ name, looks, isSwitch }) => {
    const [text] = looks.exec(draft[name]?.trim() ?? '') ?? [];
    return text ? [[name, isSwitch || text] as const] : [];
  });
  return Object.fromEntries(found);
}
