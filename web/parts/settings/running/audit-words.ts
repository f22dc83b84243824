import type { AuditEntry } from '../../../settings-models/running.ts';
import { t } from '../../../words/words.ts';
import { briefId, type Names } from './names.ts';

type KeyNames = ReadonlyMap<string, string>;
const USER = 'user:';

/** An act in one sentence: "The key “Old CRM” was revoked by the key “CRM”". */
export function actWords({ act, actor, subject }: AuditEntry, names: Names, keys: KeyNames): string {
  return t(`audit.${act}`, { subject: subjectOf(act, subject, names, keys), who: actorOf(actor, names, keys) });
}

function subjectOf(act: AuditEntry['act'], subject: string, names: Names, keys: KeyNames): string {
  if (act === 'key-made' || act === 'key-revoked') return keyOf(subject, keys);
  if (act.startsWith('user-')) return names.userOf(subject);
  return act.startsWith('channel-') || act === 'webhook-secret-changed' ? names.channelOf(subject) : subject;
}

function actorOf(actor: string, names: Names, keys: KeyNames): string {
  if (actor === 'operator' || actor === 'konvert') return t(`audit.${actor}`);
  if (actor.startsWith(USER)) return names.userOf(actor.slice(USER.length));
  return t('audit.key', { name: keyOf(actor, keys) });
}

function keyOf(keyId: string, keys: KeyNames): string {
  return keys.get(keyId) ?? briefId(keyId);
}
