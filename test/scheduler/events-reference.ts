import { addressKey } from '#domain/address';
import { idOfKey } from '#domain/fact';
import { shortHash } from '#domain/hash';
import { chatOfKey } from '#domain/message';
import { messageIdOf } from '#domain/message-id';
import { readFact } from '#store/chats/fact-item';
import { readOutcome } from '#store/chats/outcome-item';
import { ACCOUNT } from './machines.ts';
import type { Item } from './receiver.ts';
import { isImported } from './reference.ts';

/** What somebody knows of a message. */
export interface Told {
  readonly text?: string | undefined;
  readonly deleted: boolean;
  readonly status: string | undefined;
}

/** A message that receivers are told of. */
export interface News {
  readonly subject: string;
  readonly told: Told;
}

type Stored = Readonly<Record<string, unknown>>;

/** What a receiver has to know of each message in the end, from all that is stored. */
export function expectedTold(items: readonly Stored[]): Map<string, News> {
  const became = new Map(
    items.filter(({ k }) => String(k).startsWith('of#')).map((item) => [`${item.c} ${item.k}`, readOutcome(item)]),
  );
  const news = items
    .filter(({ k }) => String(k) < ':')
    .flatMap((item): [string, News][] => {
      const chat = String(item.c);
      const fact = readFact(item);
      if (
        fact.kind === 'no-reply-needed' ||
        fact.kind === 'still-owed' ||
        isImported(fact) ||
        ('fromEdit' in fact && fact.fromEdit)
      )
        return [];
      const own = became.get(`${chat} of#${idOfKey(fact.key)}`);
      if (fact.kind === 'reply' && own?.status === undefined) return [];
      const told = own?.providerId === undefined ? undefined : became.get(`${chat} of#${own.providerId}`);
      const status = fact.kind === 'client' ? 'inbound' : fact.kind === 'echo' ? 'sent' : own?.status;
      const deleted = own?.deletedAt !== undefined || told?.deletedAt !== undefined;
      const text = (own?.edit ?? told?.edit)?.content.text ?? fact.content.text;
      const { chatType, chatId } = chatOfKey(chat);
      const subject = shortHash(addressKey(ACCOUNT, chatType, chatId));
      return [[messageIdOf(chat, fact.key), { subject, told: toldOf({ text, deleted, status }) }]];
    });
  return new Map(news);
}

/** What a receiver knows of each message that took those items in that order. */
export function toldBy(items: readonly Item[]): Map<string, Told> {
  const told = new Map<string, Told>();
  for (const { what, fields } of items) {
    if (what === 'creation') continue;
    const messageId = String(fields.messageId);
    const before = told.get(messageId) ?? { deleted: false, status: undefined };
    const [text, status] = [fields.text, fields.status].map((one) => one as string | undefined);
    const deleted = before.deleted || fields.isDeleted === true;
    if (what === 'message') told.set(messageId, toldOf({ text, status: status ?? before.status, deleted }));
    else if (status === 'edited') told.set(messageId, toldOf({ ...before, text, deleted }));
    else told.set(messageId, toldOf({ ...before, status, deleted }));
  }
  return told;
}

/** What was said no longer counts once it is deleted. */
function toldOf({ text, deleted, status }: Told): Told {
  return { ...(!deleted && { text }), deleted, status };
}
