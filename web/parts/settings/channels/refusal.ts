import type { ChannelRefusal } from '../../../settings-models/channels.ts';
import { type Key, t } from '../../../words/words.ts';
import type { Problem } from '../kit/guide-step.ts';
import { fieldsOf, type Guide } from './messengers/guide.ts';
import { nameOf } from './state.tsx';

/** The refusals that are told in the same words for every messenger. */
const WORDS: Readonly<Record<string, Key>> = {
  TOO_MANY_CHANNELS: 'channels.too-many',
  CHANGE_UNDER_WAY: 'channels.under-way',
  CHANNEL_NOT_FOUND: 'channels.gone',
  MESSENGER_UNREACHABLE: 'channels.unreachable',
};

/** Says a refusal in plain words, at the field that it is about. */
export function problemOf(guide: Guide, refusal: ChannelRefusal): Problem {
  const { code, description, webhookHost: host } = refusal;
  const messenger = nameOf(guide.transport);
  const known = WORDS[code];
  if (known) return { words: t(known, { messenger }) };
  switch (code) {
    case 'CREDENTIALS_REFUSED':
      return refusedBy(guide, refusal);
    case 'INVALID_REQUEST':
      return invalid(guide, refusal);
    case 'CONNECTED_ELSEWHERE':
      if (host === undefined) return { words: t('channels.here-already') };
      return { words: t('channels.elsewhere', { host }), remedy: 'take-over' };
    case 'LOST':
      return { words: t('channels.lost'), remedy: 'look' };
    default:
      return { words: description };
  }
}

function refusedBy(guide: Guide, { description, fields }: ChannelRefusal): Problem {
  const messenger = nameOf(guide.transport);
  const all = fieldsOf(guide);
  const blamed = all.find(({ name }) => fields.includes(`credentials.${name}`));
  // What Konvert refuses itself has its own words already.
  if (blamed?.name === 'apiBaseUrl') return { field: blamed.name, words: t(blamed.refused) };
  const said = t('channels.says', { messenger, words: description });
  const known = blamed ? undefined : guide.refusals.find((one) => one.said.test(description));
  if (known) return { words: t(known.words), said };
  const only = all.filter(({ isOptional }) => !isOptional);
  // A messenger with one credential means that one.
  const field = blamed ?? (only.length === 1 ? only[0] : undefined);
  return { field: field?.name, words: field ? t(field.refused) : t('channels.refused', { messenger }), said };
}

function invalid(guide: Guide, { fields }: ChannelRefusal): Problem {
  if (fields.includes('name')) return { field: 'name', words: t('channels.name-missing') };
  const field = fieldsOf(guide).find(({ name }) => fields.includes(`credentials.${name}`));
  // Konvert refuses an address for more than its looks.
  if (field) return { field: field.name, words: t(field.name === 'apiBaseUrl' ? field.refused : field.malformed) };
  return { words: t(fields.includes('credentials') ? 'channels.other-account' : 'channels.invalid') };
}
