import type { Key } from '../../../words/words.ts';

/** What becomes of the key of the CRM when this is saved. `before` is the address that is stored, `uri` the one in the field. */
export function keyHint({
  key,
  isRemoved,
  before,
  uri,
}: {
  readonly key: string;
  readonly isRemoved: boolean;
  readonly before: string | null;
  readonly uri: string;
}): Key {
  if (isRemoved) return 'webhook.key-removed';
  if (key !== '') return before === null ? 'webhook.key-first' : 'webhook.key-new';
  if (before === null) return 'webhook.key-none';
  return originOf(uri) === originOf(before) ? 'webhook.key-kept' : 'webhook.key-dropped';
}

/** A key that was meant for one server is told to no other. */
function originOf(uri: string): string | undefined {
  return URL.canParse(uri.trim()) ? new URL(uri.trim()).origin : undefined;
}
