import { personOfKey } from './address.ts';
import type { Homes } from './homes.ts';
import { isPhone } from './person-ids.ts';

/** What decides whether two addresses are linked, and how. */
export interface Linkable {
  readonly key: string;
  /** 0 if the address is not stored. */
  readonly version: number;
  readonly aliases: readonly string[];
  readonly chats: readonly string[];
  readonly homes: Homes;
  readonly owner?: string | undefined;
  readonly decidedAt?: number | undefined;
  /** The contact that has it. `own`: Konvert keeps it (D10). */
  readonly contact?: { readonly id: string; readonly own: boolean } | undefined;
}

/**
 * How an id is linked to the person of a chat. `same`: it is. `bear`: it becomes an alias. `join`: the chat's own address
 * becomes an alias of the id's root. `repoint`: it leaves its root for the chat's. `merge`: one root becomes an alias of
 * the other. `wait`: a contact is being made for one of them. `twins`: two contacts of a CRM, which are never merged.
 * `apart`: they stay as they are.
 */
export type LinkPlan =
  | { readonly kind: 'same' | 'bear' | 'join' | 'repoint' | 'wait' | 'twins' | 'apart' }
  | { readonly kind: 'merge'; readonly root: 'own' | 'other' };

/**
 * How the id with the address `key` is linked to the person of a chat. `own` and `other` are the roots of both. `became`:
 * the id took the place of the chat's own.
 */
export function planLink(own: Linkable, other: Linkable, key: string, became: boolean): LinkPlan {
  if (own.key === other.key) return { kind: 'same' };
  if (other.version === 0) return { kind: 'bear' };
  if (became && other.chats.length > 0) return { kind: 'apart' };
  if (own.version === 0) return { kind: 'join' };
  if (hasPhone(own) && hasPhone(other) && !became) {
    const isUser = !isPhone(personOfKey(key));
    return { kind: isUser && other.key !== key ? 'repoint' : 'apart' };
  }
  return planMerge(own, other);
}

function planMerge(own: Linkable, other: Linkable): LinkPlan {
  const [ofOwn, ofOther] = [rankOf(own), rankOf(other)];
  // The contact that is being made would be one that nothing here knows.
  if (ofOwn > 0 && ofOther > 0 && (isBeingMade(own) || isBeingMade(other))) return { kind: 'wait' };
  if (ofOwn !== ofOther) return { kind: 'merge', root: ofOwn > ofOther ? 'own' : 'other' };
  if (ofOwn === 2 && own.contact?.id !== other.contact?.id) return { kind: 'twins' };
  const [since, sinceOther] = ofOwn === 1 ? [own.decidedAt ?? 0, other.decidedAt ?? 0] : [bornAt(own), bornAt(other)];
  const isFirst = since === sinceOther ? own.key < other.key : since < sinceOther;
  return { kind: 'merge', root: isFirst ? 'own' : 'other' };
}

/** 2: a CRM's contact has it. 1: Konvert decided about it. 0: it is unowned. */
function rankOf({ contact, owner }: Linkable): 0 | 1 | 2 {
  if (contact) return contact.own ? 1 : 2;
  return owner === undefined ? 0 : 1;
}

function isBeingMade({ contact, owner }: Linkable): boolean {
  return !contact && owner !== undefined;
}

function bornAt({ homes }: Linkable): number {
  return Math.min(...Object.values(homes).flatMap((all) => all.map(({ at }) => at)));
}

function hasPhone({ key, aliases }: Linkable): boolean {
  return [key, ...aliases].some((one) => isPhone(personOfKey(one)));
}
