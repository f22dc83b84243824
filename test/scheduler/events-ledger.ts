import type { Command, WriteRecord } from './memory-dynamo.ts';
import type { Item } from './receiver.ts';
import type { Task } from './scheduler.ts';

/** An event that was put into the outbox: one row, or a second one of a subject that was set aside. */
export interface Event {
  /** Its sort key, which orders the events of a subject. */
  readonly e: string;
  readonly row: Readonly<Record<string, unknown>>;
  readonly subject: string;
  /** When it was announced on its lane, as a sequence of the database. */
  announcedAt?: number;
  /** What was known of its lane when the batch was chosen in which it was first sent. */
  chosenAt?: number | undefined;
  wasSent?: boolean;
  takenAt?: number;
  /** Why it has failed for good. */
  failed?: string;
  /** Whether nothing is left to do about it. A creation may end without a call. */
  hasEnded?: boolean;
  /** Whether the receiver refuses it whenever it comes. */
  isBad?: boolean;
}

/** The beginnings of the lanes of events. */
const LANES = ['event#', 'aside#'];

/** Whether the lane is one of events. */
export function isEventLane(lane: unknown): boolean {
  return LANES.some((beginning) => String(lane).startsWith(beginning));
}

/** Follows every write to the lanes of events, and reports at once what is wrong with their order. */
export class EventsLedger {
  readonly events = new Map<string, Event>();
  readonly #broken: (what: string) => void;
  readonly #added = new Map<Task, Set<string>>();
  readonly #lookedAt = new Map<Task, number>();
  readonly #told = new WeakMap<Item, Event>();
  /** Who wrote the batch of each lane, what that run had read of it, and when runs last wrote to lanes that they hold. */
  readonly #memos = new Map<string, { readonly by: Task; readonly holds: boolean; readonly at: number }>();
  readonly #heldAt = new Map<Task, number>();

  constructor(broken: (what: string) => void) {
    this.#broken = broken;
  }

  /** Notes that a run reads the lane: what it chooses then was chosen from that. */
  look(task: Task, { constructor: { name }, input }: Command, sequence: number): void {
    if (name !== 'QueryCommand' || input.TableName !== 'outbox') return;
    if (Object.values(input.ExpressionAttributeValues ?? {}).some(isEventLane)) this.#lookedAt.set(task, sequence);
  }

  note({ tableId, newImage, oldImage, sequence }: WriteRecord, task: Task | undefined): void {
    const image = newImage ?? oldImage;
    if (tableId !== 'outbox' || !image || !isEventLane(image.l)) return;
    if (image.e === '-') this.#noteLane(newImage, oldImage, task, sequence);
    else if (newImage) this.#noteRow(newImage, oldImage, task);
  }

  #noteRow(row: Event['row'], before: Event['row'] | undefined, task: Task | undefined): void {
    const e = String(row.e);
    const known = this.events.get(e);
    if (!known) {
      this.events.set(e, { e, row, subject: String(row.subject) });
      if (task) this.#added.set(task, (this.#added.get(task) ?? new Set()).add(e));
    }
    if (known && row.ttl !== undefined && row.movedTo === undefined) known.hasEnded = true;
    if (known && row.failedAt !== undefined && before?.failedAt === undefined)
      known.failed = String((row.lastError as { code?: string } | undefined)?.code);
  }

  #noteLane(
    lane: Event['row'] | undefined,
    before: Event['row'] | undefined,
    task: Task | undefined,
    sequence: number,
  ): void {
    if (!lane || !task) return;
    const holds = task.ids.includes(String(lane.token));
    if (String(lane.memo) !== String(before?.memo))
      this.#memos.set(String(lane.l), { by: task, holds, at: this.#lookedAt.get(task) ?? sequence });
    // The holder before died, and may have sent the batch.
    if (holds && before?.token !== undefined && before.token !== lane.token) this.#memos.delete(String(lane.l));
    if (holds) this.#heldAt.set(task, sequence);
    if (holds) return;
    for (const e of this.#added.get(task) ?? []) {
      const event = this.events.get(e);
      if (event) event.announcedAt ??= sequence;
    }
  }

  /** Notes a call: which item tells which event of the batch that the lane remembers. Answers with them in that order. */
  call(items: readonly Item[], lane: Event['row'] | undefined, task: Task): readonly Item[] {
    const left = ((lane?.memo ?? []) as string[]).flatMap((e) => this.events.get(e) ?? []);
    for (const item of items) {
      const at = left.findIndex(({ e }) => tells(item, e.slice(14)));
      const [event] = at < 0 ? [] : left.splice(at, 1);
      if (!event) this.#broken(`${item.key} is in a call, and not in the batch that its lane remembers`);
      else this.#told.set(item, event);
      if (event && !event.wasSent) Object.assign(event, { wasSent: true, chosenAt: this.#chosenAt(lane, task) });
    }
    const placeOf = (item: Item) => this.#told.get(item)?.e ?? '';
    return items.toSorted((one, other) => (placeOf(one) < placeOf(other) ? -1 : 1));
  }

  /** Undefined if an earlier holder chose the batch and died: it may have been sent, so it leaves as it was. */
  #chosenAt(lane: Event['row'] | undefined, task: Task): number | undefined {
    const memo = this.#memos.get(String(lane?.l));
    if (memo && !memo.holds) return this.#heldAt.get(task);
    return memo?.by === task ? memo.at : undefined;
  }

  /** Notes that the receiver refuses the item whenever it comes. */
  refuse(item: Item): void {
    const event = this.#told.get(item);
    if (event) event.isBad = true;
  }

  /** Notes that the receiver takes an item. In each subject the events that it could have got before it come first. */
  take(item: Item, sequence: number): void {
    const event = this.#told.get(item);
    if (!event) return;
    if (event.takenAt !== undefined && item.what !== 'creation') this.#broken(`${item.key} was taken twice`);
    if (event.takenAt !== undefined) return;
    event.takenAt = sequence;
    const { chosenAt = 0 } = event;
    for (const other of this.events.values()) {
      const isBefore = other.subject === event.subject && other.e < event.e;
      if (!isBefore || other.takenAt !== undefined || other.hasEnded) continue;
      if (other.announcedAt !== undefined && other.announcedAt < chosenAt)
        this.#broken(`${event.e} was taken before ${other.e}, which waited in its lane`);
    }
  }
}

/** Whether the item may tell the event with that id. */
function tells({ what, fields }: Item, id: string): boolean {
  if (what === 'creation') return id.startsWith('creation#');
  const { messageId, status } = fields;
  if (what === 'message') return id === `message#${messageId}` || id === `deletion#${messageId}`;
  return id.startsWith(status === 'edited' ? `edit#${messageId}#` : `status#${messageId}#${status}#`);
}
