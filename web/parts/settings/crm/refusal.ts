import type { ChannelRefusal } from '../../../settings-models/channels.ts';
import { type Key, t } from '../../../words/words.ts';
import type { Problem } from '../kit/guide-step.ts';
import { type CrmGuide, fieldsOf } from './guides/guide.ts';

/** The refusals that are told in the same words for every CRM. */
const WORDS: Readonly<Record<string, Key>> = {
  CRM_CONNECTED: 'crm.is-connected',
  CRM_NOT_CONNECTED: 'crm.not-connected',
  LOST: 'crm.lost',
};

/** What a refusal is told with: the name of the CRM, and the fields that it may be about. */
export type Spoken = Pick<CrmGuide, 'name' | 'steps'>;

/** Says a refusal in plain words, at the field that it is about. */
export function problemOf(guide: Spoken, { code, description, fields }: ChannelRefusal): Problem {
  const crm = guide.name;
  const known = WORDS[code];
  if (known) return { words: t(known, { crm }) };
  const field = fieldsOf(guide).find(({ name }) => fields.some((one) => one === name || one.endsWith(`.${name}`)));
  switch (code) {
    case 'CRM_UNREACHABLE':
      return { words: t('crm.unreachable', { crm }) };
    case 'INVALID_CREDENTIALS':
      if (field) return { field: field.name, words: t(field.malformed) };
      return { words: t('crm.invalid'), said: description };
    case 'CRM_REFUSED': {
      const said = t('crm.says', { crm, words: description });
      if (field) return { field: field.name, words: t(field.refused), said };
      return { words: t('crm.refused', { crm }), said };
    }
    default:
      return { words: t('crm.invalid'), said: description };
  }
}
