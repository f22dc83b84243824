import type { Message } from '../../models.ts';
import { type Key, t } from '../../words/words.ts';

const KINDS: Readonly<Record<string, Key>> = {
  voice: 'kind.voice',
  video_note: 'kind.video-note',
  animation: 'kind.animation',
  sticker: 'kind.sticker',
  poll: 'kind.poll',
  checklist: 'kind.checklist',
  button: 'kind.button',
};

const TYPES: Readonly<Record<string, Key>> = {
  text: 'kind.text',
  image: 'kind.image',
  audio: 'kind.audio',
  video: 'kind.video',
  document: 'kind.document',
  vcard: 'kind.vcard',
  geo: 'kind.geo',
  missing_call: 'kind.missed-call',
  wapi_template: 'kind.template',
};

/** The beginning of the newest message; of one that has no text, what it is. */
export function previewWords(preview: string): string {
  const kind = /^\[([a-z_]+)\]$/.exec(preview)?.[1];
  if (kind === 'deleted') return t('kind.deleted');
  const key = kind === undefined ? undefined : (KINDS[kind] ?? TYPES[kind]);
  return key === undefined ? preview : t(key);
}

/** What a message is, in a word or two. */
export function kindWords({ type, kind }: Pick<Message, 'type' | 'kind'>): string {
  return t(named(KINDS, kind) ?? named(TYPES, type) ?? 'kind.unknown');
}

/** A kind may be any word that a messenger uses, also `constructor`. */
function named(keys: Readonly<Record<string, Key>>, name = ''): Key | undefined {
  return Object.hasOwn(keys, name) ? keys[name] : undefined;
}
