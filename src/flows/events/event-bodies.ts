import type { ChannelEvent, ChatEvent, TemplateEvent, WaitingChatEvent } from '#domain/event';
import { isOwnEcho } from '#domain/fact';
import { chatOfKey } from '#domain/message';
import { hasOneChat, isPhone, type KnownPerson } from '#domain/person-ids';
import { describeError, type Log } from '#log';
import { createChats } from '#store/chats/chats';
import { createTold, nameOf, type ToldFact } from '#store/chats/told';
import type { Assignment } from '#store/clients/assignments';
import type { StoreDeps } from '#store/dynamo/client';
import type { DeliveryError } from '#store/outbox/row-item';
import type { WaitingRow } from './event-row.ts';
import { createTellableRecords } from './tellable-records.ts';

/** How events are told, in the words of the API. */
export interface PresentEvents {
  /** `person` is what is known of the chat's client, beside what a message of their own tells. */
  ofChat(event: ChatEvent, told: ToldFact & { readonly person?: KnownPerson | undefined }): object;
  ofChannel(event: ChannelEvent): object;
  ofTemplate(event: TemplateEvent): object;
  ofAssignment(record: Assignment): object;
  ofWaiting(event: WaitingChatEvent): object;
  /** One body of several, in their order. */
  join(bodies: readonly object[]): object;
}

/** Events with what is told of them, or why nothing can be told. `needless`: nothing has to be told any more. */
export interface Bodies {
  readonly needless: readonly WaitingRow[];
  readonly told: readonly { readonly body: object; readonly bytes: number }[];
  readonly untold: readonly (WaitingRow & { readonly error: DeliveryError })[];
}

const NO_FACT: DeliveryError = { code: 'NO_FACT', description: 'What the event tells of is not stored any more' };
const NOT_TOLD: DeliveryError = { code: 'NOT_TOLD', description: 'The event cannot be told' };

/** Reads what events tell of, and puts it into the words of the API. Rows name facts, so that no text is copied. */
export function createEventBodies(deps: StoreDeps & { readonly present: PresentEvents; readonly log: Log }) {
  const { present, log } = deps;
  const told = createTold(deps);
  const chats = createChats(deps);
  const recordsOf = createTellableRecords(deps);

  return async function bodiesOf(waiting: readonly WaitingRow[]): Promise<Bodies> {
    const refs = waiting.flatMap(({ row }) => (row.kind === 'event' && 'fact' in row ? [row] : []));
    const facts = await told.read(refs);
    const people = await peopleOf(
      refs.filter(({ chat, fact }) => facts.get(nameOf({ chat, fact }))?.fact.kind !== 'client' || mayHavePhone(chat)),
    );
    const records = await recordsOf(waiting.map(({ row }) => row));
    const each = waiting.map((one) => ({ one, ...bodyOf(one, facts, people, records) }));
    return {
      needless: each.filter(({ body, error }) => !body && !error).map(({ one }) => one),
      told: each.flatMap(({ body }) => (body ? [{ body, bytes: bytesOf(body) }] : [])),
      untold: each.flatMap(({ one, error }) => (error ? [{ ...one, error }] : [])),
    };
  };

  /** The clients of these chats, as far as they are known. */
  async function peopleOf(refs: readonly { readonly chat: string }[]): Promise<Map<string, KnownPerson>> {
    const rows = await chats.getAll([...new Set(refs.map(({ chat }) => chat))]);
    return new Map(rows.map(({ key, chat, ids }) => [key, { ...chat.profile, ...(ids && { ids }) }]));
  }

  function bodyOf(
    { row }: WaitingRow,
    facts: ReadonlyMap<string, ToldFact>,
    people: ReadonlyMap<string, KnownPerson>,
    records: ReadonlyMap<string, Assignment>,
  ): { body?: object; error?: DeliveryError } {
    if (row.kind !== 'event') return { error: NOT_TOLD };
    try {
      if (row.what === 'channel') return { body: present.ofChannel({ ...row, state: row.channelState ?? '' }) };
      if (row.what === 'template') return { body: present.ofTemplate(row) };
      if (row.what === 'waiting') return { body: present.ofWaiting(row) };
      if (row.what === 'assignment') {
        const record = records.get(row.assignmentId);
        return record ? { body: present.ofAssignment(record) } : {};
      }
      const fact = facts.get(nameOf(row));
      if (fact && isOwnEcho(fact.fact)) return {};
      return fact ? { body: present.ofChat(row, { ...fact, person: people.get(row.chat) }) } : { error: NO_FACT };
    } catch (error) {
      // One event that cannot be told must not hold up all others.
      log({ event: row.what, outcome: 'broken', ...describeError(error) });
      return { error: NOT_TOLD };
    }
  }
}

/** Whether the chat itself does not name a phone that its person may have. */
function mayHavePhone(chat: string): boolean {
  const { chatType, chatId } = chatOfKey(chat);
  return hasOneChat(chatType) && !isPhone({ chatType, chatId });
}

function bytesOf(body: object): number {
  return Buffer.byteLength(JSON.stringify(body));
}
