import type { Failed, Note } from '#crms/crm';
import type { Ref } from '#domain/crm';
import { GIVE_UP_MS } from '#domain/delivery';
import { timeOfKey } from '#domain/fact';
import { chatOfKey } from '#domain/message';
import { createTold, nameOf, type ToldFact } from '#store/chats/told';
import { type Address, createAddresses } from '#store/clients/addresses';
import { createContacts } from '#store/directory/contacts';
import type { StoreDeps } from '#store/dynamo/client';
import { createConnectorRows } from '#store/outbox/connector-rows';
import type { DeliveryError, RowOf } from '#store/outbox/row-item';
import { createRows } from '#store/outbox/rows';
import type { CallCrm } from './calls.ts';
import { type Did, errorOf, laneEnd, NEXT } from './connector-calls.ts';

type NoteRow = RowOf<'note'>;

/** What a timeline shows of a message: its text, and links to its files. */
export type PresentNote = (
  chat: string,
  told: ToldFact,
) => Pick<Note, 'text' | 'links'> & { readonly userId?: string | undefined };

/** How soon a note is looked at again whose client is not in the CRM yet. Mostly the client is made at this moment. */
const SOONEST_MS = 1_000;
const LATEST_MS = 5 * 60_000;
const NO_CONTACT: DeliveryError = { code: 'NO_CONTACT', description: 'The client is not in the CRM' };

interface Ready {
  readonly row: NoteRow;
  readonly note: Note;
}

/**
 * Writes messages into the timelines of their contacts and of their newest open deals, the oldest first (C4). A note that
 * is due takes along those of its client that wait, so that a timeline is in order. A crash between the call and the mark
 * may show one twice, and loses none.
 */
export function createWriteNotes(deps: StoreDeps & { readonly presentNote: PresentNote }) {
  const { clock, presentNote } = deps;
  const rows = createRows(deps);
  const marks = createConnectorRows(deps);
  const told = createTold(deps);
  const addresses = createAddresses(deps);
  const contacts = createContacts(deps);

  return async function writeNotes(waiting: readonly NoteRow[], most: number, call: CallCrm): Promise<Did> {
    const due = new Set(waiting.filter(({ dueAt = 0 }) => dueAt <= clock.now()).slice(0, most));
    const refsBy = new Map<string, Ref[] | undefined>();
    for (const { account, address } of due) {
      if (!refsBy.has(address)) refsBy.set(address, await refsOf(account, await addresses.get(address)));
    }
    const next = waiting.filter((row) => due.has(row) || refsBy.get(row.address)).slice(0, most);
    const facts = await told.read(next);
    const ready: Ready[] = [];
    for (const row of next) {
      const fact = facts.get(nameOf(row));
      const refs = refsBy.get(row.address);
      // An echo of our own, and what is not stored any more, are nothing to show.
      if (!fact) await rows.markDone(row);
      else if (refs) ready.push({ row, note: noteOf(row, fact, refs) });
      else await putOff(row);
    }
    if (ready.length === 0) return NEXT;
    const asked = await call((crm, session) =>
      crm.note(
        session,
        ready.map(({ note }) => note),
      ),
    );
    if (asked.kind !== 'ok') {
      const end = laneEnd(asked);
      if (end) return end;
      for (const { row } of ready) await rows.markFailed(row, errorOf(asked as Failed));
      return NEXT;
    }
    let ended: Did | undefined;
    for (const [index, { row }] of ready.entries()) {
      const each = asked.value[index] ?? { kind: 'ok' as const };
      if (each.kind === 'ok') await rows.markDone(row);
      // The contact was merged or deleted: the note waits for whoever has the client then.
      else if (each.kind === 'gone' || each.kind === 'moved') await putOff(row);
      else {
        const end = laneEnd(each);
        if (!end) await rows.markFailed(row, errorOf(each));
        ended ??= end;
      }
    }
    return ended ?? NEXT;
  };

  /** The contact of the client, and its newest open deal. Undefined if the CRM does not have the client yet. */
  async function refsOf(account: string, { contact }: Address): Promise<Ref[] | undefined> {
    if (!contact) return undefined;
    const { own, deals } = await contacts.load(account, contact.id);
    if (own !== undefined) return undefined;
    const newest = Object.keys(deals).sort(byAge).at(-1);
    return [
      { type: 'contact', id: contact.id },
      ...(newest === undefined ? [] : [{ type: 'deal' as const, id: newest }]),
    ];
  }

  async function putOff(row: NoteRow): Promise<void> {
    if (clock.now() - row.since > GIVE_UP_MS) return rows.markFailed(row, NO_CONTACT);
    const age = clock.now() - row.since;
    await marks.putOff(row, clock.now() + Math.min(Math.max(age, SOONEST_MS), LATEST_MS));
  }

  function noteOf(row: NoteRow, fact: ToldFact, refs: readonly Ref[]): Note {
    const { text, links, userId } = presentNote(row.chat, fact);
    return {
      refs,
      text,
      links,
      chatType: chatOfKey(row.chat).chatType,
      sentAt: timeOfKey(row.fact),
      ...(userId !== undefined && { userId }),
    };
  }
}

/** Ids of a CRM grow, so the longer number is the newer one. */
function byAge(one: string, other: string): number {
  return one.length - other.length || (one < other ? -1 : 1);
}
